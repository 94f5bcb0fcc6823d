"""Changes to the tables of the law: proposal, decision by a second person, newer software texts."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from explor.actors.networks.models import Coordinator
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.mail.models import Message
from explor.journey.leave_readings import actions, engine, rules
from explor.journey.leave_readings.models import LawAmendment
from explor.journey.leave_readings.pages import law
from explor.journey.leave_readings.states import LAW_AMENDMENT, State
from factories import NetworkFactory, PersonFactory, officer_actor

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
TODAY = timezone.localdate()
ANSWER = ("schemes", "CSI", "answer_days")


def coordinator() -> Actor:
    person = PersonFactory()
    row = Coordinator.objects.create(person=person)
    return Actor(person=person.pk, name=person.name, role="coordination", scope=row.pk)


def propose(by: Actor, value: str = "20", place: Any = ANSWER, **given: Any) -> LawAmendment:
    cell = engine.cell_of(*place)
    about = {"former": cell.value, "source": "Décret n° 2026-1, art. 2", "read_on": TODAY, **given}
    return actions.propose_change(cell, by=by, value=value, **about)


def in_force(value: str = "20", place: Any = ANSWER) -> LawAmendment:
    return actions.approve_change(propose(coordinator(), value, place), by=coordinator())


def answer_days() -> int | None:
    return engine.scheme_of("CSI").answer_days


def newer_software(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    """Simulate a later version of Explor that ships `value` as the text of the cell."""
    for module in ("actions.changes", "pages.law"):
        name = f"explor.journey.leave_readings.{module}.software_value"
        monkeypatch.setattr(name, lambda *place: value)


def test_proposing_a_change_of_the_law_tables_has_no_effect_and_notifies_other_coordinators() -> (
    None
):
    author, other = coordinator(), coordinator()
    change = propose(author)
    assert (change.state, change.former, change.software) == ("proposed", "15", "15")
    assert answer_days() == 15
    told = [message.to for message in Message.objects.all()]
    assert told == [Coordinator.objects.get(pk=other.scope).person.email]
    assert Entry.objects.get(verb="propose_change").details["value"] == "20"


def test_an_approved_change_of_the_law_tables_applies_at_once_and_networks_are_notified() -> None:
    network = NetworkFactory()
    change = in_force()
    scheme = engine.scheme_of("CSI")
    assert (scheme.answer_days, scheme.source) == (20, "Décret n° 2026-1, art. 2")
    assert scheme.read_on == TODAY
    assert change.decided_by not in (None, change.proposed_by)
    assert Message.objects.filter(kind="leave_readings.approve_change", to=network.email).exists()


def test_only_another_person_decides_on_a_law_change_and_only_its_author_withdraws_it() -> None:
    author, other = coordinator(), coordinator()
    change = propose(author)
    for act in (actions.approve_change, actions.decline_change):
        given = {"reason": "Non."} if act is actions.decline_change else {}
        with pytest.raises(ActionNotAllowed, match="Une autre personne"):
            act(change, by=author, **given)
    with pytest.raises(ActionNotAllowed, match="Seule la personne qui a proposé"):
        actions.withdraw_change(change, by=other)
    assert answer_days() == 15


def test_the_database_refuses_a_law_change_without_source_or_approved_by_its_author() -> None:
    change = propose(coordinator())
    rows = LawAmendment.objects.filter(pk=change.pk)
    with pytest.raises(IntegrityError, match="by_two_people"), transaction.atomic():
        rows.update(state=State.APPROVED, decided_by=change.proposed_by)
    with pytest.raises(IntegrityError, match="has_a_source"), transaction.atomic():
        rows.update(source="")


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("verb", ["approve_change", "decline_change", "withdraw_change"])
def test_only_a_proposed_change_of_the_law_can_be_approved_declined_or_withdrawn(
    state: str, verb: str
) -> None:
    assert LAW_AMENDMENT.allows(state, verb, "coordination") is (state == "proposed")
    assert LAW_AMENDMENT.allows(state, verb, "reseau") is False


def test_an_officer_of_a_network_cannot_approve_a_change_of_the_law() -> None:
    change = propose(coordinator())
    with pytest.raises(PermissionDenied):
        actions.approve_change(change, by=officer_actor(NetworkFactory()))
    assert rules.can_change_law(officer_actor(NetworkFactory()), change) is False


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"value": "quinze"}, "écrivez un nombre entier de jours"),
        ({"value": "15"}, "déjà la valeur en vigueur"),
        ({"source": " "}, "Donnez la source"),
        ({"read_on": TODAY + timedelta(days=1)}, "est à venir"),
        ({"former": "14"}, "a changé depuis"),
    ],
)
def test_a_law_change_with_a_wrong_value_source_or_day_or_from_a_stale_page_is_refused(
    given: dict[str, Any], refusal: str
) -> None:
    with pytest.raises(ActionNotAllowed, match=refusal):
        propose(coordinator(), **given)
    assert LawAmendment.objects.count() == 0


def test_a_second_law_change_of_the_same_value_is_refused_while_one_is_pending() -> None:
    propose(coordinator())
    with pytest.raises(ActionNotAllowed, match="attend déjà une décision"):
        propose(coordinator(), "25")


def test_a_change_of_the_law_is_checked_again_when_it_is_approved() -> None:
    first = propose(coordinator(), "2026-12-01", ("schemes", "MCF", "valid_to"))
    second = propose(coordinator(), "2027-06-01", ("schemes", "MCF", "valid_from"))
    actions.approve_change(first, by=coordinator())
    with pytest.raises(ActionNotAllowed, match="ne se suivent pas"):
        actions.approve_change(second, by=coordinator())
    assert engine.scheme_of("MCF").valid_from == date(2022, 12, 28)


def test_a_later_change_of_the_law_replaces_the_former_change_and_both_stay_in_the_history() -> (
    None
):
    first, second = in_force("20"), in_force("25")
    first.refresh_from_db()
    assert (first.state, second.state, second.former) == ("replaced", "approved", "20")
    assert answer_days() == 25
    assert [each.value for each in LawAmendment.objects.all()] == ["25", "20"]


def test_a_declined_or_withdrawn_law_change_has_no_effect_and_its_author_gets_the_reason() -> None:
    author = coordinator()
    declined = actions.decline_change(propose(author), by=coordinator(), reason="Texte abrogé.")
    withdrawn = propose(author, "25")
    actions.withdraw_change(withdrawn, by=author)
    assert (declined.state, withdrawn.state, answer_days()) == ("declined", "withdrawn", 15)
    body = Message.objects.get(kind="leave_readings.decline_change").body
    assert "Texte abrogé." in body


def test_a_newer_shipped_text_of_the_law_is_offered_without_overwriting_a_change_in_force(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change, actor = in_force(), coordinator()
    newer_software(monkeypatch, "30")
    assert law.outdated([change]) == [change]
    assert [task.title for task in law.tasks_on_law(actor)] == [
        "Explor propose un texte plus récent : "
        "Congé de solidarité internationale : Délai de réponse de l’employeur"
    ]
    assert answer_days() == 20
    actions.keep_own(change, by=actor)
    change.refresh_from_db()
    assert (change.kept_against, answer_days()) == ("30", 20)
    assert law.outdated([change]) == []
    newer_software(monkeypatch, "35")
    assert law.outdated([change]) == [change]


def test_a_law_change_is_outdated_once_the_shipped_tables_no_longer_have_its_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change = in_force()
    newer_software(monkeypatch, "20")
    assert law.outdated([change]) == []
    with pytest.raises(ActionNotAllowed, match="pas de texte plus récent"):
        actions.keep_own(change, by=coordinator())
    newer_software(monkeypatch, None)
    assert law.outdated([change]) == [change]


def test_restoring_the_shipped_text_of_the_law_requires_a_second_person() -> None:
    change, author = in_force(), coordinator()
    back = actions.give_back(change, by=author)
    assert (back.value, back.gives_back, answer_days()) == ("15", True, 20)
    actions.approve_change(back, by=coordinator())
    change.refresh_from_db()
    assert (change.state, answer_days()) == ("replaced", 15)
    assert engine.cell_of(*ANSWER).is_own is False
    with pytest.raises(ActionNotAllowed, match="n’est pas en vigueur"):
        actions.give_back(change, by=author)


def test_restoring_the_shipped_text_of_the_law_from_a_stale_page_is_refused() -> None:
    change, author = in_force(), coordinator()
    with pytest.raises(EditConflict):
        actions.give_back(change, by=author, expected_version=change.version - 1)
    assert not LawAmendment.objects.filter(state=State.PROPOSED).exists()
    back = actions.give_back(change, by=author, expected_version=change.version)
    assert back.state == State.PROPOSED


def test_a_shipped_text_of_the_law_that_contradicts_other_changes_cannot_be_restored() -> None:
    last, first = ("schemes", "MCF", "valid_to"), ("schemes", "MCF", "valid_from")
    later = in_force("2029-12-27", ("schemes", "MCF", "doubtful_to")), in_force("2029-12-26", last)
    back = actions.give_back(later[1], by=coordinator())
    in_force("2028-01-01", first)
    with pytest.raises(ActionNotAllowed, match="ne se suivent pas"):
        actions.approve_change(back, by=coordinator())
    actions.decline_change(back, by=coordinator(), reason="Le premier jour a changé.")
    with pytest.raises(ActionNotAllowed, match="ne se suivent pas"):
        actions.give_back(later[1], by=coordinator())
    assert engine.scheme_of("MCF").valid_to == date(2029, 12, 26)


def test_a_law_change_made_by_another_process_applies_at_the_next_request(
    session_of: Session,
) -> None:
    actor = coordinator()
    client, url = session_of(actor), reverse("leave_readings:coordination_scheme", args=["CSI"])
    assert "15 jours" in client.get(url).content.decode()
    change = propose(coordinator())
    LawAmendment.objects.filter(pk=change.pk).update(state=State.APPROVED, decided_by=actor.person)
    assert "20 jours" in client.get(url).content.decode()


def test_the_pages_of_the_law_take_a_constant_number_of_queries(session_of: Session) -> None:
    actor = coordinator()
    client = session_of(actor)
    counts = []
    for codes in (("CSI",), ("PMO", "MCP", "MAD", "MCF")):
        for code in codes:
            in_force("70", ("schemes", code, "advised_days"))
        for page, args in (("schemes", []), ("changes", []), ("scheme", ["CSI"])):
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(f"leave_readings:coordination_{page}", args=args))
            counts.append(len(queries))
    assert counts[:3] == counts[3:]
    assert max(counts) < 10


def test_one_coordinator_proposes_a_law_change_on_the_page_and_another_approves_it(
    session_of: Session,
) -> None:
    author, other = coordinator(), coordinator()
    url = reverse("leave_readings:coordination_propose_change", args=ANSWER)
    client = session_of(author)
    assert "En vigueur : 15 jours." in client.get(url).content.decode()
    data = {
        "former": "15",
        "value": "0",
        "source": "Décret",
        "read_on": TODAY.isoformat(),
        "idempotency_key": "a" * 32,
    }
    refused = client.post(url, data)
    assert refused.status_code == 422
    assert "Décret" in refused.content.decode()
    assert client.post(url, {**data, "value": "20"}).status_code == 302
    change = LawAmendment.objects.get()
    page = reverse("leave_readings:coordination_change", args=[change.pk])
    assert "Une autre personne de la coordination décide" in client.get(page).content.decode()
    (task,) = law.tasks_on_law(other)
    assert task.url == page
    assert law.tasks_on_law(author) == []
    approve = reverse("leave_readings:coordination_approve_change", args=[change.pk])
    second = session_of(other)
    done = second.post(approve, {"version": change.version, "idempotency_key": "b" * 32})
    assert done.status_code == 302
    assert answer_days() == 20


def test_a_network_can_read_the_law_and_its_history_but_not_change_it(
    session_of: Session,
) -> None:
    change = in_force()
    officer = officer_actor(NetworkFactory())
    client = session_of(officer)
    for page, args in (("schemes", []), ("thresholds", []), ("changes", []), ("scheme", ["CSI"])):
        found = client.get(reverse(f"leave_readings:reseau_{page}", args=[officer.key, *args]))
        assert found.status_code == 200, page
        assert "Proposer un changement" not in found.content.decode()
    for url in (
        reverse("leave_readings:coordination_change", args=[change.pk]),
        reverse("leave_readings:coordination_propose_change", args=ANSWER),
        reverse("leave_readings:coordination_give_back", args=[change.pk]),
    ):
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("place", [("schemes", "CSI", "label"), ("schemes", "X", "valid_to")])
def test_the_change_page_of_a_fixed_value_of_the_law_returns_404(
    place: Any, session_of: Session
) -> None:
    client = session_of(coordinator())
    url = reverse("leave_readings:coordination_propose_change", args=place)
    assert client.get(url).status_code == 404
    unknown = reverse("leave_readings:coordination_scheme", args=["XXX"])
    assert client.get(unknown).status_code == 404


@pytest.mark.parametrize("verb", ["approve_change", "decline_change", "withdraw_change"])
@pytest.mark.parametrize("state", State.values)
def test_a_decision_on_a_law_change_posted_to_its_url_succeeds_only_while_it_is_proposed(
    verb: str, state: str, session_of: Session
) -> None:
    author, other = coordinator(), coordinator()
    change = propose(author)
    LawAmendment.objects.update(state=state, decided_by=other.person)
    by = author if verb == "withdraw_change" else other
    url = reverse(f"leave_readings:coordination_{verb}", args=[change.pk])
    data = {"version": change.version, "reason": "Parce que.", "idempotency_key": "c" * 32}
    status = session_of(by).post(url, data).status_code
    assert status == (302 if state == "proposed" else 409)


@pytest.mark.parametrize(
    ("place", "text", "words"),
    [
        (ANSWER, "1", "1 jour"),
        (("schemes", "CSI", "longest_months"), "1", "1 mois"),
        (("schemes", "MCF", "valid_to"), "2027-12-27", "27/12/2027"),
        (("schemes", "CSI", "silence_is_consent"), "yes", "vaut accord"),
        (("schemes", "CP", "answer_days"), "", "aucun"),
        (("thresholds", "csi_seniority", "value"), "12", "12 mois"),
        (ANSWER, None, "Explor n’a plus ce texte"),
    ],
)
def test_the_value_of_a_cell_of_the_law_tables_is_shown_in_french_words(
    place: Any, text: str | None, words: str
) -> None:
    assert law.shown(engine.cell_of(*place), text) == words
