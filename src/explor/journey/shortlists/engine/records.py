"""Conversion of needs and experts from database rows to records of the matching engine."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.utils import timezone

from explor.engines import matching
from explor.engines.matching import WEIGHTS, Period, Scheme, Taxonomy
from explor.ground.reference.selectors import find, label, terms
from explor.ground.travel_advice.rules import Outcome, verdict
from explor.ground.travel_advice.selectors import readings_for
from explor.journey.needs.models import Need

from .days import without

# First and last day taken by an agreed mission, both included; none when the last comes first.
Stay = tuple[date, date]


def need_id(pk: int) -> str:
    """Return the engine's identifier of the need of this primary key, « besoin:12 »."""
    return f"besoin:{pk}"


def expert_id(pk: int) -> str:
    """Return the engine's identifier of the expert of this primary key, « personne:12 »."""
    return f"personne:{pk}"


def pk_of(name: str) -> int:
    """Return the primary key at the end of an engine's identifier, such as « besoin:12 »."""
    return int(name.rpartition(":")[2])


def need_record(
    need: Need, schemes: Mapping[str, tuple[Scheme, ...]], closed: Mapping[int, str]
) -> matching.Need:
    """Return the record of a need that the matching engine takes.

    Args:
        schemes: the leave schemes by expert id.
        closed: {need's primary key: place} for the places that travel advice closes; the record
            then names the place as its country, so that it can be excluded alone.
    """
    return matching.Need(
        id=need_id(need.pk),
        window=Period(start=need.window_start, end=need.window_end),  # type: ignore[arg-type]
        days=need.days,  # type: ignore[arg-type]
        title=need.title,
        text="\n".join((need.context, need.objectives, need.expected_results)),
        purpose=need.purpose,
        sectors=_labels("sectors", need.sectors),
        skills=skill_labels(need.skills),
        languages=_languages(need.languages.all()),
        country=closed.get(need.pk) or (label("countries", need.country) if need.country else ""),
        seats=need.seats,
        association=f"organisation:{need.association_id}",
        schemes=schemes,
    )


def expert_record(
    expert: Any, stays: Sequence[Stay], years: frozenset[int], associations: Iterable[int]
) -> matching.Expert:
    """Return the engine record of an expert.

    Args:
        expert: the row, with its languages and availabilities.
        stays: first and last day of each agreed mission of the expert, who is not free then.
        years: the years whose missions count against the expert's load.
        associations: primary keys of those of which the expert is a member.
    """
    today = timezone.localdate()
    past = [end for _, end in stays if end < today]
    counted = sum(start.year in years for start, _ in stays)
    taken = [Period(start=start, end=end) for start, end in stays if start <= end]
    offered = [Period(start=each.days.lower, end=each.last) for each in expert.availabilities.all()]
    return matching.Expert(
        id=expert_id(expert.pk),
        text="\n".join((expert.job, expert.summary, expert.experiences)),
        sectors=_labels("sectors", expert.sectors),
        skills=skill_labels(expert.skills),
        languages=_languages(expert.languages.all()),
        countries=_labels("countries", expert.countries),
        availability=tuple(without(offered, taken)),
        load=max(0, expert.load - counted),
        employer=str(expert.employer_id or ""),
        conflicts=tuple(f"organisation:{pk}" for pk in associations),
        missions_done=len(past),
        last_mission=max(past, default=None),
    )


def settings_for(
    weights: Mapping[str, float], closed: Mapping[int, str], **choices: Any
) -> matching.Settings:
    """Return the settings of the matching engine for today.

    Args:
        weights: weights of a call for projects, which replace the default ones.
        closed: {need's primary key: name of its place} for places that travel advice closes.
        choices: other settings of the engine.
    """
    return matching.Settings(
        weights={part: weights.get(part, weight) for part, weight in WEIGHTS.items()},
        closed_countries=frozenset(closed.values()),
        today=timezone.localdate(),
        skills=_taxonomy(),
        regions=_regions(),
        **choices,
    )


def closed_among(needs: Iterable[Need]) -> dict[int, str]:
    """Return {need's primary key: name of its place} for places that travel advice closes today.

    The name includes the place as well as the country, as other places there may be open.
    """
    today = timezone.localdate()
    needs = [need for need in needs if need.country]
    read = readings_for({(need.country, need.place) for need in needs}, today)
    return {
        need.pk: ", ".join(filter(None, (need.place, label("countries", need.country))))
        for need in needs
        if verdict(read[need.country, need.place], today).outcome == Outcome.STOP
    }


def skill_labels(texts: Sequence[str]) -> tuple[str, ...]:
    """Return skills by their label in the reference list, or as they were written."""
    known = [(text, find("skills", text)) for text in texts]
    return tuple(term.label if term else text for text, term in known)


def _labels(name: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Return the labels of codes of the list `name`, as the engine shows labels in its reasons."""
    return tuple(label(name, code) for code in codes)


def _languages(rows: Any) -> tuple[matching.Language, ...]:
    return tuple(matching.Language(code=row.language, level=row.level) for row in rows)


@cache
def _taxonomy() -> Taxonomy:
    """Return the taxonomy that places each skill label under the label of its sector."""
    skills = terms("skills").values()
    return Taxonomy(
        broader={each.label: (label("sectors", each.parent),) for each in skills if each.parent}
    )


@cache
def _regions() -> dict[str, str]:
    return {each.label: each.parent for each in terms("countries").values()}
