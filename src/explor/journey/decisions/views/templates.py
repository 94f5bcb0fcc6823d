"""Pages on which a network reads the texts of its letters, and its directors edit them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.networks.models import Network
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.committees.models import Verdict

from .. import actions, pages, rules, selectors
from ..forms import LetterTemplateForm
from ..models import LetterTemplate


def template_of(network: Network, slug: str) -> LetterTemplate:
    """Return the template of a network for the verdict of this slug, or raise 404."""
    verdict = next((each for each in Verdict.values if pages.verdict_slug(each) == slug), None)
    if verdict is None:
        raise Http404
    return selectors.letter_template(network, verdict)


def load(request: Request, verdict: str) -> LetterTemplate:
    """Return the template of the actor's network for the verdict with this slug, or raise 404."""
    return template_of(get_object_or_404(Network, pk=request.actor.scope), verdict)


# The administration has the same action, in its own pages, for any network.
EDIT = Verb(
    actions.edit_letter_template,
    "modifier",
    label=lambda actor, template: f"Modifier la lettre « {template.get_verdict_display()} »",
    title=lambda actor, template: f"Lettre : {template.get_verdict_display()}",
    form=LetterTemplateForm,
    options=pages.options_of_template,
    can=rules.can_edit_letter_template,
    effects=pages.effects_of_edit_template,
    done="Le texte de la lettre est enregistré.",
)
TEMPLATES = VerbPages(
    "decisions",
    "le-reseau/lettres/<slug:verdict>/",
    load=load,
    back=lambda actor, template: reverse("decisions:reseau_letter_templates", args=[actor.key]),
    crumb=lambda template: "Les lettres",
    args_of=lambda template: [pages.verdict_slug(template.verdict)],
    verbs=(EDIT,),
)


@role_required("reseau")
def letter_templates(request: Request) -> HttpResponse:
    """Show the text of the letters of the network, for each verdict."""
    network = get_object_or_404(Network, pk=request.actor.scope)
    rows = pages.template_rows(network)
    context = {
        "back": reverse("networks:reseau_network", args=[request.actor.key]),
        "network": network,
        "rows": [(row, text, TEMPLATES.buttons(request.actor, row)) for row, text in rows],
    }
    return render_page(request, "decisions/letter_templates.html", context)
