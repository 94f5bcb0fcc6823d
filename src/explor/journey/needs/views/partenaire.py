"""The partner in the field confirms a need, from a personal link, without account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation

from explor.ground.accounts.queries import link_of
from explor.ground.common.access import public
from explor.ground.common.actor import Actor
from explor.ground.common.views import page, submit

from .. import actions, queries
from ..forms import PartnerForm
from ..models import Need

# The words of the page, in the four languages of the partners.
WORDS = {
    "fr": ("Confirmez-vous cette mission ?", "Une remarque ? Sinon, laissez vide.", "Confirmer",
           "Merci. Votre réponse est transmise."),
    "en": ("Do you confirm this mission?", "Any remark? Otherwise leave blank.", "Confirm",
           "Thank you. Your answer has been passed on."),
    "es": ("¿Confirma usted esta misión?", "¿Algún comentario? Si no, déjelo vacío.", "Confirmar",
           "Gracias. Su respuesta ha sido transmitida."),
    "pt": ("Confirma esta missão?", "Alguma observação? Senão, deixe em branco.", "Confirmar",
           "Obrigado. A sua resposta foi transmitida."),
}  # fmt: skip


@public
def need(request: HttpRequest, link: str) -> HttpResponse:
    """What the mission is, one text field, one button."""
    found = link_of(link, Need)
    if found is None:
        raise Http404
    language = found.language if found.language in WORDS else "fr"
    title, label, button, thanks = WORDS[language]
    subject = get_object_or_404(
        queries.whole(Need.objects.all()), pk=found.subject.partition(":")[2]
    )
    by = Actor(name=found.name, email=found.email, hat="partenaire")
    form = PartnerForm(request.POST or None, label=label)
    done = submit(
        request,
        form,
        lambda: actions.partner_confirm(subject, by=by, remark=form.cleaned_data["remark"]),
    )
    context = {"form": form, "need": subject, "title": title, "button": button, "done": done}
    with translation.override(language):
        return page(
            request,
            "needs/partenaire_need.html",
            context | {"language": language, "thanks": thanks, "facts": queries.facts_of(subject)},
        )
