"""Reads of the files of members: doubles, progress, lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from explor.actors.experts.models import Expert
from explor.actors.organisations.models import Member, Organisation
from explor.ground.reference.queries import fold

from .models import MemberImport, MemberLine, What
from .states import FileState

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


def doubles_of(batch: MemberImport, lines: Sequence[MemberLine]) -> dict[int, Double]:
    """For the lines just read, by number, whom they double: in the file first, then among us."""
    told = [line for line in lines if line.content]
    found = _in_files(batch, told)
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


def _in_files(batch: MemberImport, lines: Sequence[MemberLine]) -> dict[int, Double]:
    earlier: dict[str, int] = {}
    read = batch.lines.filter(content__isnull=False).order_by("number")
    for number, content, email in read.values_list("number", "content", "email"):
        for key in keys_of(batch.what, content or {}, email):
            earlier.setdefault(key, number)
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
