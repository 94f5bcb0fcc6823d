"""Parsing of an imported file: its lines, the records they refer to, and their duplicates."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils import timezone

from explor.actors.member_imports.selectors import SimilarNames
from explor.actors.organisations.models import Kind
from explor.ground.http.bounds import stored_day
from explor.ground.reference.selectors import fold

from .. import engine, selectors
from ..models import Takeover, TakeoverLine, What
from .budgets import Budgets
from .resolution import ELSEWHERE, Resolution, resolve


def read(batch: Takeover) -> Iterator[TakeoverLine]:
    """Yield a `TakeoverLine`, unsaved, for each line of the file."""
    with batch.file.open("rb") as file:
        content = bytes(file.read())
    blank = engine.blank_of(batch.what)
    for number, record in engine.records_of(
        content, batch.name, batch.chosen, engine.headings_of(batch.what)
    ):
        yield _line(batch, number, record, blank)


def _line(batch: Takeover, number: int, record: dict[str, str], blank: Any) -> TakeoverLine:
    content, faults = engine.understood(batch.what, record, batch.chosen, blank)
    title = record.get("title", "").strip()
    if batch.what == What.BUDGETS:
        of = record.get("mission", "").strip() or record.get("call", "").strip()
        parts = [of, *(record.get(name, "").strip() for name in ("funder", "heading"))]
        title = " – ".join(filter(None, parts))
    title = title or "Sans titre"
    return TakeoverLine(
        batch=batch,
        number=number,
        title=title[:200],
        reference="" if batch.what == What.BUDGETS else record.get("reference", "").strip()[:60],
        email=(content or {}).get("email", "").lower(),
        content=content,
        faults=faults,
    )


def marker_of(batch: Takeover) -> Callable[[Sequence[TakeoverLine]], None]:
    """Return a function that resolves the records of a chunk of lines and marks duplicates."""
    return (Budgets if batch.what == What.BUDGETS else _Missions)(batch).mark


class _Missions:
    """Marks the lines of a file of missions; data of the network are loaded once for the file."""

    def __init__(self, batch: Takeover) -> None:
        self.batch, self.network = batch, batch.network_id
        self.register = selectors.Register(self.network)
        self.experts = selectors.names_of_experts(self.network)
        self.names = {
            kind: SimilarNames(self.network, kind) for kind in (Kind.ASSOCIATION, Kind.EMPLOYER)
        }
        self.earlier = selectors.first_lines(batch)

    def mark(self, lines: Sequence[TakeoverLine]) -> None:
        wanted = [line for line in lines if line.content]
        people = selectors.people_of(self.network, {line.email for line in wanted})
        today = timezone.localdate()
        resolutions = {
            line.number: resolve(line.content, self.register, people, self.experts, today)
            for line in wanted
        }
        self._elsewhere(wanted, resolutions)
        self._alike(wanted, resolutions)
        for line in wanted:
            _keep(line, resolutions[line.number])
        self._duplicates([line for line in wanted if line.content], resolutions)

    def _elsewhere(self, lines: Sequence[TakeoverLine], resolutions: dict[int, Resolution]) -> None:
        """Refuse the lines that would create an organisation followed by another network."""
        for kind, name in ((Kind.ASSOCIATION, "association"), (Kind.EMPLOYER, "employer")):
            typed = {}
            for line in lines:
                given = engine.numbers_of(line.content.get(f"{name}_number", ""))[0]
                if given and getattr(resolutions[line.number], name) is None:
                    typed[line.number] = next(iter(given.values()))
            taken = selectors.numbers_elsewhere(self.network, kind, typed.values())
            for number, text in typed.items():
                if text in taken:
                    label = engine.fields_of(self.batch.what)[f"{name}_number"]
                    resolutions[number].faults.append([label, text, ELSEWHERE])

    def _alike(self, lines: Sequence[TakeoverLine], resolutions: dict[int, Resolution]) -> None:
        """Warn about a new organisation whose name is similar to that of an existing one."""
        for kind, name in ((Kind.ASSOCIATION, "association"), (Kind.EMPLOYER, "employer")):
            new = {
                line.number: line.content[name]
                for line in lines
                if line.content.get(name) and getattr(resolutions[line.number], name) is None
            }
            for number, called in new.items():
                if not (known := self.names[kind].nearest(called)):
                    continue
                why = f"« {new[number]} » ressemble à {known} : la même ? Corrigez le fichier."
                resolutions[number].likely = resolutions[number].likely or why

    def _duplicates(
        self, lines: Sequence[TakeoverLine], resolutions: dict[int, Resolution]
    ) -> None:
        """Mark the lines that repeat a mission of the file, of an earlier file or of Explor."""
        made = selectors.lines_made(self.batch, {line.reference for line in lines} - {""})
        held = selectors.missions_like(
            self.network,
            {line.email for line in lines},
            {resolutions[line.number].association for line in lines},
        )
        of_person: dict[str, list[selectors.ExistingMission]] = {}
        of_title: dict[tuple[int | None, str], str] = {}
        for each in held:
            of_person.setdefault(each.email, []).append(each)
            of_title.setdefault((each.association, each.title), each.number)
        for line in lines:
            resolution = resolutions[line.number]
            own = of_person.get(line.email, [])
            same = of_title.get((resolution.association, fold(line.title)), "")
            line.duplicate, line.certain = self._duplicate_of(line, made, own, same)
            line.duplicate = line.duplicate[:300] or resolution.likely[:300]

    def _duplicate_of(
        self,
        line: TakeoverLine,
        made: dict[str, TakeoverLine],
        held: Sequence[selectors.ExistingMission],
        same: str,
    ) -> tuple[str, bool]:
        """Return why a line repeats a mission, "" if it does not, and whether that is certain.

        Args:
            made: the lines of earlier files, by the number of the network.
            held: the missions of the person.
            same: the number of a mission of the same association with the same title, or "".
        """
        for key in selectors.keys_of(line):
            first = self.earlier.setdefault(key, line.number)
            if first != line.number:
                return f"Même {key.rsplit(' ', 2)[0]} que la ligne {first} du fichier.", True
        if (known := made.get(line.reference)) and known.mission:
            return f"Déjà reprise : {known.mission.file_number}.", True
        start, end = (stored_day(line.content[name]) for name in engine.SPAN)
        if other := selectors.overlapping(held, start, end):
            if other.network != self.network:
                return "Cette personne est déjà en mission à ces dates.", True
            return f"Cette personne est déjà en mission à ces dates : {other.number}.", True
        return (f"Même association et même titre que {same}.", False) if same else ("", False)


def _keep(line: Any, resolution: Resolution) -> None:
    """Store on a line the records that it refers to; refuse the line if one has an error."""
    line.faults += resolution.faults + resolution.remarks
    line.links = resolution.shown
    if resolution.faults:
        line.content, line.links, line.email = None, [], ""
