"""Actions on imports of members: the common ones, invitations, erasure of personal data.

The common ones are those of `ground.imports.actions`; `KIND` adapts them to members.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from explor.actors.experts.actions import describe
from explor.actors.experts.models import Expert
from explor.actors.networks.models import Network
from explor.actors.organisations import actions as organisations
from explor.actors.organisations.models import Member, Organisation
from explor.ground.accounts.actions import invite, withdraw_invitations
from explor.ground.http.actor import Actor
from explor.ground.http.bounds import stored_day
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.imports import actions as imports
from explor.ground.imports.actions import finish, keep, make, read, refuse, show, stop, undo
from explor.ground.imports.models import ImportKind, LineFilter
from explor.ground.reference.selectors import fold
from explor.ground.rights.rules import NAME
from explor.ground.rights.selectors import gone_for_good

from . import engine, pages, rules, selectors
from .models import MemberImport, MemberLine, What

__all__ = [
    "KIND",
    "describe_expert",
    "finish",
    "invite_lines",
    "keep",
    "make",
    "read",
    "refuse",
    "show",
    "stop",
    "undo",
    "upload",
]
CONTACT = ("contact_name", "contact_email")


def upload(*, network: Network, what: str, name: str, content: bytes, by: Actor) -> MemberImport:
    """Store a file of members, read its column headings and guess the field of each column.

    Args:
        network: the network that imports the file.
        what: whether the lines are associations, employers or experts, a value of `What`.
        name: the name of the file.
        content: its bytes.
        by: the officer who uploads the file.

    Raises:
        PermissionDenied: `by` is not an officer of the network.
        ActionNotAllowed: the file is not a table, or too many files are being opened.
    """
    try:
        columns, preview = engine.preview_of(content, name, engine.headings_of(what))
    except engine.UnreadableSheet as fault:
        raise ActionNotAllowed(str(fault)) from fault
    batch = MemberImport(
        network=network,
        what=what,
        name=name,
        columns=columns,
        preview=preview,
        chosen=engine.guess(what, [column["name"] for column in columns]),
    )
    ending = "xlsx" if content[:2] == b"PK" else "csv"
    return imports.upload(batch, content=content, ending=ending, by=by)


def invite_lines(batch: MemberImport, *, by: Actor) -> int:
    """Invite up to `rules.AT_ONCE` people of the imported lines who are not invited yet.

    A person erased lately at their own request receives nothing, but counts, so that nobody learns
    of the erasure. A line without organisation is marked as invited and does not count.

    Returns:
        The number of people invited.

    Raises:
        PermissionDenied: `by` is not the network of the file.
    """
    if not rules.can_invite(by, batch):
        raise PermissionDenied(f"{by.role} may not invite these people")
    count = 0
    lines = batch.lines.to_invite().select_related("organisation").order_by("number")
    due = list(lines[: rules.AT_ONCE])
    silent = gone_for_good({line.email for line in due})
    for line in due:
        kind, key = _role_of(batch, line)
        count += bool(key)
        if key and line.email not in silent:
            name = line.title if kind == What.EXPERTS else line.content.get("contact_name", "")
            position = "" if kind == What.EXPERTS else Member.Position.CONTACT.value
            invite(
                email=line.email, name=name, position=position, role_type=kind, role_key=key, by=by
            )
        MemberLine.objects.filter(pk=line.pk).update(invited_at=timezone.now())
    return count


def describe_expert(expert: Expert) -> None:
    """Fill the profile of an expert who accepts an invitation from the imported line, if any.

    The line is then deleted, since the profile replaces it. Only a line of the same network whose
    person was invited counts, the last one.
    """
    lines = MemberLine.objects.filter(
        email=expert.person.email,
        batch__network=expert.network_id,
        batch__what=What.EXPERTS,
        made=True,
        invited_at__isnull=False,
        content__isnull=False,
    )
    line = lines.order_by("-pk").first()
    if line is None:
        return
    values = _with_dates(line.content)
    employer = fold(values.pop("employer", ""))
    known = Organisation.objects.verified().filter(kind="employeur", network=expert.network_id)
    languages = values.pop("languages", None)
    changes = {name: value for name, value in values.items() if name not in ("name", "email")}
    changes["employer"] = next((each for each in known if fold(each.name) == employer), None)
    person = expert.person
    by = Actor(person=person.pk, name=person.name, email=person.email, role="expert")
    describe(expert, by=by, changes=changes, languages=languages)
    line.delete()


@transaction.atomic
def erase_contact(line: MemberLine, now: datetime) -> None:
    """Erase personal data of a line: the whole line of an expert, the contact of an organisation.

    `now` is unused.
    """
    if line.batch.what == What.EXPERTS:
        line.delete()
        return
    content = {k: v for k, v in (line.content or {}).items() if k not in CONTACT}
    MemberLine.objects.filter(pk=line.pk).update(email="", content=content or None)


@transaction.atomic
def erase_file(batch: MemberImport, now: datetime) -> None:
    """Erase the stored file and the preview of an import that nobody finished; `now` is unused."""
    imports.drop_file(batch)
    MemberImport.objects.filter(pk=batch.pk).update(file="", preview=[])


def _read(batch: MemberImport) -> Iterator[MemberLine]:
    with batch.file.open("rb") as file:
        content = bytes(file.read())
    blank = engine.blank_of(batch.what)
    for number, record in engine.records_of(
        content, batch.name, batch.chosen, engine.headings_of(batch.what)
    ):
        yield _line(batch, number, record, blank)


def _line(batch: MemberImport, number: int, record: dict[str, str], blank: Any) -> MemberLine:
    content, faults = engine.understood(batch.what, record, blank)
    title = (content or {}).get("name") or record.get("name", "").strip() or "Sans nom"
    email = (content or {}).get("email") or (content or {}).get("contact_email") or ""
    return MemberLine(
        batch=batch,
        number=number,
        title=title[:200],
        email=email.lower(),
        content=content,
        faults=faults,
    )


def _duplicate_marker(batch: MemberImport) -> Callable[[Sequence[MemberLine]], None]:
    earlier = selectors.first_lines(batch)
    names = selectors.SimilarNames(batch.network_id, batch.what)

    def mark(lines: Sequence[MemberLine]) -> None:
        duplicates = selectors.duplicates_of(batch, lines, earlier, names)
        for line in lines:
            if duplicate := duplicates.get(line.number):
                line.duplicate, line.certain = duplicate.why[:300], duplicate.certain

    return mark


def _make(batch: MemberImport, line: MemberLine) -> dict[str, Any]:
    if batch.what == What.EXPERTS:
        return {"made": True}
    try:
        organisation = organisations.create_from_file(
            by=_author(batch), kind=batch.what, network=batch.network, **_fields_of(line)
        )
    except ActionNotAllowed as refusal:  # the organisation was registered after the file was read
        return {"duplicate": refusal.reasons[0][:300], "certain": True, "keep": False}
    return {"made": True, "organisation": organisation}


def _make_many(batch: MemberImport, lines: Sequence[MemberLine]) -> list[dict[str, Any]]:
    if batch.what == What.EXPERTS:
        return [{"made": True} for _ in lines]
    made = organisations.create_many_from_file(
        by=_author(batch), kind=batch.what, network=batch.network, rows=[*map(_fields_of, lines)]
    )
    return [{"made": True, "organisation": each} for each in made]


def _fields_of(line: MemberLine) -> dict[str, Any]:
    """Return the fields of the organisation of a line, without the person to invite."""
    return {k: v for k, v in _with_dates(line.content).items() if k not in CONTACT}


def _erase(batch: MemberImport, line: MemberLine) -> str:
    if line.invited_at is not None:
        kind, key = _role_of(batch, line)
        withdraw_invitations(email=line.email, role_type=kind, role_key=key)
    organisation = line.organisation
    if organisation is None or organisations.erase_unused(organisation, by=_author(batch)):
        return ""
    return organisation.name


def _with_dates(content: dict[str, Any]) -> dict[str, Any]:
    return {k: stored_day(v) if k in engine.DAYS else v for k, v in content.items()}


def _author(batch: MemberImport) -> Actor:
    return Actor(name="Explor", role="systeme", acting_for=batch.name)


def _role_of(batch: MemberImport, line: MemberLine) -> tuple[str, str]:
    """Return the (role type, role key) offered to the person of a line.

    The key is "" for a line without an organisation.
    """
    if batch.what == What.EXPERTS:
        return batch.what, batch.network.slug
    return batch.what, line.organisation.slug if line.organisation else ""


KIND = ImportKind(
    model=MemberImport,
    line_model=MemberLine,
    namespace="member_imports",
    templates="member_imports",
    can_import=rules.can_import,
    fields_of=lambda batch: engine.fields_of(batch.what),
    missing_to_read=rules.missing_to_read,
    read=_read,
    mark_duplicates=_duplicate_marker,
    make=_make,
    make_many=_make_many,
    erase=_erase,
    with_related=("organisation",),
    facts_of=pages.facts_of,
    filters=(
        LineFilter(slug="doubles", label="les doubles", lines=~Q(duplicate="")),
        LineFilter(slug="fautes", label="les fautes", lines=~Q(faults=[])),
        LineFilter(slug="refusees", label="les lignes refusées", lines=Q(content__isnull=True)),
    ),
    counts={
        "faulty": Count("pk", filter=Q(content__isnull=False) & ~Q(faults=[])),
        "invited": Count("pk", filter=Q(invited_at__isnull=False)),
        "to_invite": Count("pk", filter=Q(made=True, invited_at=None) & ~Q(email="")),
    },
    make_slug="inscrire",
    make_effect=(
        "Chaque structure est inscrite, à vérifier par votre réseau. D’une experte ou d’un "
        "expert, seule la ligne est gardée, jusqu’à ce que la personne accepte une invitation."
    ),
    make_done="L’inscription commence. Personne ne reçoit de message.",
    undo_effect=(
        "Les structures inscrites par cet import sont effacées, sauf celles qui ont servi depuis. "
        "Les invitations sans réponse n’ouvrent plus rien."
    ),
    undo_done="L’import est annulé : ce qu’il a créé s’efface.",
    nothing_read="Ce tableau n’a que des titres : aucune ligne dessous.",
    nothing_to_make=(
        "Aucune ligne n’est à inscrire : toutes sont des doubles ou des lignes en faute."
    ),
    too_long="Lu jusqu’à la 20 000e ligne : mettez la suite dans un autre fichier.",
    kept_list="Gardées, car elles ont servi depuis :",
    certain="C’est certainement la même structure ou la même personne.",
)


def follow_address(former: str, new: str) -> None:
    """Give the new address of a person to the imported lines that have the former one."""
    MemberLine.objects.filter(email__iexact=former).update(email=new)


def erase_own_lines(person: Any, *, by: Actor) -> None:
    """Erase a person from the imported lines, whose count does not change.

    The files that these lines come from are erased too, since reading them again would restore the
    data. `by` is unused.
    """
    own = MemberLine.objects.filter(email__iexact=person.email)
    for batch in MemberImport.objects.filter(pk__in=own.values("batch")).exclude(file=""):
        erase_file(batch, timezone.now())
    own.update(title=NAME, content={}, faults=[], email="")
