"""Signs of a possible conflict of interest, shown to the officers who prepare a meeting.

A sign proves nothing and excludes nobody: two people may have the same name or a large employer.
The certain conflicts, which recuse a member, are in `conflicts`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from explor.actors.organisations.models import Member, Organisation
from explor.ground.accounts.models import Person
from explor.ground.reference.selectors import fold, mailbox_providers, sort_key
from explor.ground.rights.selectors.ties import common_among
from explor.ground.ui.order import french_key
from explor.journey.calls.models import Call, Funder
from explor.journey.needs.models import Need

from ..models import CommitteeMember, Recusal
from .conflicts import organisations_of
from .files import needs_to_judge

TITLES = {"m", "mr", "mme", "mlle", "madame", "monsieur", "mademoiselle", "dr", "docteur", "me"}
SEVERAL = re.compile(r"[,;/()]|\bet\b", re.IGNORECASE)  # « Awa Diop, présidente »
RESERVED = (".example", ".invalid", ".localhost", ".test")  # nobody owns these names: RFC 2606
DOTS_IGNORED = {"gmail.com", "googlemail.com"}  # a.b@gmail.com and ab@gmail.com are one mailbox


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A possible conflict of interest on a need, with its reason in French.

    `who` is the name of the member or officer, "" when it is between the association and a funder.
    """

    need: Need
    who: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Contacts:
    """The addresses, domains and names of an association, to compare with those of people."""

    association: Organisation
    emails: frozenset[str] = frozenset()
    mailboxes: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    names: frozenset[tuple[str, ...]] = frozenset()
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonContacts:
    """The address, domain and names of a person, and the organisations they are tied to.

    `addresses` gives (primary key, name, normalised postal address) of each organisation.
    """

    name: str
    email: str
    mailbox: str
    domain: str
    names: frozenset[tuple[str, ...]]
    addresses: tuple[tuple[int, str, str], ...]


def signs_of(call: Call) -> list[Sign]:
    """Return the possible conflicts of interest to check on the undecided needs of a call.

    First those between the association of a need and a funder of the call; then, by need, those
    between the association and each member of the committee or the officer in charge. Needs from
    which a member is recused are left out for this member.
    """
    related = ("association", "partner", "officer__person")
    needs = list(
        needs_to_judge(call.pk).select_related(*related).order_by(french_key("title"), "pk")
    )
    seats = list(CommitteeMember.objects.filter(call=call).select_related("person").order_by("pk"))
    recused = set(Recusal.objects.filter(member__call=call).values_list("member__person", "need"))
    contacts = _contacts_of(needs)
    people = {each.person_id: each.person for each in seats}
    officers = {need.officer.person_id: need.officer.person for need in needs if need.officer}
    everyone = _contacts_of_people({**people, **officers})
    signs = [*_of_funders(call, needs)]
    for need in needs:
        own = [need.officer.person_id] if need.officer else []
        for key in dict.fromkeys([*people, *own]):
            if (key, need.pk) not in recused:
                person = everyone[key]
                reasons = _reasons(person, contacts[need.pk])
                signs += [Sign(need=need, who=person.name, reason=each) for each in reasons]
    return signs


def mailbox_of(email: str) -> str:
    """Return the mailbox of an e-mail address: without its tag and, for Gmail, without its dots."""
    local, _, domain = email.strip().lower().rpartition("@")
    local = local.partition("+")[0]
    if domain in DOTS_IGNORED:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}" if local else ""


def names_in(text: str) -> set[tuple[str, ...]]:
    """Return the names in a text, each as its sorted words without accents and titles.

    A name has at least two words.
    """
    parts = (set(fold(part).split()) - TITLES for part in SEVERAL.split(text))
    return {tuple(sorted(words)) for words in parts if len(words) > 1}


def _domain(email: str) -> str:
    """Return the domain of an address, or "" for a domain that identifies no organisation."""
    domain = email.strip().lower().rpartition("@")[2]
    return "" if domain in mailbox_providers() or domain.endswith(RESERVED) else domain


def _contacts_of(needs: list[Need]) -> dict[int, Contacts]:
    """Return the contacts of the association of each need, by primary key of the need."""
    keys = {need.association_id for need in needs}
    emails: dict[int, set[str]] = defaultdict(set)
    rows = Member.objects.filter(organisation__in=keys)
    for key, email in rows.values_list("organisation", "person__email"):
        emails[key].add(email.lower())
    names = {need.pk: names_in(need.association.representative) for need in needs}
    common = common_among({" ".join(name) for group in names.values() for name in group})
    contacts = {}
    for need in needs:
        own = emails[need.association_id] | (
            {need.partner.email.lower()} if need.partner else set()
        )
        site = (urlsplit(need.association.website).hostname or "").removeprefix("www.")
        contacts[need.pk] = Contacts(
            association=need.association,
            emails=frozenset(filter(None, own)),
            mailboxes=frozenset(map(mailbox_of, filter(None, own))),
            domains=frozenset(filter(None, [*map(_domain, own), _domain(site)])),
            names=frozenset(name for name in names[need.pk] if " ".join(name) not in common),
            address=_address(need.association),
        )
    return contacts


def _contacts_of_people(people: dict[int, Person]) -> dict[int, PersonContacts]:
    """Return the contacts of each person, by primary key."""
    ties = organisations_of([*people])
    return {
        key: PersonContacts(
            name=person.name,
            email=person.email.lower(),
            mailbox=mailbox_of(person.email),
            domain=_domain(person.email),
            names=frozenset(names_in(person.name)),
            addresses=tuple((tied.pk, tied.name, _address(tied)) for _, tied in ties.get(key, [])),
        )
        for key, person in people.items()
    }


def _reasons(person: PersonContacts, contacts: Contacts) -> Iterator[str]:
    """Yield the reasons why a person may be close to an association."""
    if person.email not in contacts.emails and person.mailbox in contacts.mailboxes:
        yield "Sa boîte aux lettres est celle d’une personne du dossier, à une variante près."
    elif person.domain in contacts.domains:
        yield f"Son adresse et celles du dossier ont le même domaine : {person.domain}."
    if person.names & contacts.names:
        yield "Son nom est celui de la personne qui représente l’association."
    if contacts.address:
        association = contacts.association.pk
        names = {
            name
            for key, name, address in person.addresses
            if key != association and address == contacts.address
        }
        if names:
            same = ", ".join(sorted(names, key=sort_key))
            yield f"L’association a la même adresse postale que {same}."


def _address(organisation: Organisation) -> str:
    """Return a normalised postal address for comparisons, "" when the address is incomplete."""
    if not (organisation.address and organisation.postcode):
        return ""
    return fold(f"{organisation.address} {organisation.postcode}")


def _of_funders(call: Call, needs: Iterable[Need]) -> Iterator[Sign]:
    """Yield a sign on each need whose association is, by its SIREN, a funder of the call."""
    known = Funder.objects.filter(envelopes__call=call).exclude(siret="")
    funders = {each.siret[:9]: each.name for each in known}
    for need in needs:
        if name := funders.get(need.association.legal_siren):
            yield Sign(need=need, who="", reason=f"L’association a le même SIREN que {name}.")
