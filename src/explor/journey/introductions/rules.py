"""Who answers whom, and what an introduction needs."""

from collections.abc import Sequence
from datetime import date, datetime

from explor.ground.common.actor import Actor
from explor.journey.needs.models import Need

from .models import Introduction, Party


def parties_of(introduction: Introduction) -> tuple[str, ...]:
    """Whose yes is needed; someone without employer leaves on their own time."""
    return tuple(
        party for party in Party.values if party != Party.EMPLOYER or introduction.employer_id
    )


def silent(introduction: Introduction) -> list[str]:
    """The parties that have not answered."""
    given = {answer.party for answer in introduction.answers.all()}
    return [party for party in parties_of(introduction) if party not in given]


def concerns(actor: Actor, introduction: Introduction) -> bool:
    """Is `actor` a party, or the network of the need?"""
    own = {
        "reseau": introduction.need.network_id == actor.scope,
        "expert": introduction.expert.person_id == actor.person,
        "association": introduction.need.association_id == actor.scope,
        "employeur": introduction.employer_id == actor.scope,
        "systeme": True,
    }
    return own.get(actor.hat, False)


def can(actor: Actor, verb: str, introduction: Introduction) -> bool:
    """May `actor` take `verb` on this introduction?"""
    allowed = introduction.workflow.allows(introduction.state, verb, actor.hat)
    return allowed and concerns(actor, introduction)


def can_answer(actor: Actor, introduction: Introduction, party: str) -> bool:
    """Each party for itself; an officer for the one who phoned."""
    return (
        can(actor, "accept", introduction)
        and party in parties_of(introduction)
        and actor.hat in (party, "reseau")
    )


def can_search(actor: Actor, need: Need) -> bool:
    """Only the officers of the need's network introduce and keep in reserve."""
    return actor.hat == "reseau" and need.network_id == actor.scope


def missing_to_answer(introduction: Introduction, party: str, now: datetime) -> list[str]:
    """Why a party cannot answer any more."""
    missing = []
    if party not in silent(introduction):
        missing.append("Cette partie a déjà répondu.")
    if introduction.answer_by <= now:
        missing.append("Le délai de réponse est passé : le réseau peut proposer de nouveau.")
    return missing


def missing_to_agree(introduction: Introduction) -> list[str]:
    """The third yes makes the agreement; one no or one silence prevents it."""
    yes = {answer.party for answer in introduction.answers.all() if answer.yes}
    labels = [Party(p).label for p in parties_of(introduction) if p not in yes]
    return [f"Il manque l’accord de : {', '.join(labels)}."] if labels else []


def missing_to_lapse(introduction: Introduction, now: datetime) -> list[str]:
    """Silence releases at the date that was told, not before."""
    return [] if introduction.answer_by <= now else ["Le délai de réponse court encore."]


def missing_to_search(need: Need, selected: bool) -> list[str]:
    """An expert is looked for once a favourable decision is announced."""
    if need.state != "admissible" or not selected:
        return ["Ce besoin n’est pas retenu : l’annonce d’une décision favorable vient avant."]
    return []


def wrong_dates(need: Need, start: date, end: date) -> list[str]:
    """What is wrong with a run of days, both included, for this need."""
    days = (end - start).days + 1
    wrong = []
    if days < need.min_days or days > need.max_days:
        wrong.append(f"La mission dure de {need.min_days} à {need.max_days} jours sur place.")
    if need.window_start is None or need.window_end is None:
        wrong.append("Ce besoin n’a pas de fenêtre de dates.")
    elif start < need.window_start or end > need.window_end:
        wrong.append(
            f"Les dates sortent de la fenêtre du besoin, du {need.window_start:%d/%m/%Y} "
            f"au {need.window_end:%d/%m/%Y}."
        )
    return wrong


def reasons_to_override(*, blockers: Sequence[str], first: bool, available: bool) -> list[str]:
    """Why an officer must say why: the rules, the ranking or the dates speak against."""
    against = list(blockers)
    if not against and not first:
        against.append("Cette personne n’est pas la première du classement.")
    if not available:
        against.append("Ces jours sortent des disponibilités déclarées.")
    return against
