"""From rows to the matching and frame engines, and back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from explor.actors.experts.models import Employment, Expert
from explor.actors.experts.states import State as Profile
from explor.actors.organisations.models import Kind, Member, Organisation
from explor.engines import frames as law
from explor.engines import matching
from explor.engines.matching import PARTS, WEIGHTS, Candidate, Period, Taxonomy
from explor.engines.matching.parts import weights_for
from explor.ground.common.conflict import Refused
from explor.ground.reference.queries import find, label, terms
from explor.ground.travel_advice.queries import reading_for
from explor.ground.travel_advice.rules import Outcome, verdict
from explor.journey.needs.models import Need

from . import queries, rules
from .models import Introduction, ReserveEntry

STATUSES: dict[str, law.Status] = {
    Employment.EMPLOYEE: "employee",
    Employment.TENURED: "tenured",
    Employment.TRAINEE: "probationary",
    Employment.CONTRACT: "contract",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One expert of a shortlist, as judged today.

    `place` counts the eligible ones not yet proposed for this need, from 1; `first` is also true
    of the first of the reserve, chosen before.
    """

    expert: Expert
    candidate: Candidate
    bars: list[dict[str, Any]]
    free: tuple[Period, ...]
    proposed: Introduction | None
    reserve: ReserveEntry | None
    place: int | None
    first: bool

    @property
    def total(self) -> str:
        return f"{100 * self.candidate.score:.0f} sur 100"

    def is_free(self, start: date, end: date) -> bool:
        """True when these days, both included, fit in one run of free days."""
        return any(period.start <= start and end <= period.end for period in self.free)

    def against(self, start: date, end: date) -> list[str]:
        """Why proposing this person on these days passes over the rules or the ranking."""
        return rules.reasons_to_override(
            blockers=self.candidate.blockers,
            first=self.first,
            available="dates" in self.candidate.blocked_by or self.is_free(start, end),
        )

    def told(self) -> dict[str, Any]:
        """What is kept with an introduction of the reasons shown that day."""
        return {
            "place": self.place,
            "bars": self.bars,
            "reasons": list(self.candidate.reasons),
            "blockers": list(self.candidate.blockers),
        }


def shortlist(need: Need) -> list[Line]:
    """Every expert the network may see, eligible ones first, best first; a fixed few queries."""
    experts = list(_pool(need))
    by_id = {str(expert.pk): expert for expert in experts}
    asked, settings = _need(need), _settings(need)
    offered = [_expert(each, need) for each in experts]
    free = {each.id: each.availability for each in offered}
    weights = weights_for(asked, settings.weights)
    proposed = {each.expert_id: each for each in need.introductions.order_by("pk")}
    reserve = {each.expert_id: each for each in queries.standing_reserve(need)}
    lines, place, favoured = [], 0, None
    for found in matching.rank(asked, offered, settings):
        expert = by_id[found.expert]
        awaited = found.eligible and expert.pk not in proposed
        place += awaited
        kept = reserve.get(expert.pk)
        lines.append(
            Line(
                expert=expert,
                candidate=found,
                bars=_bars(found, weights),
                free=free[found.expert],
                proposed=proposed.get(expert.pk),
                reserve=kept,
                place=place if awaited else None,
                first=awaited and place == 1,
            )
        )
        if awaited and kept and (favoured is None or kept.rank < lines[favoured].reserve.rank):  # type: ignore[union-attr]
            favoured = len(lines) - 1
    if favoured is not None:
        lines[favoured] = replace(lines[favoured], first=True)
    return lines


def line_of(need: Need, expert: Expert) -> Line:
    """The line of one expert; `Refused` when the profile is no longer offered to the network."""
    for line in shortlist(need):
        if line.expert.pk == expert.pk:
            return line
    raise Refused("Cette personne n’est plus proposée à votre réseau.")


def read_frames(
    expert: Expert,
    employer: Organisation | None,
    association: Organisation,
    *,
    start: date,
    end: date,
    on: date,
) -> list[law.FrameVerdict]:
    """What each legal frame gives for this person, this employer and these dates."""
    return law.frames_for(
        law.Person(status=STATUSES.get(expert.employment), employed_since=expert.employed_since),
        _employer(employer),
        law.Association(
            on_1996_list=association.on_1996_list, general_interest=association.general_interest
        ),
        law.Mission(start=start, end=end),
        on,
    )


def _employer(employer: Organisation | None) -> law.Employer:
    if employer is None:
        return law.Employer()
    return law.Employer(
        kind="public" if employer.is_public else "private",
        headcount=employer.headcount,
        inhabitants=employer.inhabitants,
        accepted=frozenset(employer.frames) or None,
    )


def _pool(need: Need) -> Any:
    seats = Member.objects.filter(organisation__kind=Kind.ASSOCIATION)
    return (
        Expert.objects.shared_with(need.network_id)
        .filter(state=Profile.AVAILABLE)
        .select_related("person", "employer")
        .prefetch_related(
            "languages",
            "availabilities",
            Prefetch("person__member_of", seats, to_attr="seats"),
            Prefetch("introductions", Introduction.objects.agreed(), to_attr="engaged"),
        )
        .order_by("pk")
    )


def _need(need: Need) -> matching.Need:
    return matching.Need(
        id=f"besoin:{need.pk}",
        window=Period(start=need.window_start, end=need.window_end),  # type: ignore[arg-type]
        days=need.days,  # type: ignore[arg-type]
        title=need.title,
        text="\n".join((need.context, need.objectives, need.expected_results)),
        purpose=need.purpose,
        sectors=_labels("sectors", need.sectors),
        skills=_skills(need.skills),
        languages=_languages(need.languages.all()),
        country=label("countries", need.country) if need.country else "",
        seats=need.seats,
        association=f"organisation:{need.association_id}",
    )


def _expert(expert: Any, need: Need) -> matching.Expert:
    today = timezone.localdate()
    past = [each for each in expert.engaged if each.end < today]
    same_year = [each for each in expert.engaged if each.start.year == need.window_start.year]  # type: ignore[union-attr]
    taken = [Period(start=each.start, end=each.end) for each in expert.engaged]
    offered = [Period(start=each.days.lower, end=each.last) for each in expert.availabilities.all()]
    return matching.Expert(
        id=str(expert.pk),
        text="\n".join((expert.job, expert.summary, expert.experiences)),
        sectors=_labels("sectors", expert.sectors),
        skills=_skills(expert.skills),
        languages=_languages(expert.languages.all()),
        countries=_labels("countries", expert.countries),
        availability=tuple(without(offered, taken)),
        load=max(0, expert.load - len(same_year)),
        conflicts=tuple(f"organisation:{seat.organisation_id}" for seat in expert.person.seats),
        missions_done=len(past),
        last_mission=max((each.end for each in past), default=None),
        frames=_frames(expert, need, today),
    )


def _frames(expert: Expert, need: Need, today: date) -> tuple[matching.Frame, ...]:
    """Read for the latest departure of the window: what is too late for it is too late for all.

    The latest filing date is told for that departure; the one of the dates chosen is read again
    when the release is asked. Without an employer nobody has to let the person go.
    """
    if expert.employer is None:
        return ()
    start = max(need.window_start, need.window_end - timedelta(days=need.days - 1))  # type: ignore[operator, type-var]
    end = start + timedelta(days=need.days - 1)  # type: ignore[operator]
    read = read_frames(expert, expert.employer, need.association, start=start, end=end, on=today)  # type: ignore[arg-type]
    return tuple(
        matching.Frame(code=each.code, verdict=each.verdict, file_by=each.file_by) for each in read
    )


def without(offered: Sequence[Period], taken: Sequence[Period]) -> list[Period]:
    """The days offered that are not already taken, as runs of days, in order."""
    free = sorted(offered, key=lambda period: period.start)
    for busy in taken:
        free = [piece for period in free for piece in _cut(period, busy)]
    return free


def _cut(period: Period, busy: Period) -> list[Period]:
    if busy.end < period.start or busy.start > period.end:
        return [period]
    day = timedelta(days=1)
    pieces = []
    if busy.start > period.start:
        pieces.append(Period(start=period.start, end=busy.start - day))
    if busy.end < period.end:
        pieces.append(Period(start=busy.end + day, end=period.end))
    return pieces


def _settings(need: Need) -> matching.Settings:
    chosen = {part: need.call.weights.get(part, weight) for part, weight in WEIGHTS.items()}
    return matching.Settings(
        weights=chosen,
        closed_countries=_closed(need),
        today=timezone.localdate(),
        skills=_taxonomy(),
        regions=_regions(),
    )


def _closed(need: Need) -> frozenset[str]:
    """The country of the need, when the advice read for its place forbids to go there."""
    if not need.country:
        return frozenset()
    today = timezone.localdate()
    read = verdict(reading_for(need.country, need.place, today), today)
    return frozenset([label("countries", need.country)] * (read.outcome == Outcome.STOP))


def _bars(candidate: Candidate, weights: dict[str, float]) -> list[dict[str, Any]]:
    return [
        {
            "label": PARTS[part],
            "value": round(candidate.parts[part], 4),
            "max": round(weight, 4),
            "points": f"{100 * candidate.parts[part]:.0f} sur {100 * weight:.0f}",
        }
        for part, weight in weights.items()
        if weight
    ]


def _labels(name: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Labels rather than codes, since the reasons of the engine quote them."""
    return tuple(label(name, code) for code in codes)


def _skills(texts: Sequence[str]) -> tuple[str, ...]:
    """Skills by the label of the reference list, or as they were written."""
    known = [(text, find("skills", text)) for text in texts]
    return tuple(term.label if term else text for text, term in known)


def _languages(rows: Any) -> tuple[matching.Language, ...]:
    return tuple(matching.Language(code=row.language, level=row.level) for row in rows)


@cache
def _taxonomy() -> Taxonomy:
    """Each skill under the label of its sector; synonyms are settled by `_skills`."""
    skills = terms("skills").values()
    return Taxonomy(
        broader={each.label: (label("sectors", each.parent),) for each in skills if each.parent}
    )


@cache
def _regions() -> dict[str, str]:
    return {each.label: each.parent for each in terms("countries").values()}


def frames_of(introduction: Introduction) -> list[law.FrameVerdict]:
    """The frames read today for an introduction; nothing to read without an employer."""
    if introduction.employer is None:
        return []
    return read_frames(
        introduction.expert,
        introduction.employer,
        introduction.need.association,
        start=introduction.start,
        end=introduction.end,
        on=timezone.localdate(),
    )
