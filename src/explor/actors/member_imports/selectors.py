"""Queries on imports of members, and the search of duplicates among their lines."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django.db.models import Q, QuerySet

from explor.actors.experts.models import Expert
from explor.actors.organisations.models import Member, Organisation
from explor.ground.accounts.models import Person
from explor.ground.reference.selectors import fold
from explor.ground.rights.selectors import records

from . import rules
from .models import MemberImport, MemberLine, What

ALIKE = 0.75  # trigram similarity above which two names may be the same organisation


class SimilarNames:
    """The names of the organisations of a network, loaded once for a file, to find close ones.

    Two names with a similarity of 0.75 share one of the rarest trigrams of each, about a quarter of
    them: only the names that share one are compared. To compare each line of a file with each
    organisation would take minutes for 10,000 of both.
    """

    def __init__(self, network: int, kind: str) -> None:
        rows = Organisation.objects.filter(network=network, kind=kind).order_by("pk")
        self._rows = [
            (name, city, _trigrams(fold(name))) for name, city in rows.values_list("name", "city")
        ]
        self._times = Counter(gram for _, _, grams in self._rows for gram in grams)
        self._by_gram: dict[str, list[int]] = {}
        for at, (_, _, grams) in enumerate(self._rows):
            for gram in self._rarest(grams):
                self._by_gram.setdefault(gram, []).append(at)

    def nearest(self, name: str) -> str:
        """Return the closest organisation, as « name » (town), "" when none is close enough."""
        wanted = _trigrams(fold(name))
        near = {at for gram in self._rarest(wanted) for at in self._by_gram.get(gram, ())}
        ranked = [(len(wanted & grams) / len(wanted | grams), -at) for at in near
                  for grams in [self._rows[at][2]]]  # fmt: skip
        similarity, at = max(ranked, default=(0.0, 0))
        if similarity < ALIKE:
            return ""
        known, city, _ = self._rows[-at]
        return f"« {known} »{f' ({city})' if city else ''}"

    def _rarest(self, grams: frozenset[str]) -> list[str]:
        ordered = sorted(grams, key=lambda gram: (self._times[gram], gram))
        return ordered[: len(grams) - ceil(ALIKE * len(grams)) + 1]


def _trigrams(folded: str) -> frozenset[str]:
    """Return the trigrams of a folded name, as the extension pg_trgm of PostgreSQL cuts them."""
    words = (f"  {word} " for word in re.findall(r"\w+", folded))
    return frozenset(word[at : at + 3] for word in words for at in range(len(word) - 2))


@dataclass(frozen=True, kw_only=True)
class Duplicate:
    """The French reason why a line may duplicate a record; `certain` is True if beyond doubt."""

    why: str
    certain: bool = False


def duplicates_of(
    batch: MemberImport,
    lines: Sequence[MemberLine],
    earlier: dict[str, int],
    names: SimilarNames | None = None,
) -> dict[int, Duplicate]:
    """Return the duplicates among new lines, by line number.

    A line is compared with the earlier lines of the file, then with the records in the database.
    Unusable lines are left out.

    Args:
        batch: the imported file.
        lines: the lines just read, in order.
        earlier: the first line number of each key of `_keys_of`, from `first_lines`; updated with
            the keys of `lines`.
        names: the names of the organisations of the network, loaded once for a file.
    """
    read = [line for line in lines if line.content]
    results = _in_file(batch, read, earlier)
    rest = [line for line in read if line.number not in results]
    if batch.what == What.EXPERTS:
        return results | _experts(batch, rest)
    for search in (_same_numbers, _same_addresses):
        results |= search(batch, rest)
        rest = [line for line in rest if line.number not in results]
    return results | _similar_names(rest, names or SimilarNames(batch.network_id, batch.what))


def first_lines(batch: MemberImport) -> dict[str, int]:
    """Return {key: number of the first line that has it} for the lines already saved.

    The keys are those of `_keys_of`, by which lines are compared to find duplicates.
    """
    earlier: dict[str, int] = {}
    lines = batch.lines.filter(content__isnull=False).order_by("number")
    for number, content, email in lines.values_list("number", "content", "email").iterator():
        for key in _keys_of(batch.what, content or {}, email):
            earlier.setdefault(key, number)
    return earlier


def faulty_lines_of(batch: MemberImport) -> "QuerySet[MemberLine]":
    """Return the lines of a file that have an error, in order."""
    return batch.lines.exclude(faults=[]).order_by("number")


def count_to_invite(batch: MemberImport) -> int:
    """Return how many people the next `invite_lines` will invite, at most `rules.AT_ONCE`."""
    return min(batch.lines.to_invite().count(), rules.AT_ONCE)


def _keys_of(what: str, content: dict[str, Any], email: str) -> list[str]:
    """Return the keys of a line; two lines that share a key are duplicates.

    The keys are the SIREN and RNA numbers, else the name; for an expert, the e-mail address.
    """
    if what == What.EXPERTS:
        return [f"adresse {email}"]
    siren = content.get("siren") or content.get("siret", "")[:9]
    keys = [f"SIREN {siren}" if siren else "", f"RNA {content.get('rna', '')}".strip()]
    return [key for key in keys if key not in ("", "RNA")] or [f"nom {fold(content['name'])}"]


def _in_file(
    batch: MemberImport, lines: Sequence[MemberLine], earlier: dict[str, int]
) -> dict[int, Duplicate]:
    results = {}
    for line in lines:
        for key in _keys_of(batch.what, line.content or {}, line.email):
            first = earlier.setdefault(key, line.number)
            if first != line.number and line.number not in results:
                why = f"Même {key.split(' ')[0]} que la ligne {first} du fichier."
                results[line.number] = Duplicate(why=why, certain=not key.startswith("nom"))
    return results


def _experts(batch: MemberImport, lines: Sequence[MemberLine]) -> dict[int, Duplicate]:
    """Return {line number: duplicate} for the lines about experts that are known already.

    A line is a duplicate if its e-mail address has a profile, or is in an earlier import of the
    network. For privacy, only the profiles that the network may see are searched.
    """
    emails = [line.email for line in lines]
    shared = Expert.objects.shared_with(batch.network_id).filter(person__email__in=emails)
    known = set(shared.values_list("person__email", flat=True))
    others = MemberLine.objects.filter(
        batch__network=batch.network_id, batch__what=What.EXPERTS, made=True, email__in=emails
    )
    waiting = set(others.exclude(batch=batch).values_list("email", flat=True))
    reasons = dict.fromkeys(known, "Son profil est déjà dans Explor.")
    reasons |= dict.fromkeys(waiting - known, "Déjà dans un import précédent.")
    return {
        line.number: Duplicate(why=reasons[line.email], certain=True)
        for line in lines
        if line.email in reasons
    }


def _same_numbers(batch: MemberImport, lines: Sequence[MemberLine]) -> dict[int, Duplicate]:
    sirets = {line.content.get("siret", "") for line in lines} - {""}
    sirens = {s[:9] for s in sirets} | {line.content.get("siren", "") for line in lines} - {""}
    rnas = {line.content.get("rna", "") for line in lines} - {""}
    same = Q(siret__in=sirets) | Q(siren__in=sirens) | Q(rna__in=rnas)
    for siren in sirens:
        same |= Q(siret__startswith=siren)
    if not sirens and not rnas:
        return {}
    rows = Organisation.objects.filter(same, kind=batch.what).order_by("pk")
    results: dict[int, Duplicate] = {}
    for each in rows.only("name", "siret", "siren", "rna", "network_id"):
        for line in lines:
            if line.number not in results and (number := _shared_number(each, line.content)):
                results[line.number] = _same_number(batch, each, number)
    return results


def _shared_number(known: Organisation, content: dict[str, Any]) -> str:
    """Return the number that `known` shares with a line: "RNA", "SIRET" or "SIREN", else ""."""
    siren = content.get("siren") or content.get("siret", "")[:9]
    if content.get("rna") and content["rna"] == known.rna:
        return "RNA"
    if content.get("siret") and content["siret"] == known.siret:
        return "SIRET"
    return "SIREN" if siren and siren in (known.siren, known.siret[:9]) else ""


def _same_number(batch: MemberImport, known: Organisation, number: str) -> Duplicate:
    """Return a duplicate for a line that shares a number with the organisation `known`.

    `number` is "RNA", "SIRET" or "SIREN". The duplicate is uncertain for a SIREN, which several
    sites of an organisation share.
    """
    certain = number in ("SIRET", "RNA")
    if known.network_id == batch.network_id:
        return Duplicate(why=f"Même {number} que « {known.name} ».", certain=certain)
    why = f"Un autre réseau suit une structure au même {number} : demandez son transfert."
    return Duplicate(why=why, certain=certain)


def _same_addresses(batch: MemberImport, lines: Sequence[MemberLine]) -> dict[int, Duplicate]:
    emails = [line.email for line in lines if line.email]
    members = Member.objects.filter(
        person__email__in=emails,
        organisation__network=batch.network_id,
        organisation__kind=batch.what,
    ).order_by("pk")
    known = dict(members.values_list("person__email", "organisation__name"))
    return {
        line.number: Duplicate(why=f"Son contact agit déjà pour « {known[line.email]} ».")
        for line in lines
        if line.email in known
    }


def _similar_names(lines: Sequence[MemberLine], names: SimilarNames) -> dict[int, Duplicate]:
    similar = {line.number: names.nearest(line.title) for line in lines}
    return {
        number: Duplicate(why=f"Ressemble à {known}.") for number, known in similar.items() if known
    }


def uninvited(before: datetime) -> "QuerySet[MemberLine]":
    """Return the lines imported before an instant whose person has not been invited."""
    return _with_person().filter(batch__created_at__lt=before, invited_at=None)


def unanswered(before: datetime) -> "QuerySet[MemberLine]":
    """Return the lines whose person was invited before an instant and has not answered."""
    return _with_person().filter(invited_at__lt=before)


def _with_person() -> "QuerySet[MemberLine]":
    return MemberLine.objects.filter(Q(batch__what=What.EXPERTS) | ~Q(email=""))


def old_files(before: datetime) -> "QuerySet[MemberImport]":
    """Return the imports begun before an instant whose file is still stored."""
    return MemberImport.objects.filter(created_at__lt=before).exclude(file="")


def own_lines(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the imported lines about a person, for the copy of their data."""
    own = MemberLine.objects.filter(email__iexact=person.email)
    yield from records(own, without=("duplicate", "faults"))
