"""Bringing members in together: read by a job, shown, made by a job, undone as a whole."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from explor.actors.experts.actions import describe
from explor.actors.experts.models import Expert
from explor.actors.networks.models import Network
from explor.actors.organisations import actions as organisations
from explor.actors.organisations.models import Member, Organisation
from explor.ground.accounts.actions import invite, withdraw_invitations
from explor.ground.common.actor import SYSTEM, Actor
from explor.ground.common.conflict import Refused
from explor.ground.journal.actions import amend, apply, record
from explor.ground.reference.queries import fold

from .. import engine, queries, rules
from ..models import MemberImport, MemberLine, What
from ..states import FileState

CHUNK = 50
MOST = 20_000  # lines of one file
SHOWN = 5  # rows of the preview
AT_ONCE = 200  # invitations sent by one act
SOMEBODY_WAITS = 10  # before letters and reactions, whose priority is 0
CONTACT = ("contact_name", "contact_email")


@transaction.atomic
def upload(*, network: Network, what: str, name: str, content: bytes, by: Actor) -> MemberImport:
    """Keep the file, name its columns, and guess what each holds."""
    try:
        columns = engine.columns_of(content, name)
        first = list(islice(engine.rows_of(content, name), 1, SHOWN + 1))
    except engine.UnreadableSheet as fault:
        raise Refused(str(fault)) from fault
    headings = [column.name for column in columns]
    batch = MemberImport(
        network=network,
        what=what,
        name=name[:200],
        columns=[{"name": column.name, "example": column.example} for column in columns],
        shown=[[cell[:80] for cell in row[: len(headings)]] for row in first],
        chosen=engine.guess(what, headings),
    )
    ending = "xlsx" if content[:2] == b"PK" else "csv"
    batch.file.save(f"{secrets.token_hex(16)}.{ending}", ContentFile(content), save=False)
    batch.save()
    record(batch, "upload", by=by, details={"name": batch.name, "what": what})
    return batch


def read(
    batch: MemberImport, *, by: Actor, mapping: dict[str, str] | None = None,
    seen: int | None = None,
) -> MemberImport:  # fmt: skip
    """Read the whole file, from its beginning when the columns changed."""
    with transaction.atomic():
        changes: dict[str, Any] = {"stop_asked": False}
        if mapping is not None and (mapping != batch.chosen or batch.state == FileState.MAPPING):
            changes["chosen"] = mapping
            batch.lines.all().delete()
        moved = apply(batch, "read", by=by, seen=seen, check=rules.missing_to_read, changes=changes)
        _defer("membership.read_lines", moved)
    return moved


def enrol(batch: MemberImport, *, by: Actor, seen: int | None = None) -> MemberImport:
    """Enrol every line kept. Nobody is written to."""
    with transaction.atomic():
        check, changes = rules.missing_to_enrol, {"stop_asked": False}
        moved = apply(batch, "enrol", by=by, seen=seen, check=check, changes=changes)
        _defer("membership.make_members", moved)
    return moved


def undo(batch: MemberImport, *, by: Actor, seen: int | None = None) -> MemberImport:
    """Erase what the import made; an organisation that has lived since stays, and is told."""
    with transaction.atomic():
        moved = apply(batch, "undo", by=by, seen=seen)
        _defer("membership.erase_members", moved)
    return moved


def halt(batch: MemberImport, *, by: Actor) -> MemberImport:
    """Ask the job to stop after the lines it holds; it goes on from there when asked again."""
    return amend(batch, "halt", by=by, changes={"stop_asked": True})


def keep(line: MemberLine, *, by: Actor, wanted: bool) -> None:
    """Enrol a line although it looks like somebody we have, or not."""
    if line.final:
        raise Refused("C’est certainement la même structure ou la même personne.")
    record(line.batch, "keep", by=by, details={"line": line.number, "wanted": wanted})
    MemberLine.objects.filter(pk=line.pk).update(keep=wanted)


def show(batch: MemberImport) -> MemberImport:
    """What was read, or made so far, is there to look at."""
    return apply(batch, "show", by=SYSTEM)


def refuse(batch: MemberImport, *, why: str) -> MemberImport:
    """Nothing can be made of the file; it does not stay."""
    _drop_file(batch)
    return apply(batch, "refuse", by=SYSTEM, changes={"note": why, "file": "", "shown": []})


def settle(batch: MemberImport) -> MemberImport:
    """Every line kept is enrolled: the file goes, with the columns nobody asked for."""
    _drop_file(batch)
    return apply(batch, "settle", by=SYSTEM, changes={"file": "", "shown": []})


def read_lines(batch: MemberImport) -> None:
    """Read the file by chunks, from where the last run stopped; a chunk is kept whole or not."""
    if batch.state != FileState.READING:
        return
    done = batch.lines.count()
    try:
        wanted, earlier = islice(_read(batch), done, MOST), queries.read_before(batch)
        while chunk := list(islice(wanted, CHUNK)):
            _write(batch, chunk, earlier)
            done += len(chunk)
            if _asked_to_stop(batch):
                break
    except engine.UnreadableSheet as fault:
        refuse(batch, why=str(fault))
        return
    if done:
        show(batch)
    else:
        refuse(batch, why="Ce tableau n’a que des titres : aucune ligne dessous.")


def make_members(batch: MemberImport) -> None:
    """Enrol by chunks; whatever stops it, the rest is made the next time."""
    if batch.state != FileState.MAKING:
        return
    while chunk := list(batch.lines.to_make().order_by("number")[:CHUNK]):
        with transaction.atomic():
            for line in chunk:
                _enlist(batch, line)
        if _asked_to_stop(batch):
            show(batch)
            return
    settle(batch)


def erase_members(batch: MemberImport) -> None:
    """What was made and has not lived goes, with its invitations and every line of the file."""
    if batch.state != FileState.UNDONE:
        return
    _drop_file(batch)
    lines = batch.lines.select_related("organisation").order_by("number")
    stayed = []
    for line in lines:
        with transaction.atomic():
            if line.invited_at is not None:
                _withdraw(batch, line)
            if line.organisation is not None and not organisations.strike(
                line.organisation, by=_author(batch)
            ):
                stayed.append(line.organisation.name)
    lines.delete()
    note = f"Gardées, car elles ont servi depuis : {', '.join(stayed)}." if stayed else ""
    amend(batch, "undo", by=SYSTEM, changes={"file": "", "shown": [], "note": note})


def invite_lines(batch: MemberImport, *, by: Actor) -> int:
    """Write to the people of the lines enrolled, two hundred at a time; returns how many."""
    count = 0
    for line in batch.lines.to_invite().select_related("organisation").order_by("number")[:AT_ONCE]:
        kind, key = _hat_of(batch, line)
        if key:
            name = line.title if kind == What.EXPERTS else line.content.get("contact_name", "")
            role = "" if kind == What.EXPERTS else Member.Role.CONTACT.value
            invite(email=line.email, name=name, role=role, hat_kind=kind, hat_key=key, by=by)
            count += 1
        MemberLine.objects.filter(pk=line.pk).update(invited_at=timezone.now())
    return count


def tell_profile(expert: Expert) -> None:
    """What a network brought in of someone who accepts its invitation fills their own draft."""
    line = (
        MemberLine.objects.filter(email=expert.person.email, batch__network=expert.network_id)
        .filter(batch__what=What.EXPERTS, made=True, invited_at__isnull=False)
        .filter(content__isnull=False)
        .order_by("-pk")
        .first()
    )
    if line is None:
        return
    told = _typed(line.content)
    employer = fold(told.pop("employer", ""))
    known = Organisation.objects.verified().filter(kind="employeur", network=expert.network_id)
    languages = told.pop("languages", None)
    changes = {name: value for name, value in told.items() if name not in ("name", "email")}
    changes["employer"] = next((each for each in known if fold(each.name) == employer), None)
    person = expert.person
    by = Actor(person=person.pk, name=person.name, email=person.email, hat="expert")
    describe(expert, by=by, changes=changes, languages=languages)
    line.delete()


def forget(now: datetime) -> None:
    """Personal data that came from a file and to nothing does not stay."""
    old = MemberLine.objects.filter(batch__created_at__lt=now - rules.UNTOLD, invited_at=None)
    late = MemberLine.objects.filter(invited_at__lt=now - rules.UNANSWERED)
    for lines in (old, late):
        lines.filter(batch__what=What.EXPERTS).delete()
        for line in lines.exclude(email="").iterator():
            content = {k: v for k, v in (line.content or {}).items() if k not in CONTACT}
            MemberLine.objects.filter(pk=line.pk).update(email="", content=content or None)
    files = MemberImport.objects.filter(created_at__lt=now - rules.UNTOLD).exclude(file="")
    for batch in files:
        _drop_file(batch)
        MemberImport.objects.filter(pk=batch.pk).update(file="", shown=[])


def _read(batch: MemberImport) -> Iterator[MemberLine]:
    if not batch.file:
        raise engine.UnreadableSheet("Le fichier a été effacé au bout d’un mois : renvoyez-le.")
    with batch.file.open("rb") as file:
        rows = engine.rows_of(bytes(file.read()), batch.name)
    fields = [batch.chosen.get(heading, "") for heading in engine.headings(next(rows, []))]
    for number, row in enumerate(rows, 2):
        cells = zip(fields, row, strict=False)
        told = {field: engine.bare(cell).replace("\0", "") for field, cell in cells if field}
        if any(cell.strip() for cell in told.values()):
            yield _line(batch, number, told)


def _line(batch: MemberImport, number: int, told: dict[str, str]) -> MemberLine:
    content, faults = engine.understood(batch.what, told)
    title = (content or {}).get("name") or told.get("name", "").strip() or "Sans nom"
    email = (content or {}).get("email") or (content or {}).get("contact_email") or ""
    return MemberLine(
        batch=batch, number=number, title=title[:200], email=email.lower(), content=content,
        faults=faults,
    )  # fmt: skip


def _write(batch: MemberImport, lines: Sequence[MemberLine], earlier: dict[str, int]) -> None:
    with transaction.atomic():
        doubles = queries.doubles_of(batch, lines, earlier)
        for line in lines:
            if double := doubles.get(line.number):
                line.double, line.final = double.why[:300], double.final
        MemberLine.objects.bulk_create(lines)


def _enlist(batch: MemberImport, line: MemberLine) -> None:
    made: dict[str, Any] = {"made": True}
    if batch.what != What.EXPERTS:
        fields = {k: v for k, v in _typed(line.content).items() if k not in CONTACT}
        try:
            made["organisation"] = organisations.enlist(
                by=_author(batch), kind=batch.what, network=batch.network, **fields
            )
        except Refused as refusal:  # somebody registered it since the file was read
            made = {"double": refusal.reasons[0][:300], "final": True, "keep": False}
    MemberLine.objects.filter(pk=line.pk).update(**made)


def _typed(content: dict[str, Any]) -> dict[str, Any]:
    return {k: date.fromisoformat(v) if k in engine.DAYS else v for k, v in content.items()}


def _author(batch: MemberImport) -> Actor:
    return Actor(name="Explor", hat="systeme", acting_for=batch.name)


def _hat_of(batch: MemberImport, line: MemberLine) -> tuple[str, str]:
    if batch.what == What.EXPERTS:
        return batch.what, batch.network.slug
    return batch.what, line.organisation.slug if line.organisation else ""


def _withdraw(batch: MemberImport, line: MemberLine) -> None:
    kind, key = _hat_of(batch, line)
    withdraw_invitations(email=line.email, hat_kind=kind, hat_key=key)


def _asked_to_stop(batch: MemberImport) -> bool:
    batch.refresh_from_db(fields=["stop_asked", "version"])
    return batch.stop_asked


def _drop_file(batch: MemberImport) -> None:
    if batch.file:
        storage, name = batch.file.storage, str(batch.file.name)
        transaction.on_commit(lambda: storage.delete(name))


def _defer(job: str, batch: MemberImport) -> None:
    app.configure_task(job, lock=f"membership.file:{batch.pk}", priority=SOMEBODY_WAITS).defer(
        batch=batch.pk
    )
