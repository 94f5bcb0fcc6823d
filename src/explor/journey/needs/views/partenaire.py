"""The partner in the field confirms a need, from a personal link, without account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation

from explor.ground.accounts.queries import link_of
from explor.ground.http.access import public, require
from explor.ground.http.actor import Actor
from explor.ground.http.views import render_page
from explor.ground.ui.submit import submit

from .. import actions, pages, rules, selectors
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
    link_used = link_of(link, Need)
    if link_used is None:
        raise Http404
    language = link_used.language if link_used.language in WORDS else "fr"
    title, label, button, thanks = WORDS[language]
    subject = get_object_or_404(
        selectors.with_related(Need.objects.all()), pk=link_used.subject.partition(":")[2]
    )
    by = Actor(name=link_used.name, email=link_used.email, role="partenaire")
    require(rules.can_confirm(by, subject))
    form = PartnerForm(request.POST or None, label=label)
    done = submit(
        request,
        form,
        lambda: actions.partner_confirm(subject, by=by, remark=form.cleaned_data["remark"]),
    )
    context = {"form": form, "need": subject, "title": title, "button": button, "done": done}
    with translation.override(language):
        return render_page(
            request,
            "needs/partenaire_need.html",
            context | {"language": language, "thanks": thanks, "facts": pages.facts_of(subject)},
        )
