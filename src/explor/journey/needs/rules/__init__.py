"""When a need may be filed and admitted: rules that are computed, each with its sentence."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from explor.actors.organisations.states import STANDING
from explor.ground.common.actor import Actor
from explor.ground.reference.queries import terms
from explor.journey.calls.rules import RULES, Applicant, is_on, is_receiving

from ..models import Need
from ..states import BEFORE, State
from .plausible import Plan as Plan
from .plausible import doubts as doubts
from .screens import SCREENS as SCREENS
from .screens import USES as USES
from .screens import Gauge as Gauge
from .screens import Part as Part
from .screens import Screen as Screen
from .screens import after as after
from .screens import changed_since as changed_since
from .screens import gauge as gauge
from .screens import label_of as label_of
from .screens import merge as merge


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A rule read on one need: whether it holds, and the sentence that says why."""

    label: str
    holds: bool
    why: str = ""


def can_edit(actor: Actor, need: Need) -> bool:
    """The association until it files, and again when the need is sent back."""
    return (
        actor.hat == "association" and need.association_id == actor.scope and need.state in BEFORE
    )


def can(actor: Actor, verb: str, need: Need) -> bool:
    """May `actor` take `verb` on this need?"""
    own = (actor.hat == "association" and need.association_id == actor.scope) or (
        actor.hat == "reseau" and need.network_id == actor.scope
    )
    return own and need.workflow.allows(need.state, verb, actor.hat)


def blanks(need: Need) -> list[str]:
    """The parts still blank, with what each serves."""
    return [use for name, use in USES.items() if not getattr(need, name)]


def missing_to_file(need: Need) -> list[str]:
    """What the network cannot judge without, and what the call does not allow."""
    return untold(need) + barred(need)


def untold(need: Need) -> list[str]:
    """What nobody can judge without: parts still blank, a window that cannot hold."""
    missing = [f"Il manque : {use[0].lower()}{use[1:]}" for use in blanks(need)]
    if not need.languages.exists():
        missing.append("Il manque : au moins une langue et son niveau.")
    window = _window(need)
    return missing if window.holds else [*missing, window.why]


def barred(need: Need) -> list[str]:
    """The rules that do not hold, of the network and of the call: an officer may lift them."""
    window = _window(need)
    found = [each.why for each in findings(need) if not each.holds and each != window]
    return found + refused_by_call(need)


def missing_to_reject(need: Need) -> list[str]:
    """A need sent back is its association's, unless a deadline it was given is past."""
    if need.state == State.RETURNED:
        return ["Ce besoin est entre les mains de l’association : attendez sa réponse."]
    return []


def refused_by_call(need: Need) -> list[str]:
    """The rules that the call has switched on and that do not hold, each in a sentence.

    What cannot be read is left to the officer. A need sent back is read on the day it was filed.
    """
    rules = [(code, rule) for code, rule in RULES.items() if is_on(need.call, code)]
    if not rules:
        return []
    own, filed = need.association, need.filed_at or timezone.now()
    department = terms("departments").get(own.department)
    who = Applicant(
        on=timezone.localdate(filed),
        founded_on=own.founded_on,
        headcount=own.headcount,
        region=department.parent if department else "",
        country=need.country,
        window_start=need.window_start,
        cer_signed_on=own.cer_signed_on,
        general_interest=own.general_interest,
    )
    answers = [rule.read(need.call.eligibility[code], who) for code, rule in rules]
    return [why for holds, why in answers if holds is False]


def findings(need: Need) -> list[Finding]:
    """The rules that a computer can read, each with its verdict."""
    verified = need.association.state in STANDING
    late = need.state in BEFORE and not is_receiving(need.call, timezone.now())
    return [
        Finding(
            label="Association vérifiée",
            holds=verified,
            why="" if verified else "Votre réseau n’a pas encore vérifié l’association.",
        ),
        Finding(
            label="Dépôt dans les dates de l’appel",
            holds=not late,
            why="L’appel ne reçoit pas de besoin en ce moment." if late else "",
        ),
        _window(need),
        _days(need),
        _number(need),
    ]


def _days(need: Need) -> Finding:
    holds = need.days is None or need.min_days <= need.days <= need.max_days
    why = f"La durée doit tenir entre {need.min_days} et {need.max_days} jours."
    return Finding(label="Durée dans les bornes de l’appel", holds=holds, why="" if holds else why)


def _window(need: Need) -> Finding:
    name = "Fenêtre assez longue, et à venir"
    if not (need.window_start and need.window_end and need.days):
        return Finding(label=name, holds=True)
    if need.state in BEFORE and need.window_start <= timezone.localdate():
        return Finding(label=name, holds=False, why="La fenêtre doit commencer après aujourd’hui.")
    if need.window_start + timedelta(days=need.days - 1) > need.window_end:
        return Finding(label=name, holds=False, why="La fenêtre est plus courte que la mission.")
    return Finding(label=name, holds=True)


def _number(need: Need) -> Finding:
    others = (
        Need.objects.filter(association=need.association_id, call=need.call_id)
        .exclude(pk=need.pk)
        .exclude(state__in=(*BEFORE, State.WITHDRAWN, State.INADMISSIBLE))
        .count()
    )
    allowed = need.call.needs_per_association
    holds = others < allowed
    why = f"L’appel limite chaque association à {allowed} besoin(s)."
    return Finding(label="Nombre de besoins par association", holds=holds, why="" if holds else why)
