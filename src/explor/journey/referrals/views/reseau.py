"""Pages where a network refers its free experts to needs of other networks."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from explor.actors.experts.models import Expert
from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.needs.models import Need

from .. import actions, engine, pages, rules, selectors
from ..forms import ReferForm
from ..models import Referral

SENT = ["Personne", "Pour", "Réseau", "Réponse"]


@role_required("reseau")
def warm(request: Request) -> HttpResponse:
    """Show the experts in reserve who are free, each with the best need of another network."""
    actor, network = request.actor, request.actor.scope or 0
    free = selectors.free_in_reserve(network)
    needs = selectors.needs_elsewhere(network)
    matches = engine.matches(network, needs, free, selectors.SHOWN)
    people = selectors.experts_visible_to(actor, free)
    sent = list(selectors.sent_by(actor)[:50])
    known = {(each.expert_id, each.need_id) for each in sent}
    lines = [
        {"match": match, "expert": people[match.expert]}
        for match in matches
        if (match.expert, match.need.pk) not in known and match.expert in people
    ]
    context = {"lines": lines, "free": len(free), "sent": sent, "columns": SENT}
    return render_page(request, "referrals/reseau_warm.html", context)


def load(request: Request, expert: int, elsewhere: int) -> tuple[Expert, Need]:
    """Return an expert whom this network may see and a need of another network, or 404.

    Args:
        elsewhere: primary key of the need.
    """
    visible = Expert.objects.visible_to(request.actor).select_related("person")
    person = get_object_or_404(visible, pk=expert)
    for need in selectors.needs_elsewhere(request.actor.scope or 0):
        if need.pk == elsewhere:
            return person, need
    raise Http404


def refer(question: tuple[Expert, Need], *, by: Actor, message: str) -> Referral:
    """Ask the expert of `question` (expert, need) to open their profile to the need's network.

    Return the referral saved.
    """
    expert, need = question
    sender = Network.objects.get(slug=by.key)
    return actions.refer(expert=expert, need=need, sender=sender, by=by, message=message)


def _lead(actor: Actor, question: tuple[Expert, Need]) -> str:
    _, need = question
    return (
        f"Veut-elle ou veut-il ouvrir son profil à {need.network}, pour « {need.title} » ? "
        "Ce réseau n’en saura rien avant son oui."
    )


VERBS = VerbPages(
    "referrals",
    "reserve/<int:expert>/ailleurs/<int:elsewhere>/",
    load=load,
    back=pages.reserve_url,
    args_of=lambda question: [each.pk for each in question],
    roles=("reseau",),
    crumb=lambda question: "La réserve",
    verbs=(
        Verb(
            refer,
            "",
            label="Poser la question",
            title=lambda actor, question: f"Demander à {question[0].person.name}",
            lead=_lead,
            form=ReferForm,
            can=rules.can_refer,
            effects=pages.effects_of_refer,
            done=lambda actor, question: f"La question est posée à {question[0]}.",
        ),
    ),
)
