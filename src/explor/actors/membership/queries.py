"""Reads of the files of members: doubles, progress, lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from explor.actors.experts.models import Expert
from explor.actors.networks.models import Network
from explor.actors.organisations.models import Member, Organisation
from explor.actors.organisations.queries import facts_of, links_of
from explor.ground.common.actor import Actor
from explor.ground.common.parts import Waiting
from explor.ground.reference.queries import fold

from . import rules
from .models import MemberImport, MemberLine, Transfer, What
from .states import FileState, TransferState

DOUBLES = """
WITH own AS MATERIALIZED (
    SELECT id, kind, postcode, lower(unaccent(name)) AS key,
        coalesce(nullif(siren, ''), left(siret, 9)) AS siren
    FROM organisations_organisation WHERE network_id = %(network)s
)
SELECT a.id, b.id, 'même SIREN' FROM own a JOIN own b
    ON a.id < b.id AND a.kind = b.kind AND a.siren = b.siren AND a.siren <> ''
UNION ALL SELECT a.id, b.id, 'même nom' FROM own a JOIN own b
    ON a.id < b.id AND a.kind = b.kind AND a.key = b.key
UNION ALL SELECT a.id, b.id, 'noms proches, même code postal' FROM own a JOIN own b
    ON a.id < b.id AND a.kind = b.kind AND a.postcode = b.postcode AND a.postcode <> ''
    AND a.key <> b.key AND similarity(a.key, b.key) >= 0.6
ORDER BY 1, 2 LIMIT 200
"""
ALIKE = 0.75  # trigrams that two names share, from which they may be the same structure
NAMES = """
SELECT asked.number, near.name, near.city
FROM unnest(%s::int[], %s::text[]) AS asked (number, name)
CROSS JOIN LATERAL (
    SELECT name, city FROM organisations_organisation
    WHERE network_id = %s AND kind = %s AND similarity(lower(unaccent(name)), asked.name) >= %s
    ORDER BY similarity(lower(unaccent(name)), asked.name) DESC, id LIMIT 1
) AS near
"""


@dataclass(frozen=True, kw_only=True)
class Double:
    """Why a line may be somebody we have; `final` when it certainly is."""

    why: str
    final: bool = False


def doubles_of(
    batch: MemberImport, lines: Sequence[MemberLine], earlier: dict[str, int]
) -> dict[int, Double]:
    """For the lines just read, by number, whom they double: in the file first, then among us.

    `earlier` holds what the lines read before say of themselves, from `read_before`; it grows.
    """
    told = [line for line in lines if line.content]
    found = _in_files(batch, told, earlier)
    rest = [line for line in told if line.number not in found]
    if batch.what == What.EXPERTS:
        return found | _experts(batch, rest)
    found |= _same_numbers(batch, rest) | found
    rest = [line for line in rest if line.number not in found]
    found |= _same_addresses(batch, rest)
    return found | _same_names(batch, [line for line in rest if line.number not in found])


def keys_of(what: str, content: dict[str, Any], email: str) -> list[str]:
    """What makes two lines of a file the same."""
    if what == What.EXPERTS:
        return [f"adresse {email}"]
    siren = content.get("siren") or content.get("siret", "")[:9]
    keys = [f"SIREN {siren}" if siren else "", f"RNA {content.get('rna', '')}".strip()]
    return [key for key in keys if key not in ("", "RNA")] or [f"nom {fold(content['name'])}"]


def read_before(batch: MemberImport) -> dict[str, int]:
    """The first line of each key among those kept by earlier runs."""
    earlier: dict[str, int] = {}
    read = batch.lines.filter(content__isnull=False).order_by("number")
    for number, content, email in read.values_list("number", "content", "email").iterator():
        for key in keys_of(batch.what, content or {}, email):
            earlier.setdefault(key, number)
    return earlier


def _in_files(
    batch: MemberImport, lines: Sequence[MemberLine], earlier: dict[str, int]
) -> dict[int, Double]:
    found = {}
    for line in lines:
        for key in keys_of(batch.what, line.content or {}, line.email):
            first = earlier.setdefault(key, line.number)
            if first != line.number and line.number not in found:
                why = f"Même {key.split(' ')[0]} que la ligne {first} du fichier."
                found[line.number] = Double(why=why, final=not key.startswith("nom"))
    return found


def _experts(batch: MemberImport, lines: Sequence[MemberLine]) -> dict[int, Double]:
    """Only profiles that this network may see are told: the others are nobody's business."""
    emails = [line.email for line in lines]
    seen = Expert.objects.shared_with(batch.network_id).filter(person__email__in=emails)
    known = set(seen.values_list("person__email", flat=True))
    others = MemberLine.objects.filter(
        batch__network=batch.network_id, batch__what=What.EXPERTS, made=True, email__in=emails
    )
    waiting = set(others.exclude(batch=batch).values_list("email", flat=True))
    told = dict.fromkeys(known, "Son profil est déjà dans Explor.")
    told |= dict.fromkeys(waiting - known, "Déjà dans un import précédent.")
    return {
        line.number: Double(why=told[line.email], final=True)
        for line in lines
        if line.email in told
    }


def _same_numbers(batch: MemberImport, lines: Sequence[MemberLine]) -> dict[int, Double]:
    sirets = {line.content.get("siret", "") for line in lines} - {""}
    sirens = {s[:9] for s in sirets} | {line.content.get("siren", "") for line in lines} - {""}
    rnas = {line.content.get("rna", "") for line in lines} - {""}
    same = Q(siret__in=sirets) | Q(siren__in=sirens) | Q(rna__in=rnas)
    for siren in sirens:
        same |= Q(siret__startswith=siren)
    if not sirens and not rnas:
        return {}
    rows = Organisation.objects.filter(same, kind=batch.what).order_by("pk")
    found: dict[int, Double] = {}
    for each in rows.only("name", "siret", "siren", "rna", "network_id"):
        for line in lines:
            if line.number not in found and (number := _shared(each, line.content)):
                found[line.number] = _told(batch, each, number)
    return found


def _shared(known: Organisation, content: dict[str, Any]) -> str:
    siren = content.get("siren") or content.get("siret", "")[:9]
    if content.get("rna") and content["rna"] == known.rna:
        return "RNA"
    if content.get("siret") and content["siret"] == known.siret:
        return "SIRET"
    return "SIREN" if siren and siren in (known.siren, known.siret[:9]) else ""


def _told(batch: MemberImport, known: Organisation, number: str) -> Double:
    """The database refuses a SIRET or an RNA twice; a SIREN may have several places."""
    final = number in ("SIRET", "RNA")
    if known.network_id == batch.network_id:
        return Double(why=f"Même {number} que « {known.name} ».", final=final)
    why = f"Un autre réseau suit une structure au même {number} : demandez son transfert."
    return Double(why=why, final=final)


def _same_addresses(batch: MemberImport, lines: Sequence[MemberLine]) -> dict[int, Double]:
    emails = [line.email for line in lines if line.email]
    members = Member.objects.filter(
        person__email__in=emails, organisation__network=batch.network_id,
        organisation__kind=batch.what,
    ).order_by("pk")  # fmt: skip
    known = dict(members.values_list("person__email", "organisation__name"))
    return {
        line.number: Double(why=f"Son contact agit déjà pour « {known[line.email]} ».")
        for line in lines
        if line.email in known
    }


def _same_names(batch: MemberImport, lines: Sequence[MemberLine]) -> dict[int, Double]:
    numbers, names = [line.number for line in lines], [fold(line.title) for line in lines]
    with connection.cursor() as cursor:
        cursor.execute(NAMES, [numbers, names, batch.network_id, batch.what, ALIKE])
        return {
            number: Double(why=f"Ressemble à « {name} »{f' ({city})' if city else ''}.")
            for number, name, city in cursor.fetchall()
        }


def progress_of(batch: MemberImport) -> dict[str, Any]:
    """How far a file is: lines read, made, doubles, faults, invitations."""
    wanted = Q(double="") | Q(keep=True, final=False)
    counted = batch.lines.aggregate(
        read=Count("pk"),
        to_make=Count("pk", filter=wanted & Q(made=False, content__isnull=False)),
        doubles=Count("pk", filter=~Q(double="") & Q(made=False, keep=False)),
        refused=Count("pk", filter=Q(content__isnull=True)),
        faulty=Count("pk", filter=Q(content__isnull=False) & ~Q(faults=[])),
        invited=Count("pk", filter=Q(invited_at__isnull=False)),
        to_invite=Count("pk", filter=Q(made=True, invited_at=None) & ~Q(email="")),
        done=Count("pk", filter=Q(made=True)),
    )
    return {**counted, "working": batch.state in (FileState.READING, FileState.MAKING)}


def lines_of(batch: MemberImport, kind: str) -> QuerySet[MemberLine]:
    """The lines of a file: all, the likely doubles, those with a fault, those left out."""
    lines = batch.lines.select_related("organisation").order_by("number")
    if kind == "doubles":
        return lines.exclude(double="")
    if kind == "fautes":
        return lines.exclude(faults=[])
    return lines.filter(content__isnull=True) if kind == "refusees" else lines


FAULTS = ("Ligne", "Nom", "Champ", "Valeur", "Ce qui ne va pas")


def faults_of(batch: MemberImport) -> list[list[object]]:
    """Every fault of a file, to mend it in the spreadsheet it comes from."""
    lines = batch.lines.exclude(faults=[]).order_by("number")
    return [[line.number, line.title, *fault] for line in lines for fault in line.faults]


def pairs_of(network: int) -> list[dict[str, Any]]:
    """The organisations of a network that look alike, two by two, with all the reasons."""
    with connection.cursor() as cursor:
        cursor.execute(DOUBLES, {"network": network})
        found = cursor.fetchall()
    whys: dict[tuple[int, int], list[str]] = {}
    for one, two, why in found:
        whys.setdefault((one, two), []).append(why)
    rows = Organisation.objects.in_bulk({pk for pair in whys for pk in pair})
    return [
        {"one": rows[one], "two": rows[two], "why": ", ".join(why)}
        for (one, two), why in whys.items()
    ]


def moving(other: Organisation) -> list[tuple[str, int]]:
    """What leads to an organisation, in words, with how many."""
    return [
        (str(relation.related_model._meta.verbose_name_plural), count)
        for relation, count in links_of(other)
    ]


def side_by_side(kept: Organisation, other: Organisation) -> list[tuple[str, str, str]]:
    """What the two records say, heading by heading."""
    pairs = zip(facts_of(kept), facts_of(other), strict=True)
    state = ("État", kept.get_state_display(), other.get_state_display())
    rows = [(name, _words(one), _words(two)) for (name, one), (_, two) in pairs]
    return [("Nom", kept.name, other.name), state, *rows]


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def transfers_of(actor: Actor) -> "QuerySet[Transfer]":
    """The transfers that `actor` has a say in, the open ones first."""
    found = Transfer.objects.visible_to(actor).select_related("organisation", "giver", "receiver")
    return found.annotate(open=Count("pk", filter=Q(state=TransferState.OPEN))).order_by(
        "-open", "-pk"
    )


def parties_of(transfer: Transfer) -> list[tuple[str, Any]]:
    """Who has said yes, and when."""
    return [
        (transfer.organisation.name, transfer.own_at),
        (f"{transfer.giver}, qui la suit", transfer.giver_at),
        (f"{transfer.receiver}, qui la recevrait", transfer.receiver_at),
    ]


def waiting(actor: Actor) -> list[Waiting]:
    """The transfer that waits for the organisation's own word."""
    return [
        Waiting(
            title="Changer de réseau",
            url=url_of(each, actor),
            why=f"De {each.giver} à {each.receiver} : votre accord est demandé.",
        )
        for each in transfers_of(actor).filter(state=TransferState.OPEN)
        if rules.can(actor, "consent", each)
    ]


def _asked_of(actor: Actor) -> Exists:
    """Is this network's word awaited on the transfer of an organisation?"""
    leaving = Q(giver=actor.scope, giver_at=None)
    silent = leaving | Q(receiver=actor.scope, receiver_at=None)
    asked = Transfer.objects.filter(silent, organisation=OuterRef("pk"))
    return Exists(asked.filter(state=TransferState.OPEN))


def _transfer_line(actor: Actor, organisation: Organisation) -> Waiting:
    return Waiting(
        title=f"Transfert de {organisation}",
        url=reverse("membership:reseau_transfers", args=[actor.key]),
        why="Votre accord est demandé.",
    )


TRANSFERS = (_asked_of, _transfer_line)


def url_of(transfer: Transfer, actor: Actor) -> str:
    """The page of a transfer under the hat of its reader."""
    if actor.hat == "reseau":
        return reverse("membership:reseau_transfer", args=[actor.key, transfer.pk])
    return reverse(f"membership:{actor.hat}_transfer", args=[actor.key])


def others_than(network: int) -> "QuerySet[Network]":
    """The networks to which one may go."""
    return Network.objects.exclude(pk=network).order_by("name")


def tools_of(actor: Actor, organisation: Organisation) -> list[tuple[str, str]]:
    """What else one may do with an organisation, from its page."""
    if actor.hat == "reseau":
        ask = reverse("membership:reseau_transfer_ask", args=[actor.key, organisation.pk])
        doubles = reverse("membership:reseau_doubles", args=[actor.key])
        return [("Transférer à un autre réseau", ask), ("Chercher un double", doubles)]
    home = reverse(f"membership:{actor.hat}_transfer", args=[actor.key])
    return [("Changer de réseau", home)]
