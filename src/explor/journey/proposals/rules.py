"""Permissions on proposals and reserves, and the conditions of each action."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.journey.calls.rules import next_year_on
from explor.journey.eligibility.rules import duration_problem
from explor.journey.needs.models import Need
from explor.journey.needs.states import State as NeedState
from explor.journey.shortlists.rules import can_search

from .models import Party, Proposal, ReserveEntry
from .states import HOLDING, State

hooks.define(
    "proposals:taking_back", "callable(proposal) -> list[str]: what depends on an acceptance by now"
)
hooks.define("proposals:losing", "callable(proposal) -> list[str]: why it is too late to withdraw")

OWN_SEAT = "Cette mission est la vôtre : un autre membre du réseau décide."
RESERVE_DAYS = 90  # length of a reserve that a form suggests, and of those of an adopted plan
TIME_AGAIN = timedelta(days=2)  # shortest time to answer again after an acceptance is taken back


def parties_of(proposal: Proposal) -> tuple[str, ...]:
    """Return the roles of the parties that must accept; the employer only if the expert has one."""
    return tuple(party for party in Party.values if party != Party.EMPLOYER or proposal.employer_id)


def silent(proposal: Proposal) -> list[str]:
    """Return the roles of the parties that have not answered."""
    given = {answer.party for answer in proposal.answers.all()}
    return [party for party in parties_of(proposal) if party not in given]


def concerns(actor: Actor, proposal: Proposal) -> bool:
    """Return True for the parties to the proposal, the network of its need, and the system."""
    own = {
        "reseau": proposal.need.network_id == actor.scope,
        "expert": proposal.expert.person_id == actor.person,
        "association": proposal.need.association_id == actor.scope,
        "employeur": proposal.employer_id == actor.scope,
        "systeme": True,
    }
    return bool(own.get(actor.role, False))


def missing_employer(proposal: Proposal) -> list[str]:
    """Return a reason when the expert's employer is no longer that of the proposal, else [].

    Only the current employer of a person can release them. An employer named after all parties
    accepted a proposal without employer blocks nothing, as the network may have recorded the
    acceptance of that employer.
    """
    if proposal.employer_id == proposal.expert.employer_id:
        return []
    if proposal.employer_id is not None:
        return [
            f"Le profil de la personne ne nomme plus {proposal.employer} : elle le corrige, ou le "
            "réseau fait une autre proposition."
        ]
    if proposal.state != State.PROPOSED:
        return []
    return [
        f"Le profil de la personne nomme désormais {proposal.expert.employer}, à qui cette "
        "proposition ne demande rien : le réseau la reprend et en fait une autre."
    ]


def shows_profile(proposal: Proposal, role: str) -> bool:
    """Return whether a role may see the current profile of the expert.

    A party may while the proposal is pending or agreed, the employer while it still employs the
    expert, the network as long as the expert consents.
    """
    if role == "reseau":
        consents = proposal.expert.consents.filter(withdrawn_at=None)
        return consents.filter(network=proposal.need.network_id).exists()
    left = role == "employeur" and bool(missing_employer(proposal))
    return proposal.state in HOLDING and not left


def own_seat(actor: Actor, expert: Expert) -> list[str]:
    """Return a reason when an officer would decide on their own mission, else []."""
    return [OWN_SEAT] if actor.role == "reseau" and expert.person_id == actor.person else []


def can(actor: Actor, verb: str, proposal: Proposal) -> bool:
    """Return True when `actor` may perform the workflow action `verb` on this proposal now."""
    allowed = proposal.workflow.allows(proposal.state, verb, actor.role)
    return allowed and concerns(actor, proposal)


def can_answer(actor: Actor, proposal: Proposal, party: str) -> bool:
    """Return True for `party`, and for the network, while the proposal awaits its answers.

    An officer records the answer that the party gave by telephone or on paper.
    """
    return (
        can(actor, "accept", proposal)
        and party in parties_of(proposal)
        and actor.role in (party, "reseau")
    )


def can_take_back(actor: Actor, proposal: Proposal, party: str) -> bool:
    """Return True for `party`, and for the network, while the proposal is proposed or agreed.

    An officer records that the acceptance of the party was a mistake.
    """
    concerned = party in parties_of(proposal) and actor.role in (party, "reseau")
    return concerned and can(actor, "take_back", proposal)


def can_answer_questions(actor: Actor, proposal: Proposal) -> bool:
    """Return True for a party or the network while the proposal awaits answers.

    Once the proposal is agreed, the page of the release asks the same questions.
    """
    waits = proposal.state == State.PROPOSED
    return waits and actor.role != "systeme" and concerns(actor, proposal)


def can_propose(actor: Actor, need: Need) -> bool:
    """Return True for the officers of the need's network, who may propose experts."""
    return can_search(actor, need)


def can_keep_in_reserve(actor: Actor, need: Need) -> bool:
    """Return True for the officers of the need's network, who may keep experts in reserve."""
    return can_search(actor, need)


def can_drop_from_reserve(actor: Actor, entry: ReserveEntry) -> bool:
    """Return True for the officers of the need's network, who may remove a reserve entry."""
    return can_search(actor, entry.need)


def missing_to_answer(proposal: Proposal, party: str, now: datetime) -> list[str]:
    """Return why a party cannot answer, empty when it can.

    Reasons: the need is no longer admissible, the party has answered, or the deadline has passed.
    """
    missing = []
    if proposal.need.state != NeedState.ADMISSIBLE:
        missing.append("Ce besoin n’est plus recevable : la proposition ne reçoit plus de réponse.")
    if party not in silent(proposal):
        missing.append("Cette partie a déjà répondu.")
    if proposal.answer_by <= now:
        missing.append("Le délai de réponse est passé : le réseau peut proposer de nouveau.")
    return missing


def has_accepted(proposal: Proposal, party: str) -> bool:
    """Return whether a party has accepted, from the prefetched answers."""
    return any(each.yes for each in proposal.answers.all() if each.party == party)


def missing_to_take_back(proposal: Proposal, party: str) -> list[str]:
    """Return why a party cannot take back its acceptance, empty when it can.

    Reasons: it has not accepted, or later steps depend on its acceptance.
    """
    if not has_accepted(proposal, party):
        return ["Cette partie n’a pas dit oui."]
    return [reason for ask in hooks.get("proposals:taking_back") for reason in ask(proposal)]


def time_to_answer(given: timedelta, start: date, now: datetime) -> datetime:
    """Return the deadline of the answers: `given` after `now`, or the mission's start if sooner."""
    first = timezone.make_aware(datetime.combine(start, time.min))
    return min(now + given, first)


def time_to_answer_again(proposal: Proposal, now: datetime) -> datetime:
    """Return the deadline of the answers after an acceptance is taken back.

    The result is the former deadline, or two days after `now` if that is later.
    """
    return max(proposal.answer_by, time_to_answer(TIME_AGAIN, proposal.start, now))


def blockers_of_withdraw(need: Need) -> list[str]:
    """Return why a need cannot be withdrawn (proposal pending or agreed), empty when it can."""
    if not Proposal.objects.filter(need=need).holding().exists():
        return []
    return ["Une proposition est en cours : demandez à votre réseau de la reprendre d’abord."]


def missing_to_agree(proposal: Proposal) -> list[str]:
    """Return a reason naming the parties that have not accepted, empty when all have."""
    yes = {answer.party for answer in proposal.answers.all() if answer.yes}
    labels = [Party(p).label for p in parties_of(proposal) if p not in yes]
    return [f"Il manque l’accord de : {', '.join(labels)}."] if labels else []


def missing_to_lapse(proposal: Proposal, now: datetime) -> list[str]:
    """Return why a proposal cannot lapse (deadline not passed), empty when it can."""
    return [] if proposal.answer_by <= now else ["Le délai de réponse court encore."]


def blockers_of_dates(need: Need, start: date, end: date, today: date) -> list[str]:
    """Return why these dates do not fit (length, window of the need, past), empty when they do."""
    past = [] if start > today else ["Le premier jour n’est plus à venir : choisissez-en un autre."]
    wrong = blockers_of_length(need.min_days, need.max_days, start, end)
    return wrong + outside_window(need, start, end) + past


def blockers_of_length(shortest: int, longest: int, start: date, end: date) -> list[str]:
    """Return why a mission on these dates, both included, is too short or too long in days."""
    if duration_problem((end - start).days + 1, shortest, longest):
        return [f"La mission dure de {shortest} à {longest} jours sur place."]
    return []


def outside_window(need: Need, start: date, end: date) -> list[str]:
    """Return why these dates are not in the window of the need, empty when they are."""
    if need.window_start is None or need.window_end is None:
        return ["Ce besoin n’a pas de fenêtre de dates."]
    if need.window_start <= start and end <= need.window_end:
        return []
    return [
        f"Les dates sortent de la fenêtre du besoin, du {need.window_start:%d/%m/%Y} "
        f"au {need.window_end:%d/%m/%Y}."
    ]


def too_far(need: Need, end: date) -> list[str]:
    """Return why a mission cannot end over a year after the window of its need, [] if it can."""
    if need.window_end is None or end <= (last := next_year_on(need.window_end)):
        return []
    return [
        f"Ces dates sont trop loin : la mission finit au plus tard le {last:%d/%m/%Y}, un an après "
        "la fenêtre du besoin. Au-delà, il faut un nouveau besoin."
    ]


def missing_to_lose(proposal: Proposal) -> list[str]:
    """Return why the expert cannot withdraw, as the hook `proposals:losing` tells; else empty."""
    return [reason for ask in hooks.get("proposals:losing") for reason in ask(proposal)]


def blockers_of_erasure(person: Person) -> list[str]:
    """Return why a person cannot be erased: a proposal awaits its answers."""
    waiting = Proposal.objects.filter(expert__person=person, state=State.PROPOSED)
    return [
        f"Une proposition vous attend : « {title} ». Déclinez-la d’abord."
        for title in waiting.order_by("pk").values_list("need__title", flat=True)
    ]
