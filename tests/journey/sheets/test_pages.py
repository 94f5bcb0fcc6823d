"""Confirmation pages of actions on a sheet: permissions, announced effects, results."""

import pytest
from django.utils import timezone

from explor.journey.sheets.models import ProjectSheet
from factories import (
    MemberFactory,
    NetworkFactory,
    ProjectFactory,
    SheetFactory,
    association_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
VERBS_OF_STATES = {
    "draft": ["publier", "planifier"],
    "published": ["confirmer", "retirer"],
    "withdrawn": ["publier", "planifier"],
}
ANNOUNCED = {
    "publier": "Vous pouvez retirer la fiche, avec un motif.",
    "planifier": "La fiche se publie toute seule.",
    "confirmer": "La question sera posée de nouveau.",
    "retirer": "Son adresse dit que le réseau l’a retirée.",
}


def page_of(row: ProjectSheet, verb: str = "") -> str:
    by = officer_actor(row.network)
    url = f"/reseau/{by.key}/fiches/{row.pk}/{verb}"
    return wearing(by).get(url).content.decode()


@pytest.mark.parametrize("state", VERBS_OF_STATES)
def test_the_page_of_a_sheet_links_to_the_actions_allowed_by_its_state(state: str) -> None:
    row = SheetFactory(state=state)
    page = page_of(row)
    offered = [verb for verb in ANNOUNCED if f'/fiches/{row.pk}/{verb}/"' in page]
    assert offered == VERBS_OF_STATES[state]
    for verb in offered:
        assert ANNOUNCED[verb] in page_of(row, f"{verb}/")
        assert row.file_number in page_of(row, f"{verb}/")


@pytest.mark.parametrize("verb", [*ANNOUNCED, "corriger", "adresse", "photos"])
def test_the_sheet_pages_of_another_network_are_not_found(verb: str) -> None:
    row, stranger = SheetFactory(state="draft"), officer_actor(NetworkFactory())
    url = f"/reseau/{stranger.key}/fiches/{row.pk}/{verb}/"
    assert wearing(stranger).get(url).status_code == 404


def test_the_publication_page_of_a_sheet_without_title_shows_the_reason() -> None:
    row = SheetFactory(state="draft")
    ProjectSheet.objects.filter(pk=row.pk).update(content={})
    assert "La fiche n’a pas de titre." in page_of(row, "publier/")


def test_withdrawing_a_sheet_without_a_reason_is_refused() -> None:
    row = SheetFactory(state="published")
    by = officer_actor(row.network)
    url = f"/reseau/{by.key}/fiches/{row.pk}/retirer/"
    client = wearing(by)
    assert client.post(url, {"version": row.version}).status_code == 422
    typed = {"version": row.version, "reason": "Publiée par erreur."}
    assert client.post(url, typed).status_code == 302
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_the_page_to_write_an_existing_sheet_warns_that_corrections_are_replaced() -> None:
    project = ProjectFactory(title="Un grenier")
    MemberFactory(organisation=project.association)
    by = officer_actor(project.association.network)
    url = f"/reseau/{by.key}/fiches/ecrire/{project.pk}/"
    client = wearing(by)
    assert "Vous la relirez avant de la publier." in client.get(url).content.decode()
    written = client.post(url, {"version": project.version})
    assert written["Location"] == f"/reseau/{by.key}/fiches/{project.sheet.pk}/"
    assert "est remplacé" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("state", "approved", "notified"),
    [("draft", False, False), ("draft", True, True), ("published", False, True)],
)
def test_the_pages_to_write_or_correct_a_sheet_state_whether_its_association_is_notified(
    state: str, approved: bool, notified: bool
) -> None:
    project = ProjectFactory()
    by = officer_actor(project.association.network)
    row = SheetFactory(
        project=project,
        network=project.association.network,
        state=state,
        approved_on=timezone.localdate() if approved else None,
    )
    pages = [
        wearing(by).get(f"/reseau/{by.key}/fiches/{path}/").text
        for path in (f"ecrire/{project.pk}", f"{row.pk}/corriger")
    ]
    assert ["Votre fiche projet a changé" in page for page in pages] == [notified, notified]


def test_the_page_to_correct_a_validated_draft_states_that_its_validation_is_lost() -> None:
    row = SheetFactory(state="draft", approved_on=timezone.localdate())
    assert "La validation de l’association ne vaut plus" in page_of(row, "corriger/")


def test_renaming_a_sheet_to_the_url_of_another_is_refused() -> None:
    row, other = SheetFactory(slug="un-puits"), SheetFactory(slug="une-ecole")
    by = officer_actor(row.network)
    url = f"/reseau/{by.key}/fiches/{row.pk}/adresse/"
    client = wearing(by)
    assert client.get(url).context["form"]["slug"].value() == "un-puits"
    taken = client.post(url, {"version": row.version, "slug": other.slug})
    assert taken.status_code == 409
    assert client.post(url, {"version": row.version, "slug": "le-puits"}).status_code == 302
    row.refresh_from_db()
    assert row.slug == "le-puits"


def test_an_association_can_validate_a_draft_without_publishing_it() -> None:
    project = ProjectFactory()
    row = SheetFactory(state="draft", project=project, network=project.association.network)
    by = association_actor(project.association)
    root = f"/association/{by.key}/fiches/{row.pk}/"
    client = wearing(by)
    assert f'action="{root}valider/"' in client.get(root).content.decode()
    assert client.get(f"{root}publier/").status_code == 404
    assert client.post(f"{root}valider/", {"version": row.version}).status_code == 302
    assert f'action="{root}valider/"' not in client.get(root).content.decode()
