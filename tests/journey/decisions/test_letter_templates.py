"""Templates of a network's letters: fields are filled in, and required fields are checked."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.mail.models import Message
from explor.ground.ui.days import date_format
from explor.journey.committees.models import Verdict
from explor.journey.committees.selectors import bylaws_of
from explor.journey.decisions import actions, pages, rules, selectors
from explor.journey.decisions.actions import letters
from explor.journey.decisions.models import Decision, LetterTemplate
from factories import (
    MemberFactory,
    NetworkFactory,
    OfficerFactory,
    administrator_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
TEXT = "Chère association,\n\n[décision] : [motifs]\n\n[réexamen]\n\nBien à vous, [réseau]"


def decided(committee: Any, verdict: str = "favourable") -> Decision:
    """Decide the first need of the committee, with its reasons."""
    need = committee.needs[0]
    MemberFactory(organisation=need.association)
    Decision.objects.filter(need=need).update(
        state="decided", verdict=verdict, letter="Motif un.", decided_at=timezone.now()
    )
    return committee.decision()


def letter(decision: Decision) -> str:
    texts = selectors.letter_texts(decision.need.network_id)
    return pages.letter_of(decision, bylaws_of(decision.need.call), texts)


def edit(network: Any, verdict: str, text: str) -> LetterTemplate:
    template = selectors.letter_template(network, verdict)
    return actions.edit_letter_template(template, by=administrator_actor(), text=text)


@pytest.mark.parametrize("verdict", Verdict.values)
def test_the_default_text_of_each_letter_has_every_required_field(verdict: str) -> None:
    template = LetterTemplate(
        network=NetworkFactory(), verdict=verdict, text=pages.original_text(verdict)
    )
    assert rules.missing_in_template(template) == []


def test_a_letter_uses_the_template_of_its_own_network(committee: Any) -> None:
    decision = decided(committee, "unfavourable")
    network = committee.call.network
    edit(network, "unfavourable", TEXT)
    edit(NetworkFactory(), "unfavourable", TEXT.replace("Chère", "Autre"))
    until = timezone.localtime(rules.review_deadline(decision, bylaws_of(committee.call)))
    assert letter(decision) == (
        "Chère association,\n\ndéfavorable : Motif un.\n\n"
        "Vous pouvez demander une fois un réexamen, avec vos raisons, depuis la page du besoin, "
        f"jusqu’au {date_format(until)}.\n\nBien à vous, {network.name}"
    )


def test_a_field_name_in_brackets_in_the_reasons_of_a_letter_is_not_replaced(
    committee: Any,
) -> None:
    decision = decided(committee)
    decision.letter = "Voir [association]."
    assert "Voir [association]." in letter(decision)


@pytest.mark.parametrize(
    ("verdict", "text", "reasons"),
    [
        ("favourable", "", []),
        ("favourable", "[décision] [motifs]", []),
        (
            "favourable",
            "Bonjour",
            [
                "Ajoutez [décision] : la décision du comité.",
                "Ajoutez [motifs] : les motifs écrits pour cette association.",
            ],
        ),
        (
            "unfavourable",
            "[décision] [motifs]",
            [
                "Ajoutez [réexamen] : comment demander un réexamen et jusqu’à quand, "
                "s’il est possible."
            ],
        ),
        ("favourable", "[décision] [motifs] [nom]", ["« [nom] » n’est pas un champ connu."]),
    ],
)
def test_the_function_missing_in_template_returns_missing_and_unknown_fields(
    verdict: str, text: str, reasons: list[str]
) -> None:
    template = LetterTemplate(network=NetworkFactory(), verdict=verdict, text=text)
    assert rules.missing_in_template(template) == reasons


def test_a_letter_template_with_an_invalid_text_is_not_saved() -> None:
    network = NetworkFactory()
    with pytest.raises(ActionNotAllowed):
        edit(network, "favourable", "Bonjour")
    assert selectors.letter_texts(network.pk) == {}


def test_a_template_edited_from_a_stale_version_is_refused() -> None:
    network = NetworkFactory()
    read_by_both = selectors.letter_template(network, "favourable")
    assert read_by_both.pk is None
    edit(network, "favourable", "Un. [décision] [motifs]")
    with pytest.raises(EditConflict):
        actions.edit_letter_template(
            read_by_both,
            by=administrator_actor(),
            text="Deux. [décision] [motifs]",
            expected_version=read_by_both.version,
        )
    assert selectors.letter_texts(network.pk) == {"favourable": "Un. [décision] [motifs]"}


def test_a_scheduled_letter_is_unscheduled_when_its_template_changes(committee: Any) -> None:
    decision = decided(committee)
    network = committee.call.network
    OfficerFactory(network=network, person__email="officer@reseau.example")
    at = timezone.now() + timedelta(hours=1)
    actions.schedule_announcement([(decision, None)], by=officer_actor(network), at=at)
    edit(network, "unfavourable", TEXT)
    assert committee.decision().announce_at == at
    edit(network, "favourable", TEXT)
    assert committee.decision().announce_at is None
    messages = Message.objects.filter(kind="decisions.edit_letter_template")
    assert "Une lettre programmée attend de nouveau" in {each.subject for each in messages}


def test_scheduling_a_letter_whose_template_changed_since_it_was_read_is_refused(
    committee: Any,
) -> None:
    decision = decided(committee)
    network = committee.call.network
    browser = wearing(officer_actor(network))
    home = f"/reseau/{network.slug}/appels/{committee.call.pk}/annonces/"
    read = [key for key, _ in browser.get(home).context["form"].fields["letters"].choices]
    edit(network, "favourable", TEXT)
    answer = browser.post(home, {"letters": read, "at": "2030-01-01T10:00"})
    assert answer.status_code == 422
    assert "relisez-la" in answer.content.decode()
    assert committee.decision(0) == decision and committee.decision(0).announce_at is None


def direction(network: Any) -> Client:
    return wearing(officer_actor(OfficerFactory(network=network, position="direction").network))


def press(client: Client, url: str, text: str) -> Any:
    form = client.get(url).context["form"]
    version = form["version"].value()
    return client.post(url, {"version": version, "text": text, "idempotency_key": str(uuid4())})


@pytest.mark.parametrize("role", ["reseau", "administration"])
def test_directors_and_administrators_edit_a_template_from_its_page(role: str) -> None:
    network = NetworkFactory()
    if role == "reseau":
        client, home = direction(network), f"/reseau/{network.slug}/le-reseau/lettres/"
    else:
        client = wearing(administrator_actor())
        home = f"/administration/reseaux/{network.pk}/lettres/"
    assert client.get(home).content.decode().count("texte d’origine") == len(Verdict)
    url = f"{home}defavorable/modifier/"
    refused = press(client, url, "Bonjour")
    assert refused.status_code == 409
    assert "Ajoutez [motifs]" in refused.content.decode()
    assert "Bonjour" in refused.content.decode()
    assert press(client, url, TEXT.replace("\n", "\r\n")).status_code == 302
    assert selectors.letter_texts(network.pk) == {"unfavourable": TEXT}
    assert "Chère association," in client.get(home).content.decode()
    assert press(client, url, pages.original_text("unfavourable")).status_code == 302
    assert selectors.letter_texts(network.pk) == {}


def test_an_officer_who_is_not_director_reads_templates_but_cannot_edit_them() -> None:
    network = NetworkFactory()
    client = wearing(officer_actor(network))
    home = f"/reseau/{network.slug}/le-reseau/lettres/"
    assert "modifier/" not in client.get(home).content.decode()
    assert client.get(f"{home}favorable/modifier/").status_code == 403
    assert client.post(f"{home}favorable/modifier/", {"text": ""}).status_code == 403
    assert client.get(f"{home}inconnu/modifier/").status_code == 404


def test_the_list_of_templates_stays_within_its_query_limit_with_custom_texts(
    django_assert_max_num_queries: Any,
) -> None:
    network = NetworkFactory()
    for verdict in Verdict.values:
        edit(network, verdict, TEXT)
    client = direction(network)
    with django_assert_max_num_queries(12):
        client.get(f"/reseau/{network.slug}/le-reseau/lettres/")


def test_announcing_with_a_changed_template_shows_the_letter_again_before_sending_it(
    committee: Any,
) -> None:
    decision = decided(committee)
    network = committee.call.network
    client = wearing(officer_actor(network))
    url = f"/reseau/{network.slug}/decisions/{decision.need_id}/annoncer/"
    form = client.get(url).context["form"]
    read = {name: form[name].value() for name in form.fields}
    edit(network, "favourable", TEXT)
    answer = client.post(url, read)
    page = answer.content.decode()
    assert (answer.status_code, committee.decision().state) == (422, "decided")
    assert "relisez-la" in page and "Chère association," in page
    form = answer.context["form"]
    again = {name: form[name].value() for name in form.fields}
    assert client.post(url, again).status_code == 302
    assert committee.decision().state == "announced"
    assert Message.objects.filter(kind="decisions.announce", body__startswith="Chère").exists()


def test_unscheduling_all_letters_succeeds_when_one_is_sent_at_the_same_time(
    committee: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = decided(committee)
    second = committee.decision(1)
    Decision.objects.filter(pk=second.pk).update(
        state="decided", verdict="favourable", letter="Deux.", decided_at=timezone.now()
    )
    by = officer_actor(committee.call.network)
    at = timezone.now() + timedelta(hours=1)
    actions.schedule_announcement([(first, None), (second, None)], by=by, at=at)
    lock = letters.lock_decisions

    def lock_while_one_leaves(rows: Any) -> None:
        monkeypatch.setattr(letters, "lock_decisions", lock)
        actions.announce(committee.decision(), by=by)
        lock(rows)

    monkeypatch.setattr(letters, "lock_decisions", lock_while_one_leaves)
    actions.unschedule_all(committee.call, by=by)
    assert committee.decision().state == "announced"
    assert committee.decision(1).announce_at is None
