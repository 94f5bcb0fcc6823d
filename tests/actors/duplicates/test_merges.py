"""Merge of two records of an organisation: rows moved and refusals."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from explor.actors.duplicates import actions, pages
from explor.actors.lending.models import LendingRules
from explor.actors.organisations.models import FieldPartner, Member, MembershipPaper, Organisation
from explor.actors.projects.models import Project
from explor.ground.accounts.models import Invitation
from explor.ground.audit.models import Entry
from explor.ground.files.models import Document, owner_of
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.journey.needs.models import Need
from explor.journey.releases.models import Release
from explor.journey.releases.rules import contradicted
from explor.journey.releases.rules.releases import digest_of, stated_facts
from factories import (
    AgreementFactory,
    AssociationFactory,
    EmployerFactory,
    MemberFactory,
    MissionFactory,
    NeedFactory,
    NetworkFactory,
    TransferFactory,
    association_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
ROOT = "/reseau/amont/organisations/doubles/"


@pytest.fixture
def network() -> Any:
    return NetworkFactory(slug="amont")


@pytest.fixture
def kept(network: Any) -> Any:
    return AssociationFactory(network=network, name="Rives", slug="rives", city="Lyon")


@pytest.fixture
def other(network: Any) -> Any:
    return AssociationFactory(
        network=network, name="RIVES", slug="rives-2", city="Vienne", siret="73282932000074"
    )


def test_merging_two_organisations_moves_the_related_rows_to_the_kept_record(
    network: Any, kept: Any, other: Any
) -> None:
    shared = MemberFactory(organisation=kept).person
    MemberFactory(organisation=other, person=shared)
    alone = MemberFactory(organisation=other).person
    need = NeedFactory(association=other, network=network)
    paper = Document.objects.create(
        kind="x", title="x", sha256="0" * 64, mime="image/png", size=1, owner=owner_of(other)
    )
    MembershipPaper.objects.create(
        organisation=other, kind="statuts", dated=date(2024, 1, 1), document=paper, by="x"
    )
    Invitation.objects.create(
        email="a@b.test", role_type="association", role_key="rives-2", digest="d",
        expires_at=need.created_at,
    )  # fmt: skip
    actions.merge(kept, other, by=officer_actor(network))
    merged = Organisation.objects.get(name="Rives")
    assert Organisation.objects.filter(name="RIVES").count() == 0
    assert (merged.siret, merged.city) == ("73282932000074", "Lyon")
    assert set(Member.objects.values_list("person", flat=True)) == {shared.pk, alone.pk}
    own = [(Need, "association"), (Project, "association"), (FieldPartner, "association")]
    for model, field in (*own, (MembershipPaper, "organisation")):
        assert set(model.objects.values_list(field, flat=True)) == {merged.pk}
    assert Document.objects.get().owner == owner_of(merged)
    assert Invitation.objects.get().role_key == "rives"
    entry = Entry.objects.get(verb="merge")
    assert (entry.subject, entry.reason, entry.details["other"]) == (merged.pk, "RIVES", other.pk)
    assert entry.details["filled"] == ["siret"]


def verified(record: Any, until: date, state: str = "verified") -> None:
    Organisation.objects.filter(pk=record.pk).update(state=state, verified_until=until)
    record.refresh_from_db()


@pytest.mark.parametrize("state", ["verified", "lapsed"])
def test_the_verification_of_the_erased_record_is_that_of_the_kept_one_still_to_verify(
    state: str, network: Any, kept: Any, other: Any
) -> None:
    Organisation.objects.filter(pk=kept.pk).update(state="registered", verified_until=None)
    verified(other, date(2027, 5, 1), state)
    kept.refresh_from_db()
    page = wearing(officer_actor(network)).get(f"{ROOT}reunir/?garder={kept.pk}&autre={other.pk}")
    assert "La vérification de la fiche effacée est gardée." in page.content.decode()
    actions.merge(kept, other, by=officer_actor(network))
    merged = Organisation.objects.get(pk=kept.pk)
    assert (merged.state, merged.verified_until) == (state, date(2027, 5, 1))


def test_the_later_yearly_check_of_two_verified_records_is_kept(
    network: Any, kept: Any, other: Any
) -> None:
    verified(kept, date(2026, 1, 1), "lapsed")
    verified(other, date(2027, 5, 1))
    third = AssociationFactory(network=network, name="Rives !")
    verified(third, date(2027, 2, 1))
    for second in (other, third):
        actions.merge(kept, second, by=officer_actor(network))
        merged = Organisation.objects.get(pk=kept.pk)
        assert (merged.state, merged.verified_until) == ("verified", date(2027, 5, 1))


@pytest.mark.parametrize("state", ["refused", "suspended"])
def test_what_the_network_decided_on_the_kept_record_holds_after_a_merge(
    state: str, network: Any, kept: Any, other: Any
) -> None:
    Organisation.objects.filter(pk=kept.pk).update(state=state, verified_until=None)
    verified(other, date(2027, 5, 1))
    kept.refresh_from_db()
    actions.merge(kept, other, by=officer_actor(network))
    assert Organisation.objects.get(pk=kept.pk).state == state


def test_the_verification_of_another_siren_is_not_that_of_the_kept_record(
    network: Any, kept: Any, other: Any
) -> None:
    Organisation.objects.filter(pk=kept.pk).update(
        state="registered", verified_until=None, siren="552100554"
    )
    verified(other, date(2027, 5, 1))
    kept.refresh_from_db()
    actions.merge(kept, other, by=officer_actor(network))
    assert Organisation.objects.get(pk=kept.pk).state == "registered"


def test_merging_fills_a_blank_structure_type_and_the_leave_facts_of_the_kept_employer(
    network: Any,
) -> None:
    kept = EmployerFactory(
        network=network, structure_type="", is_public=False, schemes=[], job_families=[]
    )
    other = EmployerFactory(
        network=network,
        structure_type="commune",
        is_public=True,
        schemes=["MAD"],
        job_families=["Eau"],
        on_1996_list=True,
    )
    actions.merge(kept, other, by=officer_actor(network))
    merged = Organisation.objects.get(pk=kept.pk)
    assert (merged.structure_type, merged.is_public) == ("commune", True)
    assert (merged.schemes, merged.job_families, merged.on_1996_list) == (["MAD"], ["Eau"], True)


def test_merging_keeps_the_leave_facts_of_a_kept_employer_that_has_a_structure_type(
    network: Any,
) -> None:
    kept = EmployerFactory(
        network=network, structure_type="entreprise", is_public=False, schemes=["CSI"]
    )
    other = EmployerFactory(
        network=network, structure_type="commune", is_public=True, schemes=["MAD"]
    )
    actions.merge(kept, other, by=officer_actor(network))
    merged = Organisation.objects.get(pk=kept.pk)
    assert (merged.structure_type, merged.is_public) == ("entreprise", False)
    assert merged.schemes == ["CSI"]


def test_merging_fills_the_blank_countries_and_sectors_of_the_kept_association(
    network: Any, kept: Any, other: Any
) -> None:
    Organisation.objects.filter(pk=kept.pk).update(countries=[], sectors=[])
    Organisation.objects.filter(pk=other.pk).update(countries=["MG"], sectors=["EAU"])
    kept.refresh_from_db()
    actions.merge(kept, other, by=officer_actor(network))
    merged = Organisation.objects.get(pk=kept.pk)
    assert (merged.countries, merged.sectors) == (["MG"], ["EAU"])


@pytest.mark.parametrize("positions", [("member", "signatory"), ("signatory", "contact")])
def test_a_member_of_two_merged_organisations_keeps_the_position_of_signatory(
    network: Any, kept: Any, other: Any, positions: tuple[str, str]
) -> None:
    first = MemberFactory(organisation=kept, position=positions[0], since=date(2026, 5, 1))
    MemberFactory(
        organisation=other, person=first.person, position=positions[1], since=date(2025, 2, 1)
    )
    actions.merge(kept, other, by=officer_actor(network))
    member = Member.objects.get(person=first.person)
    assert (member.organisation, member.position) == (kept, "signatory")
    assert member.since == date(2025, 2, 1)


def test_merging_employers_moves_the_missions_to_the_kept_record(network: Any) -> None:
    mission = MissionFactory()
    lender = mission.release.employer
    kept = EmployerFactory(network=lender.network)
    actions.merge(kept, lender, by=officer_actor(lender.network))
    mission.refresh_from_db()
    assert (mission.employer, mission.release.employer) == (kept, kept)
    assert mission.expert.__class__.objects.get(pk=mission.expert_id).employer == kept


@pytest.mark.parametrize("party", ["association", "employer"])
def test_an_agreement_still_states_its_facts_after_its_organisation_was_merged(party: str) -> None:
    mission = MissionFactory()
    release, other = mission.release, getattr(mission, party)
    facts = stated_facts(release)
    agreement = AgreementFactory(release=release, facts=facts, digest=digest_of(facts))
    release.agreement = agreement
    release.save()
    factory = AssociationFactory if party == "association" else EmployerFactory
    kept = factory(network=other.network)
    actions.merge(kept, other, by=officer_actor(other.network))
    row = Release.objects.get(pk=release.pk)
    assert contradicted(row) == []
    assert row.agreement is not None
    assert row.agreement.facts == facts | {party: str(kept.pk)}
    assert row.agreement.digest == digest_of(row.agreement.facts)
    assert Entry.objects.about(row).filter(verb="follow_merge").count() == 1


def test_merging_two_employers_with_lending_rules_keeps_those_of_the_kept_record(
    network: Any,
) -> None:
    kept, other = EmployerFactory.create_batch(2, network=network)
    for employer, days in ((kept, 10), (other, 20)):
        LendingRules.objects.create(employer=employer, days_a_year=days)
    actions.merge(kept, other, by=officer_actor(network))
    assert list(LendingRules.objects.values_list("employer", "days_a_year")) == [(kept.pk, 10)]


def test_merging_moves_the_lending_rules_to_an_employer_without_any_rules(network: Any) -> None:
    kept, other = EmployerFactory.create_batch(2, network=network)
    LendingRules.objects.create(employer=other, days_a_year=20)
    actions.merge(kept, other, by=officer_actor(network))
    assert list(LendingRules.objects.values_list("employer", "days_a_year")) == [(kept.pk, 20)]


def test_the_merge_page_counts_the_rows_to_move_and_can_swap_the_two_records(
    network: Any, kept: Any, other: Any
) -> None:
    MemberFactory(organisation=other)
    client = wearing(officer_actor(network))
    page = client.get(ROOT).content.decode()
    assert "même nom" in page
    url = f"{ROOT}reunir/?garder={kept.pk}&autre={other.pk}"
    page = client.get(url).content.decode()
    assert "Cet acte ne se défait pas" in page
    assert "Membres : 1" in page
    assert f"?garder={other.pk}&amp;autre={kept.pk}" in page
    assert client.post(url, {"version": 0}).status_code == 422
    assert client.post(url, {"version": 0, "sure": "on"}).status_code == 302
    assert [each.name for each in Organisation.objects.all()] == ["Rives"]
    assert client.get(url).status_code == 404
    assert "Aucun double probable" in client.get(ROOT).content.decode()


def test_the_merge_page_warns_when_the_two_siren_numbers_differ(
    network: Any, kept: Any, other: Any
) -> None:
    client = wearing(officer_actor(network))
    url = f"{ROOT}reunir/?garder={kept.pk}&autre={other.pk}"
    assert "Deux SIREN différents" not in client.get(url).content.decode()
    Organisation.objects.filter(pk=kept.pk).update(siren="552100554")
    assert "Deux SIREN différents" in client.get(url).content.decode()


def test_merging_organisations_from_a_stale_version_is_refused(
    network: Any, kept: Any, other: Any
) -> None:
    Organisation.objects.filter(pk=kept.pk).update(version=3)
    with pytest.raises(EditConflict):
        actions.merge(kept, other, by=officer_actor(network), expected_version=2)
    assert Organisation.objects.count() == 2


def test_merging_two_organisations_that_both_have_an_open_transfer_is_refused(
    network: Any, kept: Any, other: Any
) -> None:
    TransferFactory(organisation=kept)
    TransferFactory(organisation=other)
    with pytest.raises(ActionNotAllowed, match="transfert"):
        actions.merge(kept, other, by=officer_actor(network))
    assert Organisation.objects.filter(pk__in=[kept.pk, other.pk]).count() == 2


def test_merging_organisations_of_different_kinds_or_networks_is_refused(
    network: Any, kept: Any
) -> None:
    by = officer_actor(network)
    for other, why in (
        (kept, "deux fiches différentes"),
        (EmployerFactory(network=network), "Une association et un employeur"),
        (AssociationFactory(), "dans deux réseaux"),
    ):
        with pytest.raises(ActionNotAllowed, match=why):
            actions.merge(kept, other, by=by)
    client = wearing(by)
    foreign = AssociationFactory()
    for query in (f"garder={kept.pk}&autre={foreign.pk}", "garder=x&autre=1", "", "garder=²"):
        assert client.get(f"{ROOT}reunir/?{query}").status_code == 404


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"name": "rîves de la saône"}, "même nom"),
        ({"name": "Autre", "siren": "732829320"}, "même SIREN"),
        ({"name": "Rives de Saône", "postcode": "69007"}, "noms proches, même code postal"),
        ({"name": "Rives de Saône", "postcode": "38000"}, ""),
    ],
)
@pytest.mark.parametrize("ours", [True, False])
def test_likely_duplicates_of_organisations_are_listed_with_the_reason(
    network: Any, given: dict[str, Any], why: str, ours: bool
) -> None:
    AssociationFactory(
        network=network, name="Rives de la Saône", postcode="69007", siret="73282932000074"
    )
    AssociationFactory(network=network if ours else NetworkFactory(), **given)
    reasons = [each["why"] for each in pages.pair_rows(network.pk)]
    assert reasons == ([why] if why and ours else [])


@pytest.mark.parametrize("count", [5, 50])
def test_the_page_of_duplicates_runs_a_constant_number_of_queries(
    network: Any, django_assert_max_num_queries: Any, count: int
) -> None:
    for number in range(count):
        AssociationFactory.create_batch(2, network=network, name=f"Structure {number * 7919:x}")
    client = wearing(officer_actor(network))
    with django_assert_max_num_queries(9):
        page = client.get(ROOT)
    assert len(page.context["pairs"]) == count


def test_merging_organisations_is_refused_to_their_members_and_to_another_network(
    kept: Any, other: Any
) -> None:
    for by in (association_actor(kept), officer_actor(NetworkFactory())):
        with pytest.raises(PermissionDenied) as refusal:
            actions.merge(kept, other, by=by)
        assert str(refusal.value) == f"{by.role} may not merge these organisations"
    assert [each.name for each in Organisation.objects.order_by("pk")] == ["Rives", "RIVES"]
    assert Entry.objects.count() == 0
