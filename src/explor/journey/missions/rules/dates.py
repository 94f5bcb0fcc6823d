"""Conditions and warnings to move a mission to new dates."""

from datetime import date

from psycopg.types.range import DateRange

from explor.ground.travel_advice.rules import Outcome
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.rules import blockers_of_length, outside_window, too_far
from explor.journey.proposals.states import State as ProposalState
from explor.journey.releases.engine import verdicts
from explor.journey.releases.models import Release
from explor.journey.releases.rules import schemes_without_employer

from ..models import Mission
from .missions import advice_on, missing_seat, papers_on


def missing_to_move(
    mission: Mission, start: date, end: date, today: date, agreed: str = ""
) -> list[str]:
    """Return why new dates are refused, empty when they are accepted.

    The mission must hold its seat and the dates must be in the future. Then the checks are those of
    a proposal: length, window of the need, other missions of the person, leave schemes.

    Args:
        agreed: how the association and the person accepted dates outside the window of the need.
    """
    missing = missing_seat(mission)
    missing += blockers_of_length(mission.min_days, mission.max_days, start, end)
    if start <= today:
        missing.append("Les nouvelles dates sont à venir.")
    missing += _out_of_window(mission, start, end, agreed)
    missing += _engaged_elsewhere(mission, start, end)
    return missing or _without_scheme(mission.release, start, end, today)


def _out_of_window(mission: Mission, start: date, end: date, agreed: str) -> list[str]:
    """Return why dates outside the window of the need are refused, empty inside or if agreed."""
    need = mission.need
    if not (outside := outside_window(need, start, end)):
        return []
    if (far := too_far(need, end)) or agreed.strip():
        return far
    return [f"{outside[0]} Dites comment l’association et la personne les ont acceptées."]


def _engaged_elsewhere(mission: Mission, start: date, end: date) -> list[str]:
    """Return a reason when the person has agreed to another mission on one of these days."""
    missions = Mission.objects.filter(expert=mission.expert_id).exclude(pk=mission.pk)
    if missions.taking_days(start, end).exists():
        return ["Cette personne est déjà en mission à ces dates."]
    others = Proposal.objects.agreed().filter(expert=mission.expert_id)
    if others.exclude(pk=mission.release.proposal_id).overlapping(start, end).exists():
        return ["Cette personne est déjà engagée à ces dates."]
    return []


def _without_scheme(release: Release, start: date, end: date, today: date) -> list[str]:
    """Return a reason when every leave scheme of the person is closed on these dates."""
    readings = verdicts(release, today, start=start, end=end)
    if release.without_employer:
        possible = bool(schemes_without_employer(readings))
    else:
        possible = any(each.verdict != "closed" for each in readings)
    return [] if possible else ["Aucun cadre n’est possible à ces dates pour cette personne."]


def notes_on_dates(mission: Mission, start: date, end: date, today: date) -> list[str]:
    """Return warnings to read before a mission moves to these dates; they do not prevent it."""
    return [
        *_scheme_on(mission.release, start, end, today),
        *_not_declared_free(mission, start, end),
        *_proposed_elsewhere(mission, start, end),
        *_advice_to_read(mission, today),
        *(text for _, text in papers_on(mission, end)),
    ]


def _scheme_on(release: Release, start: date, end: date, today: date) -> list[str]:
    """Return a warning when the chosen leave scheme is to check or closed on these dates."""
    read = {each.code: each for each in verdicts(release, today, start=start, end=end)}
    if (chosen := read.get(release.scheme)) is None:
        return []
    if chosen.verdict == "closed":
        why = " ".join(chosen.why)
        return [f"Le cadre « {chosen.label} » est fermé à ces dates : {why} Il en faut un autre."]
    left = " ; ".join(chosen.questions)
    return [f"Le cadre « {chosen.label} » est à vérifier à ces dates : {left}"] if left else []


def _not_declared_free(mission: Mission, start: date, end: date) -> list[str]:
    """Return a warning when the person has not declared to be free on all these days."""
    free = mission.expert.availabilities.filter(days__contains=DateRange(start, end, "[]"))
    return [] if free.exists() else ["La personne n’a pas déclaré être libre à toutes ces dates."]


def _proposed_elsewhere(mission: Mission, start: date, end: date) -> list[str]:
    """Return a warning when another pending proposal of the person includes one of these days."""
    waiting = Proposal.objects.filter(expert=mission.expert_id, state=ProposalState.PROPOSED)
    if waiting.overlapping(start, end).exists():
        return ["La personne est proposée pour une autre mission à ces dates."]
    return []


def _advice_to_read(mission: Mission, today: date) -> list[str]:
    """Return today's travel advice on the place as a warning, empty when departure is possible."""
    advice = advice_on(mission, today)
    if advice.outcome == Outcome.CLEAR:
        return []
    return [f"Conseils aux voyageurs, à relire avant le départ : {advice.sentence}"]
