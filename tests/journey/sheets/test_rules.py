"""Permissions on sheets, checked by the rules and by the URLs."""

import pytest

from explor.ground.http.actor import Actor
from explor.journey.sheets import actions, rules
from explor.journey.sheets.models import ProjectSheet
from factories import (
    AssociationFactory,
    NetworkFactory,
    ProjectFactory,
    SheetFactory,
    SheetImportFactory,
    association_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
ADMINISTRATION = Actor(name="Administration", role="administration")


@pytest.fixture
def row() -> ProjectSheet:
    """Return a draft sheet written from a project."""
    project = ProjectFactory(title="Un grenier", objectives="Garder les récoltes.")
    return actions.write_from_file(project, by=officer_actor(project.association.network))


def test_a_network_may_edit_only_its_own_sheets(row: ProjectSheet) -> None:
    assert rules.can_edit(officer_actor(row.network), row)
    assert not rules.can_edit(officer_actor(NetworkFactory()), row)
    assert not rules.can_edit(ADMINISTRATION, row)


def test_a_network_may_write_only_the_sheets_of_its_associations(row: ProjectSheet) -> None:
    assert row.project
    assert rules.can_write(officer_actor(row.network), row.project)
    assert not rules.can_write(officer_actor(NetworkFactory()), row.project)
    assert not rules.can_write(association_actor(row.project.association), row.project)


def test_an_association_may_request_corrections_only_of_its_own_sheets(row: ProjectSheet) -> None:
    assert row.project
    assert rules.can_ask_correction(association_actor(row.project.association), row)
    assert not rules.can_ask_correction(association_actor(AssociationFactory()), row)
    without_project = SheetFactory()
    assert not rules.can_ask_correction(association_actor(row.project.association), without_project)


def test_only_networks_import_sheets_and_each_sees_its_own_imports() -> None:
    batch = SheetImportFactory()
    own, other = officer_actor(batch.network), officer_actor(NetworkFactory())
    association = Actor(name="Fatou", role="association", scope=batch.network_id)
    actors = (own, other, association, ADMINISTRATION)
    assert [rules.can_import(actor, None) for actor in actors] == [True, True, False, False]
    assert [rules.can_import(actor, batch) for actor in actors] == [True, False, False, False]


def test_the_network_association_and_administration_act_on_a_sheet_as_the_workflow_allows(
    row: ProjectSheet,
) -> None:
    assert row.project
    network, association = officer_actor(row.network), association_actor(row.project.association)
    assert rules.can_act(network, "publish", row)
    assert rules.can_act(association, "approve", row)
    assert rules.can_act(ADMINISTRATION, "publish", row)
    assert not rules.can_act(association, "publish", row)
    assert not rules.can_act(network, "withdraw", row)
    assert not rules.can_act(officer_actor(NetworkFactory()), "publish", row)


@pytest.mark.parametrize("verb", ["confirmer", "retirer"])
def test_posting_an_action_not_allowed_in_the_state_of_the_sheet_is_refused(
    row: ProjectSheet, verb: str
) -> None:
    by = officer_actor(row.network)
    url = f"/reseau/{by.key}/fiches/{row.pk}/{verb}/"
    answer = wearing(by).post(url, {"version": row.version, "reason": "Erreur."})
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (409, "draft")


def test_posting_an_action_on_a_sheet_reserved_to_another_role_returns_404(
    row: ProjectSheet,
) -> None:
    assert row.project
    network, association = officer_actor(row.network), association_actor(row.project.association)
    form = {"version": row.version}
    own = f"/association/{association.key}/fiches/{row.pk}/publier/"
    assert wearing(association).post(own, form).status_code == 404
    theirs = f"/reseau/{network.key}/fiches/{row.pk}/valider/"
    assert wearing(network).post(theirs, form).status_code == 404
    confirm = f"/association/{association.key}/fiches/{row.pk}/confirmer/"
    assert wearing(association).post(confirm, form).status_code == 409
    row.refresh_from_db()
    assert (row.state, row.approved_on) == ("draft", None)


def test_posting_publish_or_withdraw_changes_the_state_of_the_sheet(row: ProjectSheet) -> None:
    by = officer_actor(row.network)
    client, root = wearing(by), f"/reseau/{by.key}/fiches/{row.pk}/"
    actions.approve(row, by=association_actor(row.project.association))  # type: ignore[union-attr]
    client.post(f"{root}publier/", {"version": row.version})
    row.refresh_from_db()
    assert row.state == "published"
    refused = client.post(f"{root}retirer/", {"version": row.version, "reason": ""})
    assert refused.status_code == 422
    client.post(f"{root}retirer/", {"version": row.version, "reason": "À la demande du porteur."})
    row.refresh_from_db()
    assert row.state == "withdrawn"
