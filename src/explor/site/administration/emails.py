"""Messages about the installation to administrators and directors of networks."""

from explor.actors.networks.selectors import addresses_of_all_directors
from explor.ground.accounts.selectors import addresses_of_administrators
from explor.ground.audit.rules.blocks import line_of
from explor.ground.audit.selectors import last_head
from explor.ground.mail.actions import notify

BODY = """Bonjour,

Voici le repère du journal des actes d’Explor :

{line}

Il n’y a rien à faire : gardez seulement ce message. Si quelqu’un retirait un jour la fin du
journal, ou en changeait une ligne, cette ligne gardée chez vous le montrerait :
explor journal verify --head, suivi de la ligne ci-dessus."""


def head_of_journal() -> None:
    """Send the last head of the journal (its daily checkpoint) to administrators and directors."""
    if (head := last_head()) is None:
        return
    body = BODY.format(line=line_of(head))
    for to in sorted({*addresses_of_administrators(), *addresses_of_all_directors()}):
        notify(to=to, kind="audit.keep_head", subject="Le repère du journal, à garder", body=body)
