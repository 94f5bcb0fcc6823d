"""Verbs on a call: what each writes and sends, and when each is refused."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from explor.actors.networks.selectors import addresses_of
from explor.ground.audit.models import Entry
from explor.ground.http.actor import SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.mail.models import Message
from explor.journey.calls import actions, pages, rules, selectors
from explor.journey.calls.models import Call, Funder, FunderMember, RequestedPaper
from explor.journey.calls.states import CALL, State
from explor.journey.calls.tasks import close_due
from explor.journey.committees.actions import invite_member
from explor.journey.eligibility import actions as eligibility
from factories import (
    CallFactory,
    FunderFactory,
    MeetingFactory,
    MemberFactory,
    NeedFactory,
    NetworkFactory,
    PersonFactory,
    association_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
GRID = [
    {"label": "Utilité", "help": "", "weight": 3, "levels": ["Aucune", "Réelle"]},
    {"label": "Clarté", "help": "Sait-on ?", "weight": 2, "levels": []},
]
PAPERS = [
    {"label": "Statuts", "help": "Signés", "needed": True},
    {"label": "Rapport", "help": "", "needed": False},
]


def grid_of(call: Call) -> list[tuple[str, int, list[str]]]:
    return [(each.label, each.weight, each.levels) for each in call.criteria.all()]


@pytest.fixture
def call() -> Call:
    return CallFactory(state="draft", presentation="Pour tous.")


@pytest.fixture
def by(call: Call) -> Any:
    return officer_actor(call.network)


@pytest.mark.parametrize(
    ("state", "verb"), list(product(State.values, ("open_call", "close_call", "end_call")))
)
def test_a_verb_on_a_call_succeeds_only_in_states_and_roles_that_the_workflow_allows(
    state: str, verb: str, call: Call, by: Any
) -> None:
    need = NeedFactory(network=call.network, call=call)
    rows = [row for row in CALL.transitions if row.verb == verb and state in row.sources]
    for actor in (by, association_actor(need.association), SYSTEM):
        Call.objects.filter(pk=call.pk).update(state=state)
        call.refresh_from_db()
        allowed = bool(rows) and actor.role in rows[0].by
        assert rules.can(actor, verb, call) is (allowed and actor is by)
        if allowed:
            assert getattr(actions, verb)(call, by=actor).state == rows[0].target
        else:
            with pytest.raises(PermissionDenied if rows else ActionNotAllowed):
                getattr(actions, verb)(call, by=actor)


def test_setting_the_grid_of_a_call_keeps_the_row_of_a_criterion_whose_label_is_unchanged(
    call: Call, by: Any
) -> None:
    actions.set_grid(call, by=by, criteria=GRID)
    kept = call.criteria.get(label="Clarté").pk
    actions.set_grid(call, by=by, criteria=GRID[::-1])
    assert grid_of(call) == [("Clarté", 2, []), ("Utilité", 3, ["Aucune", "Réelle"])]
    assert call.criteria.get(label="Clarté").pk == kept
    actions.set_grid(call, by=by, criteria=GRID[:1])
    assert grid_of(call) == [("Utilité", 3, ["Aucune", "Réelle"])]


def test_setting_the_grid_of_a_call_changes_only_levels_after_a_need_is_filed(
    call: Call, by: Any
) -> None:
    actions.set_grid(call, by=by, criteria=GRID)
    NeedFactory(network=call.network, call=call, filed=True)
    with pytest.raises(ActionNotAllowed, match="leurs poids ne changent plus"):
        actions.set_grid(call, by=by, criteria=GRID[:1])
    with pytest.raises(ActionNotAllowed, match="leurs poids ne changent plus"):
        actions.set_grid(call, by=by, criteria=[{**GRID[0], "weight": 4}, GRID[1]])
    actions.set_grid(call, by=by, criteria=[GRID[0], {**GRID[1], "levels": ["Non", "Oui"]}])
    assert grid_of(call)[1] == ("Clarté", 2, ["Non", "Oui"])


def test_a_document_that_is_no_longer_requested_keeps_its_database_row(call: Call, by: Any) -> None:
    actions.set_papers(call, by=by, papers=PAPERS)
    kept = RequestedPaper.objects.get(label="Rapport").pk
    actions.set_papers(call, by=by, papers=PAPERS[:1])
    assert [each.label for each in selectors.papers_of(call)] == ["Statuts"]
    actions.set_papers(call, by=by, papers=PAPERS)
    assert RequestedPaper.objects.get(label="Rapport").pk == kept


def test_the_action_set_rule_turns_a_known_rule_on_or_off_and_refuses_an_unknown_code(
    call: Call, by: Any
) -> None:
    eligibility.set_rule(call, by=by, code="age", on=True, value=2)
    eligibility.set_rule(call, by=by, code="pays", on=True, value=["MG"])
    eligibility.set_rule(call, by=by, code="age", on=False)
    assert Call.objects.get().eligibility == {"pays": ["MG"]}
    details = [entry.details for entry in Entry.objects.about(call).filter(verb="set_rule")]
    assert details[0] == {"rule": "age", "value": 2}
    with pytest.raises(ActionNotAllowed, match="n’existe pas"):
        eligibility.set_rule(call, by=by, code="humeur", on=True)


def test_editing_a_call_from_a_stale_version_is_refused(call: Call, by: Any) -> None:
    eligibility.set_rule(call, by=by, code="age", on=True, value=2, expected_version=0)
    with pytest.raises(EditConflict):
        eligibility.set_rule(call, by=by, code="age", on=False, expected_version=0)
    with pytest.raises(EditConflict):
        actions.set_papers(call, by=by, papers=PAPERS, expected_version=0)
    assert Call.objects.get().eligibility == {"age": 2}


def test_copying_a_call_moves_its_dates_by_a_year_and_omits_its_envelopes(
    call: Call, by: Any
) -> None:
    actions.set_grid(call, by=by, criteria=GRID)
    actions.set_papers(call, by=by, papers=PAPERS[:1])
    eligibility.set_rule(call, by=by, code="age", on=True, value=2)
    milestone = {"on": date(2027, 1, 12), "label": "Réunion"}
    actions.set_calendar(call, by=by, milestones=[milestone])
    made = actions.copy_call(call, by=by, title="Appel suivant")
    assert (made.state, made.network, made.eligibility) == ("draft", call.network, {"age": 2})
    assert grid_of(made) == grid_of(call)
    assert [each.label for each in selectors.papers_of(made)] == ["Statuts"]
    assert [each.on for each in made.milestones.all()] == [date(2028, 1, 12)]
    assert made.opens_at == rules.next_year(call.opens_at)
    assert made.closes_at == rules.next_year(call.closes_at)
    assert (made.lead, made.envelopes.count()) == (None, 0)


def shared(call: Call, by: Any) -> Call:
    network = NetworkFactory()
    officer_actor(network)
    return actions.share(call, by=by, network=network)


def test_a_change_made_by_the_lead_network_of_a_shared_call_updates_the_shared_copies(
    call: Call, by: Any
) -> None:
    actions.set_grid(call, by=by, criteria=GRID)
    twin = shared(call, by)
    other = officer_actor(twin.network)
    assert (twin.state, twin.title, grid_of(twin)) == ("draft", call.title, grid_of(call))
    assert [line.title for line in pages.proposed_to(other)] == [
        f"Ouvrir avec {call.network} : {call.title}"
    ]
    assert Message.objects.get(kind="calls.share").to == other.email
    actions.open_call(twin, by=other)
    assert pages.proposed_to(other) == []
    later = timezone.now() + timedelta(days=60)
    actions.set_call(call, by=by, changes={"closes_at": later, "min_days": 8})
    eligibility.set_rule(call, by=by, code="age", on=True, value=3)
    actions.set_papers(call, by=by, papers=PAPERS)
    actions.set_calendar(call, by=by, milestones=[{"on": date(2027, 5, 1), "label": "Bilan"}])
    actions.set_grid(call, by=by, criteria=GRID[:1])
    twin.refresh_from_db()
    assert (twin.closes_at, twin.min_days, twin.eligibility) == (later, 8, {"age": 3})
    assert [each.label for each in selectors.papers_of(twin)] == ["Statuts", "Rapport"]
    assert [each.label for each in twin.milestones.all()] == ["Bilan"]
    assert grid_of(twin) == [("Utilité", 3, ["Aucune", "Réelle"])]
    with pytest.raises(ActionNotAllowed, match="ses règles se changent chez"):
        eligibility.set_rule(twin, by=other, code="age", on=False)


def test_reopening_a_shared_call_notifies_the_networks_where_the_call_is_closed(
    call: Call, by: Any
) -> None:
    closed, declined, ended = (shared(call, by) for _ in range(3))
    actions.open_call(call, by=by)
    assert not Message.objects.filter(kind="calls.open_call").exists()
    for row, state in ((call, "closed"), (closed, "closed"), (ended, "ended")):
        Call.objects.filter(pk=row.pk).update(state=state)
    call.refresh_from_db()
    actions.open_call(call, by=by)
    letter = Message.objects.get(kind="calls.open_call")
    assert letter.to in addresses_of(closed.network)
    assert str(call.network) in letter.body
    [line] = pages.effects_of_open(by, call).notified
    assert line.who == str(closed.network)
    assert declined.state == "draft"


def test_an_open_call_must_have_a_future_closing_date_unless_it_is_rolling(
    call: Call, by: Any
) -> None:
    twin = shared(call, by)
    actions.open_call(call, by=by)
    actions.open_call(twin, by=officer_actor(twin.network))
    for wrong in (None, timezone.now() - timedelta(days=1)):
        with pytest.raises(ActionNotAllowed, match="clôture"):
            actions.set_call(call, by=by, changes={"closes_at": wrong})
    twin.refresh_from_db()
    assert twin.closes_at == Call.objects.get(pk=call.pk).closes_at > timezone.now()
    actions.set_call(call, by=by, changes={"closes_at": None, "rolling": True})


def test_the_past_closing_date_of_a_closed_call_cannot_change_except_to_a_future_date(
    call: Call, by: Any
) -> None:
    past = timezone.now() - timedelta(days=1)
    Call.objects.filter(pk=call.pk).update(state="closed", closes_at=past, grace_minutes=10)
    for changes in ({"closes_at": past - timedelta(hours=1)}, {"grace_minutes": 0}):
        call.refresh_from_db()
        with pytest.raises(ActionNotAllowed, match="La clôture est passée"):
            actions.set_call(call, by=by, changes=changes)
    call.refresh_from_db()
    actions.set_call(call, by=by, changes={"title": "Autre titre", "closes_at": past})
    later = timezone.now() + timedelta(days=1)
    assert actions.set_call(call, by=by, changes={"closes_at": later}).closes_at == later


def test_changing_the_lead_of_a_shared_call_cannot_close_a_copy_that_is_still_open(
    call: Call, by: Any
) -> None:
    twin = shared(call, by)
    actions.open_call(twin, by=officer_actor(twin.network))
    past = timezone.now() - timedelta(days=1)
    changes = {"closes_at": past, "rolling": False}
    with pytest.raises(ActionNotAllowed, match=f"Chez {twin.network} : La clôture est passée"):
        actions.set_call(call, by=by, changes=changes)  # a draft here
    twin.refresh_from_db()
    assert twin.closes_at != past


def test_the_past_opening_date_of_an_open_call_cannot_be_postponed(call: Call, by: Any) -> None:
    actions.open_call(call, by=by)
    assert rules.is_receiving(call, timezone.now())
    with pytest.raises(ActionNotAllowed, match="ne se repousse plus"):
        actions.set_call(call, by=by, changes={"opens_at": timezone.now() + timedelta(days=2)})


def test_associations_that_prepare_a_need_are_notified_of_changes_of_their_open_call(
    call: Call, by: Any
) -> None:
    twin = shared(call, by)
    needs = [
        NeedFactory(call=row, network=row.network, association=MemberFactory().organisation)
        for row in (call, twin)
    ]
    actions.set_call(call, by=by, changes={"max_days": 20})
    assert not Message.objects.filter(kind="admissibility.terms_changed").exists()
    actions.open_call(call, by=by)
    actions.open_call(twin, by=officer_actor(twin.network))
    later = datetime(2030, 3, 1, 11, tzinfo=UTC)
    actions.set_call(call, by=by, changes={"closes_at": later})
    actions.set_call(call, by=by, changes={"title": "Autre titre"})
    actions.set_call(call, by=by, changes={"max_days": 15, "needs_per_association": 1})
    eligibility.set_rule(call, by=by, code="age", on=True, value=3)
    actions.set_papers(call, by=by, papers=PAPERS)
    actions.set_papers(call, by=by, papers=PAPERS)
    sent = Message.objects.filter(kind="admissibility.terms_changed").order_by("pk")
    for need in needs:
        own = [each.body for each in sent if each.about == f"needs.need:{need.pk}"]
        assert len(own) == 4
        closing = "- La clôture du dépôt : le 1er mars 2030 à 12:00 (heure de Paris) au lieu du "
        assert closing in own[0]
        assert "15 au lieu de 20.\n- Besoins par association : 1 au lieu de 2." in own[1]
        assert "Une condition vaut désormais : " in own[2]
        assert own[3].endswith("- La liste des documents demandés a changé.")


def test_setting_the_grid_is_refused_when_another_network_of_the_shared_call_has_a_need(
    call: Call, by: Any
) -> None:
    actions.set_grid(call, by=by, criteria=GRID)
    twin = shared(call, by)
    NeedFactory(network=twin.network, call=twin, filed=True)
    with pytest.raises(ActionNotAllowed, match="a déjà reçu des besoins"):
        actions.set_grid(call, by=by, criteria=GRID[:1])
    assert (
        grid_of(call) == grid_of(twin) == [("Utilité", 3, ["Aucune", "Réelle"]), ("Clarté", 2, [])]
    )


def test_sharing_a_call_with_a_network_that_already_has_it_is_refused(call: Call, by: Any) -> None:
    twin = shared(call, by)
    for network in (twin.network, call.network):
        with pytest.raises(ActionNotAllowed, match="a déjà cet appel"):
            actions.share(call, by=by, network=network)
    with pytest.raises(ActionNotAllowed, match="ses règles se changent chez"):
        actions.share(twin, by=officer_actor(twin.network), network=NetworkFactory())


def test_declining_a_proposed_call_that_is_open_is_refused(call: Call, by: Any) -> None:
    twin = shared(call, by)
    other = officer_actor(twin.network)
    actions.decline_share(twin, by=other)
    assert list(Call.objects.all()) == [call]
    last = Entry.objects.about(call).last()
    assert last is not None and last.verb == "decline_share"
    assert Message.objects.get(kind="calls.decline_share").to == by.email
    opened = shared(call, by)
    actions.open_call(opened, by=officer_actor(opened.network))
    for row in (opened, call):
        with pytest.raises(ActionNotAllowed, match="ne se décline plus"):
            actions.decline_share(row, by=by)


def test_a_declined_call_ends_the_invitations_to_its_committee(call: Call, by: Any) -> None:
    twin = CallFactory(lead=call, state="draft")
    other = officer_actor(twin.network)
    invite_member(twin, by=other, email="nadia@exemple.test")
    link = Message.objects.get(to="nadia@exemple.test").url
    assert Client().get(link).status_code == 200
    actions.decline_share(twin, by=other)
    again = CallFactory(slug=twin.slug)  # the same title, a year later
    assert Client().get(link).status_code == 404
    assert not again.committee.exists()


def test_a_call_whose_committee_has_a_meeting_can_no_longer_be_declined(call: Call) -> None:
    twin = MeetingFactory(call=CallFactory(lead=call, state="draft")).call
    with pytest.raises(ActionNotAllowed, match="déjà une séance"):
        actions.decline_share(twin, by=officer_actor(twin.network))
    assert Call.objects.filter(pk=twin.pk).exists()


def test_ending_a_shared_call_emails_the_other_networks_which_can_then_change_their_own(
    call: Call, by: Any
) -> None:
    twin = shared(call, by)
    other = officer_actor(twin.network)
    Call.objects.update(state="closed", closes_at=timezone.now() - timedelta(days=1))
    twin.refresh_from_db()
    with pytest.raises(ActionNotAllowed, match="ses règles se changent chez"):
        actions.set_call(twin, by=other, changes={"rolling": True})
    actions.end_call(Call.objects.get(pk=call.pk), by=by)
    letters = Message.objects.filter(kind="calls.end_call")
    assert {each.to for each in letters} >= {other.email}
    assert "« dépôt clos »" in letters[0].body
    twin = Call.objects.get(pk=twin.pk)
    actions.set_call(twin, by=other, changes={"rolling": True})
    assert Call.objects.get(pk=twin.pk).rolling


def test_close_due_closes_only_calls_past_their_closing_and_grace_period() -> None:
    now = timezone.now()
    past, grace, rolling, coming = (
        CallFactory(closes_at=now - timedelta(minutes=5)),
        CallFactory(closes_at=now - timedelta(minutes=5), grace_minutes=10),
        CallFactory(closes_at=None, rolling=True),
        CallFactory(closes_at=now + timedelta(minutes=5)),
    )
    for _ in range(2):
        close_due(0)
    states = [Call.objects.get(pk=row.pk).state for row in (past, grace, rolling, coming)]
    assert states == ["closed", "open", "open", "open"]
    assert Entry.objects.filter(verb="close_call").count() == 1


def test_a_funder_with_the_slug_of_another_is_neither_created_nor_renamed() -> None:
    FunderFactory(name="Fonjep", slug="fonjep")
    other = FunderFactory(name="Autre", slug="autre")
    for act in (
        lambda: actions.create_funder(by=SYSTEM, name="Nouveau", slug="fonjep", level="national"),
        lambda: actions.edit_funder(other, by=SYSTEM, name="Autre nom", slug="fonjep"),
    ):
        with pytest.raises(ActionNotAllowed) as refusal:
            act()
        assert refusal.value.reasons == ("L’identifiant « fonjep » est déjà pris.",)
    rows = Funder.objects.order_by("pk").values_list("name", "slug")
    assert list(rows) == [("Fonjep", "fonjep"), ("Autre", "autre")]
    assert Entry.objects.count() == 0


def test_withdrawing_a_funder_role_from_a_member_of_another_funder_is_refused() -> None:
    funder = FunderFactory()
    elsewhere = FunderMember.objects.create(funder=FunderFactory(), person=PersonFactory())
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.leave_funder(elsewhere.person, funder.slug, by=SYSTEM, reason="Départ.")
    assert refusal.value.reasons == ("Cette personne ne lit pas pour ce financeur.",)
    assert (list(FunderMember.objects.all()), Entry.objects.count()) == ([elsewhere], 0)


def test_a_new_call_is_a_draft_with_the_example_grid(db: None) -> None:
    network, fields = NetworkFactory(), {"title": "Appel de mars", "opens_at": timezone.now()}
    call = actions.draft(network, by=officer_actor(network), **fields)
    assert (call.state, call.slug) == ("draft", f"{network.slug}-appel-de-mars")
    assert list(call.criteria.order_by("order").values_list("label", "weight")) == [
        (label, weight) for label, _, weight in actions.GRID
    ]


def test_granting_a_funder_role_twice_gives_it_once(db: None) -> None:
    funder, person = FunderFactory(), PersonFactory()
    for _ in range(2):
        actions.join_funder(person, funder.slug, "")
    assert list(FunderMember.objects.values_list("funder", "person")) == [(funder.pk, person.pk)]
