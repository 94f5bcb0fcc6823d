"""URLs, facts, rows and panels of proposals, and their step in the progress bar of a need."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Any

from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.reference.selectors import label
from explor.ground.ui import hooks
from explor.ground.ui.days import date_format
from explor.ground.ui.export import Columns
from explor.ground.ui.parts import Panel, ProgressStep
from explor.journey.needs.models import Need
from explor.journey.shortlists.engine import Line
from explor.journey.shortlists.pages import CandidateVerb
from explor.journey.shortlists.selectors import is_selected

from .. import rules, selectors
from ..models import Party, Proposal
from ..states import HOLDING, State

# The columns of the exported list.
EXPORTED: Columns = {
    "Besoin": attrgetter("need.title"),
    "Personne": attrgetter("expert.person.name"),
    "Du": attrgetter("start"),
    "Au": attrgetter("end"),
    "État": attrgetter("state_label"),
    "Réponse avant le": lambda each: each.answer_by if each.state == State.PROPOSED else None,
}
TONES: dict[str, str] = {
    State.PROPOSED: "warn",
    State.AGREED: "good",
    State.DECLINED: "neutral",
    State.LAPSED: "neutral",
    State.LOST: "bad",
    State.RECALLED: "neutral",
    State.FREED: "neutral",
}


def url_of(actor: Actor, page: str, *args: object) -> str:
    """Return the URL of the page of proposals named `page`, in the role of `actor`."""
    return reverse(f"proposals:{actor.role}_{page}", args=[*filter(None, [actor.key]), *args])


def proposal_url(actor: Actor, proposal: Proposal) -> str:
    """Return the URL of the page of a proposal in the role of `actor`."""
    return url_of(actor, "proposal", proposal.pk)


def links_of(actor: Actor, proposal: Proposal) -> list[tuple[str, str]]:
    """Return the (label, url) of the pages that explain a proposal to `actor`."""
    return [each for read in hooks.get("proposals:links") for each in read(actor, proposal)]


def in_charge(proposal: Proposal) -> list[tuple[str, str]]:
    """Return (task, who does it) pairs for the journey and the insurance of a proposal.

    Empty for a proposal that has ended.
    """
    if proposal.state not in HOLDING:
        return []
    return [each for read in hooks.get("proposals:in_charge") for each in read(proposal)]


def shortlist_url(actor: Actor, need: int) -> str:
    """Return the URL of the shortlist of a need (its primary key) for an officer of a network."""
    return reverse("shortlists:reseau_shortlist", args=[actor.key, need])


def candidate_verbs(actor: Actor, need: Need, line: Line) -> list[CandidateVerb]:
    """Return what an officer can do with an expert of a shortlist.

    "Propose" needs a free seat; "keep in reserve" needs an expert not yet in reserve.
    """
    verbs = []
    if need.free_seats:
        url = url_of(actor, "introduce", need.pk, line.expert.pk)
        verbs.append(CandidateVerb(label="Proposer", url=url, main=True))
    if line.status.rank is None:
        url = url_of(actor, "keep_in_reserve", need.pk, line.expert.pk)
        verbs.append(CandidateVerb(label="Mettre en réserve", url=url))
    return verbs


def steps(need: Any, seat: int | None = None) -> list[ProgressStep]:
    """Return one progress bar step: the search for experts, or the answers that are awaited.

    The list is empty for a need taken over from before Explor.
    """
    if need.state == "taken_over":
        return []  # nobody was introduced here
    rows = selectors.held_seats(need, seat)
    agreed = [row for row in rows if row.state == State.AGREED]
    proposed = [row for row in rows if row.state == State.PROPOSED]
    name = "Mise en relation"
    if len(agreed) >= (1 if seat else need.seats):
        names = ", ".join(str(row.expert.person) for row in agreed)
        when = max(row.state_since for row in agreed)
        return [ProgressStep(label=name, state="done", who=names, when=when)]
    if proposed:
        first = min(proposed, key=lambda row: row.answer_by)
        who = ", ".join(Party(party).label for party in rules.silent(first))
        note = "réponses attendues avant cette date"
        return [ProgressStep(label=name, state="present", who=who, when=first.answer_by, note=note)]
    if is_selected(need):
        return [ProgressStep(label="Recherche d’une expertise", state="present", who="le réseau")]
    return [ProgressStep(label=name, state="next", who="le réseau")]


def facts_of(proposal: Proposal, role: str) -> list[tuple[str, object]]:
    """Return (label, value) pairs on a proposal; for privacy, `role` limits what is shown."""
    need, expert = proposal.need, proposal.expert
    profile = [("Métier", expert.job), ("Présentation", expert.summary)]
    person = [
        ("Personne", expert.person.name),
        *(profile if rules.shows_profile(proposal, role) else []),
    ]
    mission = [
        ("Association", need.association.name),
        ("La mission sert à", need.get_purpose_display()),
        ("Objectifs", need.objectives),
        ("Résultats attendus", need.expected_results),
        ("Pays", label("countries", need.country) if need.country else ""),
        ("Lieu", need.place),
        ("Partenaire de terrain", need.partner.name if need.partner else ""),
    ]
    dates = [("Du", proposal.start), ("Au", proposal.end)]
    employer = [_employer_of(proposal)]
    shown = {
        "expert": [*mission, *dates],
        "association": [*person, *dates],
        "employeur": [*person[:2], *mission, *dates],
        "reseau": [*person, *employer, *mission[:1], *mission[4:], *dates],
    }
    return [
        (name, date_format(value, "j F Y") if isinstance(value, date) else value)
        for name, value in shown[role]
    ]


def _employer_of(proposal: Proposal) -> tuple[str, object]:
    """Return the (label, value) fact on the employer, or on the status without employer."""
    if proposal.employer is None and proposal.expert.without_employer:
        return ("Statut", proposal.expert.get_employment_display())
    return ("Employeur", proposal.employer.name if proposal.employer else "aucun")


def answers_of(proposal: Proposal, role: str) -> list[dict[str, Any]]:
    """Return one dict per party: `party` (its role), `label`, `answer` or None, `awaited`.

    Once the proposal has ended, no answer is awaited, and a party sees its own answer only: the
    network alone sees who refused. The list is empty for a proposal taken over from before Explor.
    """
    if proposal.need.state == "taken_over":
        return []  # nobody was asked here
    given = {answer.party: answer for answer in proposal.answers.all()}
    awaited, ended = proposal.state == State.PROPOSED, proposal.state not in HOLDING
    return [
        {
            "party": party,
            "label": Party(party).label,
            "answer": given.get(party),
            "awaited": awaited,
        }
        for party in rules.parties_of(proposal)
        if not ended or role in (party, "reseau")
    ]


ENDINGS: dict[str, str] = {
    State.DECLINED: "Une partie a dit non : la proposition a pris fin.",
    State.LAPSED: "Toutes les réponses ne sont pas venues à temps : la proposition a pris fin.",
    State.LOST: "La personne ne partira pas : la proposition a pris fin.",
    State.RECALLED: "Le réseau a repris la proposition.",
    State.FREED: "La mission est annulée : la proposition a pris fin.",
}
SHARED = (State.RECALLED, State.FREED)  # endings whose reason was written for every party


def ending_of(proposal: Proposal, role: str) -> str:
    """Return why a proposal has ended, "" when it has not.

    A party gets a fixed sentence: only the network sees the reason of a refusal or a withdrawal.
    """
    if (why := ENDINGS.get(proposal.state)) is None:
        return ""
    shared = role == "reseau" or proposal.state in SHARED
    reason = f"Motif : {proposal.ending}" if proposal.ending and shared else ""
    left = "" if role == "reseau" else "Vous n’avez plus rien à y répondre."
    return " ".join(filter(None, [why, left, reason]))


def lines(actor: Actor, proposals: Iterable[Proposal]) -> list[dict[str, Any]]:
    """Return one dict per proposal, for panels and lists.

    Keys: `row` (the proposal), `tone` of its badge, `answers` (as `answers_of` returns), `url`, and
    `job` of the expert, "" once the proposal has ended.
    """
    return [
        {
            "row": each,
            "tone": TONES[State(each.state)],
            "answers": answers_of(each, actor.role),
            "job": each.expert.job if each.state in HOLDING else "",
            "url": url_of(actor, "proposal", each.pk),
        }
        for each in proposals
    ]


def seats_panel(request: Request, need: Need) -> Panel | None:
    """Return the shortlist page's panel of the taken seats of a need, None when none is taken."""
    rows = Proposal.objects.filter(need=need).holding().with_related()
    if not (held := lines(request.actor, rows)):
        return None
    return Panel(
        title="Places prises ou proposées",
        template="proposals/_panel_seats.html",
        context={"lines": held},
    )


def reserve_panel(request: Request, need: Need) -> Panel | None:
    """Return the shortlist page's panel of the reserve of a need, None when it is empty."""
    actor: Actor = request.actor
    entries = [
        {
            "entry": entry,
            "propose": url_of(actor, "introduce", need.pk, entry.expert_id),
            "drop": url_of(actor, "drop_from_reserve", entry.pk),
        }
        for entry in selectors.standing_reserve(need)
    ]
    if not entries:
        return None
    return Panel(
        title="En réserve", template="proposals/_panel_reserve.html", context={"entries": entries}
    )


def network_panel(request: Request, need: Need) -> Panel | None:
    """Return the panel of a need's proposals and reserve, None before the need is selected."""
    if not is_selected(need):
        return None
    actor: Actor = request.actor
    rows = Proposal.objects.visible_to(actor).filter(need=need).with_related()
    context = {
        "lines": lines(actor, rows),
        "reserve": selectors.standing_reserve(need),
        "url": shortlist_url(actor, need.pk),
    }
    return Panel(
        title="Recherche d’une expertise", template="proposals/_panel_reseau.html", context=context
    )


def association_panel(request: Request, need: Need) -> Panel | None:
    """Return the panel of the experts proposed for a need, None before the need is selected."""
    if not is_selected(need):
        return None
    actor: Actor = request.actor
    rows = Proposal.objects.visible_to(actor).filter(need=need).with_related()
    return Panel(
        title="Personnes proposées",
        template="proposals/_panel_association.html",
        context={"lines": lines(actor, rows)},
    )
