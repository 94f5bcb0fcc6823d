"""Signs of a conflict of interest: shown before the meeting, without excluding anybody."""

from typing import Any

import pytest

from explor.journey.calls.models import Envelope
from explor.journey.committees import actions as committees
from explor.journey.committees import selectors as committee_reads
from explor.journey.committees.models import Recusal
from explor.journey.committees.selectors.signs import mailbox_of, names_in
from factories import (
    AssociationFactory,
    CommitteeMemberFactory,
    DecisionFactory,
    EmployerFactory,
    ExpertFactory,
    FieldPartnerFactory,
    FunderFactory,
    MeetingFactory,
    MemberFactory,
    NeedFactory,
    OfficerFactory,
    PersonFactory,
    committee_actor,
    officer_actor,
    wearing,
)

MAILBOX = "Sa boîte aux lettres est celle d’une personne du dossier, à une variante près."
NAME = "Son nom est celui de la personne qui représente l’association."


def set_email(person: Any, email: str) -> None:
    person.email = email
    person.save()


@pytest.fixture(autouse=True)
def own_addresses(committee: Any) -> None:
    """Give to each member a mailbox of a common provider, which ties them to nobody."""
    for rank, seat in enumerate((committee.chair, *committee.members)):
        set_email(seat.person, f"membre{rank}@laposte.net")


def signs(committee: Any) -> list[tuple[int, str, str]]:
    return [(s.need.pk, s.who, s.reason) for s in committee_reads.signs_of(committee.call)]


def test_a_committee_without_likeness_to_an_association_has_no_sign_of_conflict(
    committee: Any,
) -> None:
    assert signs(committee) == []


@pytest.mark.parametrize("where", ["member", "partner", "website"])
def test_an_email_address_at_the_domain_of_an_organisation_is_a_sign_of_conflict(
    where: str, committee: Any
) -> None:
    need, seat = committee.needs[0], committee.members[0]
    if where == "member":
        acting = PersonFactory(email="presidence@Rives.org")
        MemberFactory(organisation=need.association, person=acting)
    elif where == "partner":
        association = need.association
        need.partner = FieldPartnerFactory(association=association, email="k@rives.org")
        need.save()
    else:
        need.association.website = "https://www.rives.org/qui"
        need.association.save()
    set_email(seat.person, "bruno@rives.org")
    reason = "Son adresse et celles du dossier ont le même domaine : rives.org."
    assert signs(committee) == [(need.pk, "Bruno Siège", reason)]
    assert committee_reads.known_conflicts(committee.call) == []
    committees.recuse_conflicted_members(committee.call)
    assert not Recusal.objects.exists()


@pytest.mark.parametrize("domain", ["laposte.net", "exemple.test"])
def test_an_address_at_a_common_provider_or_reserved_domain_is_not_a_sign_of_conflict(
    domain: str, committee: Any
) -> None:
    set_email(committee.members[0].person, f"bruno@{domain}")
    person = PersonFactory(email=f"presidence@{domain}")
    MemberFactory(organisation=committee.needs[0].association, person=person)
    assert signs(committee) == []


@pytest.mark.parametrize(
    ("theirs", "own"),
    [
        ("bruno.siege@gmail.com", "brunosiege+asso@gmail.com"),
        ("bruno@laposte.net", "Bruno+rives@laposte.net"),
    ],
)
def test_the_same_mailbox_written_in_another_way_is_a_sign_of_conflict(
    theirs: str, own: str, committee: Any
) -> None:
    need, seat = committee.needs[0], committee.members[0]
    MemberFactory(organisation=need.association, person=PersonFactory(email=theirs))
    set_email(seat.person, own)
    assert signs(committee) == [(need.pk, "Bruno Siège", MAILBOX)]


@pytest.mark.parametrize(
    ("representative", "is_sign"),
    [
        ("Chloé Siège", True),
        ("SIEGE Chloe, présidente", True),
        ("Mme Chloé Siège et M. Awa Diop", True),
        ("Chloé Siège-Martin", False),
        ("Chloé", False),
        ("", False),
    ],
)
def test_a_member_with_the_name_of_the_representative_is_a_sign_of_conflict(
    representative: str, is_sign: bool, committee: Any
) -> None:
    need = committee.needs[1]
    need.association.representative = representative
    need.association.save()
    assert signs(committee) == ([(need.pk, "Chloé Siège", NAME)] if is_sign else [])


def test_a_likeness_of_names_made_of_common_words_is_not_a_sign_of_conflict(committee: Any) -> None:
    association, person = committee.needs[0].association, committee.members[0].person
    association.representative = person.name = "De La"
    association.save()
    person.save()
    assert signs(committee) == []


def test_signs_of_conflict_also_compare_the_officer_in_charge_of_the_need(committee: Any) -> None:
    need = committee.needs[2]
    person = PersonFactory(name="Awa Diop", email="awa@laposte.net")
    need.officer = OfficerFactory(network=committee.call.network, person=person)
    need.save()
    for each in committee.needs[1:]:
        each.association.representative = "Diop Awa"
        each.association.save()
    assert signs(committee) == [(need.pk, "Awa Diop", NAME)]


def test_sharing_the_postal_address_of_the_employer_of_a_member_is_a_sign_of_conflict(
    committee: Any,
) -> None:
    need, seat = committee.needs[0], committee.members[1]
    place = {"postcode": "69007", "city": "Lyon"}
    for name, value in {**place, "address": "12 rue de l’Étang"}.items():
        setattr(need.association, name, value)
    need.association.save()
    employer = EmployerFactory(name="Eaux du Sud", address="12, RUE DE L’ETANG", siren="", **place)
    ExpertFactory(person=seat.person, employer=employer)
    reason = "L’association a la même adresse postale que Eaux du Sud."
    assert signs(committee) == [(need.pk, "Chloé Siège", reason)]


def test_an_association_with_the_siren_of_a_funder_is_a_sign_of_conflict(committee: Any) -> None:
    need, funder = committee.needs[0], FunderFactory(siret="55210055400013")
    Envelope.objects.create(call=committee.call, funder=funder, amount=1000)
    need.association.siren = "552100554"
    need.association.save()
    reason = f"L’association a le même SIREN que {funder.name}."
    assert signs(committee) == [(need.pk, "", reason)]


def test_a_recused_member_causes_no_further_sign_of_conflict_on_the_need(committee: Any) -> None:
    need, seat = committee.needs[1], committee.members[1]
    need.association.representative = "Chloé Siège"
    need.association.save()
    committees.recuse(need, member=seat, by=committee_actor(seat), reason="Moi-même.")
    assert signs(committee) == []


def test_signs_of_conflict_are_shown_to_the_network_and_to_the_chair_only(committee: Any) -> None:
    call, need = committee.call, committee.needs[0]
    need.association.representative = "Bruno Siège"
    need.association.save()
    meeting = MeetingFactory(call=call, state="planned")
    officer = wearing(officer_actor(call.network))
    chair, home = wearing(committee_actor(committee.chair)), f"/comite/{call.slug}/"
    shown = [
        officer.get(f"/reseau/{call.network.slug}/appels/{call.pk}/comite/"),
        officer.get(f"/reseau/{call.network.slug}/seances/{meeting.pk}/"),
        chair.get(f"{home}seances/{meeting.pk}/"),
    ]
    assert [NAME in page.content.decode() for page in shown] == [True, True, True]
    reader = wearing(committee_actor(committee.members[1]))
    pages = ["", "dossiers/", "lecture/", f"dossiers/{need.pk}/"]
    assert [u for u in pages if NAME in reader.get(home + u).content.decode()] == []
    assert reader.get(f"{home}seances/{meeting.pk}/").status_code in (403, 404)


def test_a_network_with_a_blind_committee_sees_no_sign_of_conflict_before_the_meeting(
    committee: Any,
) -> None:
    call, need = committee.call, committee.needs[0]
    need.association.representative = "Bruno Siège"
    need.association.save()
    meeting = MeetingFactory(call=call, state="planned")
    officer = officer_actor(call.network)
    url = f"/reseau/{call.network.slug}/seances/{meeting.pk}/"
    assert NAME in wearing(officer).get(url).content.decode()
    bylaws = committee_reads.bylaws_of(call)
    committees.set_bylaws(bylaws, by=officer, changes={"blind": True})
    assert NAME not in wearing(officer).get(url).content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_reading_signs_of_conflict_runs_a_fixed_number_of_queries_for_many_needs(
    count: int, committee: Any, django_assert_max_num_queries: Any
) -> None:
    call = committee.call
    for rank in range(count):
        association = AssociationFactory(network=call.network, representative="Chloé Siège")
        need = NeedFactory(
            call=call, network=call.network, association=association, state="admissible"
        )
        DecisionFactory(need=need, state="to_decide", verdict="", decided_at=None)
        person = PersonFactory(email=f"lecture{rank}@laposte.net")
        CommitteeMemberFactory(call=call, person=person)
    with django_assert_max_num_queries(8):
        assert len(committee_reads.signs_of(call)) == count
    meeting = MeetingFactory(call=call, state="planned")
    chair = wearing(committee_actor(committee.chair))
    with django_assert_max_num_queries(25):
        chair.get(f"/comite/{call.slug}/seances/{meeting.pk}/")


@pytest.mark.parametrize(
    ("email", "mailbox"),
    [
        ("A.B+c@GoogleMail.com", "ab@gmail.com"),
        ("a.b+c@rives.org", "a.b@rives.org"),
        ("", ""),
    ],
)
def test_the_function_that_normalises_an_email_address_returns_its_mailbox(
    email: str, mailbox: str
) -> None:
    assert mailbox_of(email) == mailbox


def test_names_in_a_text_are_compared_without_order_and_without_accents() -> None:
    assert names_in("Mme Awa DIOP, présidente et Jean-Luc Martin") == {
        ("awa", "diop"),
        ("jean", "luc", "martin"),
    }
