"""Profiles of experts: languages, consents and conditions to offer a profile."""

from datetime import date, timedelta

import pytest
from django import forms
from django.test import Client
from django.utils import timezone

from explor.actors.experts import actions, models, pages, rules
from explor.actors.experts.actions import PersonBefore
from explor.actors.experts.forms import LanguagesField
from explor.actors.experts.models import Expert
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from factories import (
    ExpertFactory,
    NetworkFactory,
    PersonFactory,
    ProposalFactory,
    employer_actor,
    expert_actor,
    officer_actor,
    wearing,
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("portugais B1", [{"code": "pt", "level": "B1"}]),
        (
            "Français c2\n\nanglais : B2",
            [{"code": "fr", "level": "C2"}, {"code": "en", "level": "B2"}],
        ),
        ("", []),
    ],
)
def test_languages_of_a_profile_are_parsed_one_per_line_in_upper_or_lower_case(
    typed: str, expected: list[object]
) -> None:
    assert LanguagesField(required=False).clean(typed) == expected


@pytest.mark.parametrize(
    "typed", ["portugais", "klingon B1", "portugais B9", "anglais B1\nAnglais C1"]
)
def test_a_language_line_without_both_a_language_and_a_level_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        LanguagesField(required=False).clean(typed)


@pytest.mark.django_db
def test_another_network_sees_a_profile_only_with_a_valid_consent() -> None:
    expert, other = ExpertFactory(), NetworkFactory()
    by, officer = expert_actor(expert), officer_actor(other)
    assert list(Expert.objects.visible_to(officer)) == []
    actions.give_consent(expert, network=other, by=by)
    assert list(Expert.objects.visible_to(officer)) == [expert]
    with pytest.raises(ActionNotAllowed, match="voit déjà"):
        actions.give_consent(expert, network=other, by=by)
    actions.withdraw_consent(expert, network=other, by=by)
    assert list(Expert.objects.visible_to(officer)) == []


@pytest.mark.django_db
def test_the_next_request_of_a_network_finds_no_profile_once_the_consent_is_withdrawn() -> None:
    expert, other = ExpertFactory(person__name="Nora Sentinelle"), NetworkFactory()
    by = expert_actor(expert)
    actions.give_consent(expert, network=other, by=by)
    officer, own = wearing(officer_actor(other)), wearing(by)
    pages = [f"/reseau/{other.slug}/expertises/{each}" for each in (f"{expert.pk}/", "")]
    assert ["Nora Sentinelle" in officer.get(url).content.decode() for url in pages] == [True, True]
    assert all("no-store" in officer.get(url)["Cache-Control"] for url in pages)
    assert own.post(f"/expert/profil/reseaux/{other.slug}/retirer/").status_code == 302
    assert officer.get(pages[0]).status_code == 404
    assert "Nora Sentinelle" not in officer.get(pages[1]).content.decode()


@pytest.mark.django_db
def test_offering_a_blank_expert_profile_is_refused_with_each_missing_field() -> None:
    expert = ExpertFactory(state="draft", summary="", experiences="", sectors=[])
    expert.languages.all().delete()
    expert.availabilities.all().delete()
    expert.consents.all().delete()
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.offer(expert, by=expert_actor(expert))
    assert len(refusal.value.reasons) == 5


@pytest.mark.django_db
def test_a_profile_is_stale_six_months_after_its_confirmation() -> None:
    today = timezone.localdate()
    expert = ExpertFactory(confirmed_on=today - timedelta(days=183))
    assert rules.is_stale(expert, today) is False
    assert rules.is_stale(expert, today + timedelta(days=1)) is True


@pytest.mark.django_db
@pytest.mark.parametrize(("ended", "free"), [(0, True), (1, False)])
def test_a_profile_whose_availabilities_are_all_past_asks_for_one_before_being_offered(
    ended: int, free: bool
) -> None:
    expert, today = ExpertFactory(), timezone.localdate()
    expert.availabilities.all().delete()
    last, by = today - timedelta(days=ended), expert_actor(expert)
    actions.add_availability(expert, by=by, start=last - timedelta(days=30), end=last)
    titles = [task.title for task in pages.waiting_for_expert(by)]
    assert titles == ([] if free else ["Dire quand vous pourriez partir"])
    assert [each for each in rules.missing_to_offer(expert) if "période" in each] == (
        [] if free else ["Indiquez au moins une période à venir où vous pourriez partir."]
    )


@pytest.mark.django_db
def test_editing_an_expert_profile_confirms_it_and_replaces_its_languages() -> None:
    expert = ExpertFactory(confirmed_on=None)
    languages = [{"code": "en", "level": "C1"}]
    actions.describe(
        expert, by=expert_actor(expert), changes={"job": "Sage-femme"}, languages=languages
    )
    assert expert.confirmed_on == timezone.localdate()
    assert list(expert.languages.values_list("language", "level")) == [("en", "C1")]


@pytest.mark.django_db
def test_the_pages_to_give_and_to_withdraw_a_consent_to_share_a_profile_show_their_effects(
    client: Client,
) -> None:
    expert, network = ExpertFactory(), NetworkFactory()
    officer = officer_actor(network)
    client.force_login(expert.person)
    page = f"/expert/profil/reseaux/{network.slug}/"
    assert f"{network} voit votre profil, votre adresse" in client.get(f"{page}autoriser/").text
    assert client.post(f"{page}autoriser/").status_code == 302
    assert list(Expert.objects.visible_to(officer)) == [expert]
    assert f"{network} ne voit plus votre profil" in client.get(f"{page}retirer/").text
    assert list(Expert.objects.visible_to(officer)) == [expert]
    assert client.post(f"{page}retirer/").status_code == 302
    assert list(Expert.objects.visible_to(officer)) == []


@pytest.mark.django_db
def test_giving_consent_to_one_network_twice_is_refused_with_the_reason(client: Client) -> None:
    expert, network = ExpertFactory(), NetworkFactory()
    actions.give_consent(expert, network=network, by=expert_actor(expert))
    client.force_login(expert.person)
    answer = client.post(f"/expert/profil/reseaux/{network.slug}/autoriser/")
    assert answer.status_code == 409
    assert "Ce réseau voit déjà votre profil." in answer.text


@pytest.mark.django_db
def test_the_url_of_an_unknown_verb_on_a_consent_answers_404(client: Client) -> None:
    expert = ExpertFactory()
    client.force_login(expert.person)
    assert client.get(f"/expert/profil/reseaux/{expert.network.slug}/autre/").status_code == 404


@pytest.mark.django_db
def test_confirming_a_profile_changes_only_the_date_of_its_confirmation() -> None:
    expert = ExpertFactory(confirmed_on=None)
    before = Expert.objects.values().get()
    actions.confirm(expert, by=expert_actor(expert), expected_version=0)
    after = {"confirmed_on": timezone.localdate(), "version": 1}
    assert Expert.objects.values().get() == before | after
    assert list(Entry.objects.values_list("verb", "source", "target")) == [("confirm", "", "")]


@pytest.mark.django_db
def test_only_the_expert_and_their_network_may_edit_an_expert_profile() -> None:
    expert, other = ExpertFactory(), ExpertFactory()
    actors = {
        "own": expert_actor(expert),
        "network": officer_actor(expert.network),
        "employer": employer_actor(expert.employer),
        "other expert": expert_actor(other),
        "other network": officer_actor(other.network),
    }
    allowed = [who for who, actor in actors.items() if rules.can_describe(actor, expert)]
    assert allowed == ["own", "network"]


@pytest.mark.django_db
def test_a_consent_records_the_version_of_its_text_and_a_new_text_requires_a_new_consent(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    expert = ExpertFactory()
    (former,) = expert.consents.all()
    assert former.version == models.CONSENT_VERSION
    for module in (models, actions):
        monkeypatch.setattr(module, "CONSENT_VERSION", "2027-01")
    assert pages.waiting_for_expert(expert_actor(expert))[0].why.startswith("Le texte de votre")
    client.force_login(expert.person)
    assert "le relire" in client.get("/expert/profil/").content.decode()
    assert Expert.objects.shared_with(expert.network_id).exists(), "the former text still holds"
    actions.give_consent(expert, network=expert.network, by=expert_actor(expert))
    versions = [(each.version, each.withdrawn_at is None) for each in expert.consents.all()]
    assert versions == [("2026-11", False), ("2027-01", True)]


@pytest.mark.django_db
def test_one_click_withdraws_a_consent_and_the_network_no_longer_sees_the_profile(
    client: Client,
) -> None:
    expert = ExpertFactory()
    url = f"/reseau/{expert.network.slug}/expertises/{expert.pk}/"
    officer = wearing(officer_actor(expert.network))
    assert officer.get(url).status_code == 200
    client.force_login(expert.person)
    action = f"/expert/profil/reseaux/{expert.network.slug}/retirer/"
    assert f'action="{action}"' in client.get("/expert/profil/").content.decode()
    assert client.post(action).status_code == 302
    assert officer.get(url).status_code == 404


def test_an_availability_added_then_removed_confirms_the_profile_once(db: None) -> None:
    expert = ExpertFactory(confirmed_on=None)
    by, day = expert_actor(expert), timezone.localdate()
    actions.add_availability(expert, by=by, start=day, end=day + timedelta(days=9))
    period = expert.availabilities.latest("pk")
    assert (period.days.lower, period.days.upper) == (day, day + timedelta(days=10))
    assert Expert.objects.get(pk=expert.pk).confirmed_on == day
    actions.remove_availability(period, by=by)
    assert not expert.availabilities.filter(pk=period.pk).exists()


@pytest.mark.parametrize("consent", [True, False])
def test_a_new_profile_is_open_to_its_network_only_with_consent(db: None, consent: bool) -> None:
    person, network = PersonFactory(), NetworkFactory()
    by = Actor(person=person.pk, role="expert")
    made = actions.open_profile(by=by, person=person, network=network, consent=consent)
    assert made.consents.filter(withdrawn_at=None).exists() is consent


@pytest.mark.django_db
def test_the_page_that_removes_a_period_of_availability_writes_its_days_in_french(
    client: Client,
) -> None:
    expert = ExpertFactory()
    actions.add_availability(
        expert, by=expert_actor(expert), start=date(2027, 3, 3), end=date(2027, 3, 9)
    )
    period = expert.availabilities.get(days__startswith=date(2027, 3, 3))
    client.force_login(expert.person)
    page = client.get(f"/expert/profil/disponibilite/{period.pk}/retirer/").text
    assert "Retirer la période du 3 au 9 mars 2027" in page
    assert "La période du 3 au 9 mars 2027 n’est plus proposée aux réseaux." in page


@pytest.mark.django_db
def test_the_journal_records_the_erasure_of_an_unused_draft_only_when_it_is_erased() -> None:
    network = NetworkFactory()
    by = officer_actor(network)
    people = [
        PersonBefore(
            name=name, email=f"{name}@exemple.fr", employer=None, employment="", details={}
        )
        for name in ("ada", "zoe")
    ]
    used, unused = (row for row, _ in actions.take_over(people, network=network, by=by).values())
    ProposalFactory(expert=used)
    erased = [actions.erase_unused(expert, by=by) for expert in (used, unused)]
    assert erased == [False, True]
    assert [entry.verb for entry in Entry.objects.about(used)] == ["take_over"]
    assert [entry.verb for entry in Entry.objects.about(unused)] == ["take_over", "erase_unused"]
