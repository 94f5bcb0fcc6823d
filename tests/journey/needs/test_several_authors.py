"""Several authors on a need: presence, remarks, versions, copies and downloads."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.mail.models import Message
from explor.journey.needs import actions
from explor.journey.needs.models import Comment, Need, Presence, Revision
from explor.journey.needs.pages import history, papers
from explor.journey.needs.rules.differences import words_between
from explor.journey.needs.selectors import history as selectors
from factories import CallFactory, NeedFactory, officer_actor

from .test_builder import at, typed, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(need: Need, session_of: Callable[[Actor], Client]) -> Client:
    return session_of(officer_actor(need.network))


def of(need: Need, rest: str) -> str:
    return f"/reseau/{need.network.slug}/besoins/{need.pk}/{rest}"


def test_a_co_author_sees_who_else_has_the_need_open(
    member: Client, colleague: Client, need: Need, own: Actor
) -> None:
    first = member.post(at(need, "ecrans/dates/presence/"))
    assert words(first) == ""
    with CaptureQueriesContext(connection) as expected_version:
        second = colleague.post(at(need, "ecrans/attendus/presence/"))
    presence = f"{own.name} : Quand, et combien de temps"
    assert presence in words(second)
    assert len(expected_version) <= 12
    assert presence in words(colleague.get(at(need, "ecrans/attendus/")))
    Presence.objects.update(at=timezone.now() - timedelta(seconds=61))
    assert words(colleague.post(at(need, "ecrans/attendus/presence/"))) == ""
    assert member.get(at(need, "ecrans/dates/presence/")).status_code == 404
    Presence.objects.update(at=timezone.now() - timedelta(minutes=61))
    member.post(at(need, "ecrans/dates/presence/"))
    assert [each.name for each in Presence.objects.all()] == [own.name]


def test_a_co_author_sees_the_field_in_which_another_author_is_writing(
    member: Client, colleague: Client, need: Need, own: Actor
) -> None:
    member.post(at(need, "ecrans/attendus/presence/"), {"field": "expected_results"})
    shown = words(colleague.post(at(need, "ecrans/attendus/presence/"), {"field": "version"}))
    assert f"{own.name} écrit dans « Résultats attendus »" in shown
    member.post(at(need, "ecrans/attendus/presence/"), {"field": "<b>rien</b>"})
    shown = words(colleague.post(at(need, "ecrans/attendus/presence/")))
    assert f"{own.name} : Ce qui sera fait, et ce qui restera" in shown


def test_submitting_a_screen_without_javascript_records_the_presence_of_its_author(
    member: Client, need: Need
) -> None:
    data = typed(purpose="evaluate", mission_type="IMPACT")
    member.post(at(need, "ecrans/mission/"), data)
    assert Presence.objects.get().screen == "mission"


def test_authors_write_a_remark_on_a_need_and_settle_it_from_the_page_of_remarks(
    member: Client, colleague: Client, need: Need, own: Actor
) -> None:
    data = {
        "idempotency_key": uuid4(),
        "field": "objectives",
        "text": "Combien <b>de</b> personnes ?",
    }
    member.post(at(need, "remarques/"), data)
    remark = Comment.objects.get()
    assert (remark.field, remark.by, remark.by_hand) == ("objectives", own.name, True)
    page = words(colleague.get(at(need, "ecrans/attendus/")))
    assert f"Remarque de {own.name} : Combien &lt;b&gt;de&lt;/b&gt; personnes ?" in page
    full = typed(objectives="Six personnes.", expected_results="x", deliverables="")
    colleague.post(at(need, "ecrans/attendus/"), full)
    assert Comment.objects.get().settled_at is None
    colleague.post(at(need, "remarques/"), {"settle": remark.pk})
    assert Comment.objects.get().settled_at is not None
    again = colleague.post(at(need, "remarques/"), {"settle": remark.pk}, follow=True)
    assert "Cette remarque est déjà réglée." in words(again)
    assert member.post(at(need, "remarques/"), {"settle": "x"}).status_code == 404


def test_the_network_can_write_remarks_on_a_need_only_after_filing(
    member: Client, officer: Client, need: Need, own: Actor
) -> None:
    actions.comment(need, by=own, field="place", text="Entre nous.")
    assert officer.get(of(need, "remarques/")).status_code == 404
    actions.submit(need, by=own)
    page = words(officer.get(of(need, "remarques/")))
    assert "Entre nous." not in page
    data = {"idempotency_key": uuid4(), "field": "place", "text": "Quel quartier ?"}
    officer.post(of(need, "remarques/"), data)
    assert "Quel quartier ?" in words(member.get(at(need, "remarques/")))
    mail = Message.objects.get(kind="needs.comment")
    assert mail.subject == f"Une remarque sur « Lieu » : {need.title} ({need.file_number})"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a b", "a b", [("same", "a b")]),
        ("", "a", [("new", "a")]),
        ("a", "", [("gone", "a")]),
        (
            "un réseau local simple",
            "le câble simple",
            [("gone", "un réseau local"), ("new", "le câble"), ("same", " simple")],
        ),
        ("six pompes", "sept pompes", [("gone", "six"), ("new", "sept"), ("same", " pompes")]),
    ],
)
def test_comparing_two_texts_marks_words_as_unchanged_removed_or_added(
    before: str, after: str, expected: Any
) -> None:
    assert words_between(before, after) == expected


def test_the_versions_page_of_a_need_shows_who_changed_which_words(
    member: Client, need: Need, own: Actor, other: Actor
) -> None:
    for by, changes in (
        (own, {"objectives": "Former six personnes.", "country": "SN"}),
        (other, {"objectives": "Former sept personnes.", "partner": None}),
        (own, {"country": "MG", "sectors": ["EAU", "AGRI"]}),
    ):
        version = Need.objects.get().version
        actions.describe(need, by=by, changes=changes, tab=uuid4(), expected_version=version)
    first, second, _ = Revision.objects.order_by("pk")
    changes = dict(history.differences([first, second]))
    assert changes["Pays"] == [("gone", "Madagascar"), ("new", "Sénégal")]
    assert changes["Partenaire de terrain"] == [
        ("gone", need.project.association.partners.get().name)
    ]
    every = dict(history.differences(Revision.objects.order_by("pk")))
    assert "Pays" not in every
    assert every["Secteurs"][-1][0] == "new"
    page = words(member.get(at(need, f"versions/?de={second.pk}&a={second.pk}")))
    assert "<del>six</del> <ins>sept</ins>" in page
    assert member.get(at(need, "versions/?de=x&a=-1")).status_code == 200


def test_the_network_sees_only_the_changes_made_to_a_need_after_filing(
    officer: Client, need: Need, own: Actor
) -> None:
    actions.describe(need, by=own, changes={"place": "Brouillon"})
    actions.submit(need, by=own)
    by = officer_actor(need.network)
    Need.objects.update(state="returned")
    actions.describe(need, by=own, changes={"place": "Ambato"})
    assert [each.changes["place"][1] for each in selectors.revisions_of(need, by)] == ["Ambato"]
    assert "Ambato" in words(officer.get(of(need, "versions/")))


def test_duplicating_a_need_creates_a_draft_on_a_call_of_its_network(
    member: Client, need: Need
) -> None:
    Need.objects.update(state="inadmissible", partner_confirmed_at=timezone.now(), days=15)
    call = CallFactory(network=need.network, max_days=12)
    data = {"idempotency_key": uuid4(), "call": call.pk, "title": "Encore"}
    response = member.post(at(need, "reprendre/"), data)
    made = Need.objects.exclude(pk=need.pk).get()
    assert response["Location"] == at(made, "ecrans/probleme/")
    assert (made.state, made.title, made.call) == ("draft", "Encore", call)
    assert (made.objectives, made.skills) == (need.objectives, need.skills)
    assert (made.partner, made.partner_confirmed_at) == (need.partner, None)
    assert (made.window_start, made.days) == (None, None)
    assert [str(each) for each in made.languages.all()] == ["fr B2"]
    foreign = CallFactory()
    data = {"idempotency_key": uuid4(), "call": foreign.pk, "title": "Ailleurs"}
    assert member.post(at(need, "reprendre/"), data).status_code == 422


def test_the_preview_shows_the_public_facts_of_a_need_without_private_fields(
    member: Client, need: Need
) -> None:
    page = words(member.get(at(need, "apercu/")))
    assert "Le public, une fois la sélection annoncée" in page
    names = [name for name, _ in papers.public_facts(need)]
    assert "Contexte" not in names
    assert "Partenaire de terrain" not in names


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_terms_of_reference_of_a_need_can_be_downloaded_in_pdf_and_docx(
    member: Client, officer: Client, need: Need, own: Actor, form: str
) -> None:
    response = member.get(at(need, f"termes-de-reference.{form}"))
    assert response["Content-Type"] == papers.MIMES[form]
    assert response.content[:4] == {"pdf": b"%PDF", "docx": b"PK\x03\x04"}[form]
    assert officer.get(of(need, f"termes-de-reference.{form}")).status_code == 404
    actions.submit(need, by=own)
    assert officer.get(of(need, f"termes-de-reference.{form}")).status_code == 200
    assert member.get(at(need, "termes-de-reference.exe")).status_code == 404


def test_the_word_file_of_a_need_contains_every_section(need: Need) -> None:
    need.objectives = "Deux\nlignes & un \x00 signe"
    held = ZipFile(BytesIO(papers.terms_of_reference(need, "docx")))
    for name in held.namelist():
        ElementTree.fromstring(held.read(name))
    text = [
        "".join(each.itertext())
        for each in ElementTree.fromstring(held.read("word/document.xml")).iter(
            "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
        )
    ]
    assert text[0] == need.title
    assert text[text.index("Objectifs") :][:3] == ["Objectifs", "Deux", "lignes & un  signe"]
    assert text[text.index("Livrables") + 1] == "--"


@pytest.mark.parametrize("rest", ["remarques/", "versions/", "reprendre/", "apercu/"])
def test_the_pages_of_a_need_are_not_found_for_another_association(
    member: Client, need: Need, rest: str
) -> None:
    foreign = NeedFactory()
    path = f"/association/{need.association.slug}/besoins/{foreign.pk}/{rest}"
    assert member.get(path).status_code == 404


def test_every_page_about_a_need_renders_within_its_query_limit(member: Client, need: Need) -> None:
    for rest in ("", "relire/", "remarques/", "versions/", "reprendre/", "apercu/"):
        with CaptureQueriesContext(connection) as expected_version:
            assert member.get(at(need, rest)).status_code == 200
        assert len(expected_version) <= 25, rest
