"""Messages about the installation to administrators and directors of networks."""

from django.db import transaction

from explor.actors.networks.selectors import addresses_of_all_directors
from explor.ground.accounts.selectors import addresses_of_administrators
from explor.ground.audit.models import Head
from explor.ground.audit.rules.blocks import line_of
from explor.ground.audit.selectors import last_head
from explor.ground.mail.actions import notify
from explor.ground.mail.models import Message

BODY = """Bonjour,

Voici le repère du journal des actes d’Explor :

{line}

Il n’y a rien à faire : gardez seulement ce message. Si quelqu’un retirait un jour la fin du
journal, ou en changeait une ligne, cette ligne gardée chez vous le montrerait :
explor journal verify --head, suivi de la ligne ci-dessus."""


@transaction.atomic
def head_of_journal() -> None:
    """Send the last head of the journal (its daily checkpoint) to administrators and directors.

    Each address receives a head once, even if the job runs twice.
    """
    if (head := last_head()) is None:
        return
    Head.objects.select_for_update().get(pk=head.pk)
    sent = set(Message.objects.about(head).values_list("to", flat=True))
    body, subject = BODY.format(line=line_of(head)), "Le repère du journal, à garder"
    addresses = {*addresses_of_administrators(), *addresses_of_all_directors()}
    for to in sorted({each.lower() for each in addresses} - sent):
        notify(to=to, kind="audit.keep_head", subject=subject, body=body, about=head)
