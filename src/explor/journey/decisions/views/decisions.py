"""Pages of a network on a decision: read it, take it, write its reasons, announce, reconsider."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.committees import rules as committees
from explor.journey.committees.pages import spread_of
from explor.journey.committees.selectors import bylaws_of, opinions_on

from .. import actions, pages, rules
from ..forms import AnnounceForm, DecideForm, LetterForm
from ..models import Decision
from ..states import DECISION, State


def load(request: Request, pk: int) -> Decision:
    """Return the decision on the need `pk` that the actor may see, or raise 404."""
    visible = Decision.objects.visible_to(request.actor)
    related = ("need__association", "need__call", "need__network")
    return get_object_or_404(visible.select_related(*related), need=pk)


VERBS = VerbPages(
    "decisions",
    "decisions/<int:pk>/",
    load=load,
    back=pages.url_of,
    workflow=DECISION,
    can=rules.can_act,
    roles=("reseau",),
    args_of=lambda decision: [decision.need_id],
    crumb=lambda decision: f"{decision.need.file_number} {decision.need.title}",
    verbs=(
        Verb(
            actions.reconsider,
            "reprendre",
            blockers=pages.blockers_of_reconsider,
            effects=pages.effects_of_reconsider,
            done="Le dossier est de nouveau au comité.",
        ),
        Verb(
            actions.announce,
            "annoncer",
            form=AnnounceForm,
            options=pages.options_of_announce,
            arguments=lambda actor, form: {},
            blockers=pages.blockers_of_announce,
            effects=pages.effects_of_announce,
            done="La décision est annoncée à l’association.",
            template="decisions/reseau_announce.html",
            context=pages.letter_to_read,
        ),
        Verb(
            actions.decide,
            "decider",
            form=DecideForm,
            options=pages.options_of_decide,
            blockers=pages.blockers_of_decide,
            effects=pages.effects_of_decide,
            done="La décision est prise. Elle reste à annoncer.",
        ),
        Verb(
            actions.write_letter,
            "motifs",
            label="Enregistrer les motifs",
            title="Motifs de la décision",
            lead=lambda actor, decision: f"Décision : {decision.get_verdict_display()}.",
            form=LetterForm,
            can=rules.can_write_letter,
            blockers=pages.blockers_of_write_letter,
            effects=pages.effects_of_write_letter,
            leads_to=lambda actor, decision: pages.url_of_letters(actor, decision.need.call),
            done="Les motifs sont écrits.",
            button=False,
        ),
    ),
)


@role_required("reseau")
def decision(request: Request, pk: int) -> HttpResponse:
    """Show the opinions on a need, the decision, and its announcement."""
    instance = load(request, pk)
    bylaws, opinions = bylaws_of(instance.need.call), list(opinions_on(instance.need))
    context = {
        "decision": instance,
        "need": instance.need,
        "opinions": opinions,
        "blind": committees.hides_names(bylaws, undecided=instance.state == State.TO_DECIDE),
        "spread": spread_of(opinions, bylaws),
        "votes": pages.votes_of(instance) if instance.votes_for is not None else "",
        "verbs": VERBS.buttons(request.actor, instance),
    }
    return render_page(request, "decisions/reseau_decision.html", context)
