"""Idempotent forms and edit conflicts, tested through real pages."""

from concurrent.futures import ThreadPoolExecutor
from threading import Timer
from uuid import uuid4

import pytest
from django.db import connection
from django.test import RequestFactory

from explor.actors.projects.models import Project
from explor.ground.audit.models import Entry
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.http.models import IdempotencyKey
from explor.ground.http.replay import idempotency_key_of
from explor.ground.ui.forms import CreateForm
from explor.ground.ui.submit import create, submit
from explor.ground.workflow.forms import ActionForm, EditForm
from explor.ground.workflow.pages import VerbPages
from explor.journey.needs import actions
from factories import AssociationFactory, NeedFactory, ProjectFactory, association_actor, wearing

POST = RequestFactory().post("/")


class SampleForm(CreateForm):
    pass


@pytest.mark.django_db
def test_a_creation_form_submitted_twice_creates_one_row():
    association = AssociationFactory()
    client = wearing(association_actor(association))
    url = f"/association/{association.slug}/projets/nouveau/"
    given = {"title": "Un puits", "idempotency_key": str(uuid4())}
    answers = [client.post(url, given) for _ in range(3)]
    made = Project.objects.get()
    there = f"/association/{association.slug}/projets/{made.pk}/"
    assert [(a.status_code, a.url) for a in answers] == [(302, there)] * 3
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_creation_form_submitted_concurrently_creates_one_row():
    association = AssociationFactory()
    actor = association_actor(association)
    url = f"/association/{association.slug}/projets/nouveau/"
    given = {"title": "Un puits", "idempotency_key": str(uuid4())}
    clients = [wearing(actor) for _ in range(6)]

    def send(client):
        try:
            return client.post(url, given).url
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        urls = set(pool.map(send, clients))
    made = Project.objects.get()
    assert urls == {f"/association/{association.slug}/projets/{made.pk}/"}


@pytest.mark.django_db(transaction=True)
def test_concurrent_submissions_of_a_verb_act_only_once_and_redirect_to_one_page():
    need = NeedFactory()
    actor = association_actor(need.association)
    url = f"/association/{need.association.slug}/besoins/{need.pk}/"
    pressed = {"version": need.version, "idempotency_key": str(uuid4())}
    clients = [wearing(actor) for _ in range(6)]

    def press(client):
        try:
            return client.post(f"{url}deposer/", pressed)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(press, clients))
    later = press(clients[0])
    assert [(each.status_code, each.url) for each in [*answers, later]] == [(302, url)] * 7
    assert Entry.objects.about(need).filter(verb="submit").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stored", [True, False], ids=["already led", "led a moment later"])
def test_a_repeated_submission_during_the_first_redirects_to_the_page_of_the_first(
    monkeypatch, stored
):
    need = NeedFactory()
    actor = association_actor(need.association)
    url = f"/association/{need.association.slug}/besoins/{need.pk}/"
    pressed = {"version": need.version, "idempotency_key": str(uuid4())}
    serve, later = VerbPages._serve, []

    def serve_late(pages, verb, request, **where):
        """Finish the first submission after the second one begins and before it queries the key."""
        actions.submit(need, by=actor)
        key = idempotency_key_of(request)
        IdempotencyKey.objects.create(key=key, url=url if stored else "")
        if not stored:
            later.append(Timer(0.2, lambda: lead(key, url)))
            later[0].start()
        return serve(pages, verb, request, **where)

    monkeypatch.setattr(VerbPages, "_serve", serve_late)
    answer = wearing(actor).post(f"{url}deposer/", pressed)
    for each in later:
        each.join()
    assert (answer.status_code, answer.url) == (302, url)


def lead(token, url):
    IdempotencyKey.objects.filter(pk=token).update(url=url)
    connection.close()


@pytest.mark.django_db
def test_a_verb_already_done_is_refused_when_submitted_from_another_form():
    need = NeedFactory()
    actor = association_actor(need.association)
    url = f"/association/{need.association.slug}/besoins/{need.pk}/"
    actions.submit(need, by=actor)
    given = {"version": need.version, "idempotency_key": str(uuid4())}
    assert wearing(actor).post(f"{url}deposer/", given).status_code in (403, 409)


@pytest.mark.django_db
def test_a_form_with_an_invalid_idempotency_key_answers_422():
    need = NeedFactory()
    client = wearing(association_actor(need.association))
    url = f"/association/{need.association.slug}/besoins/{need.pk}/"
    IdempotencyKey.objects.create(url="/ailleurs/")
    damaged = {"version": need.version, "idempotency_key": "x"}
    assert client.post(f"{url}deposer/", damaged).status_code == 422
    given = {"version": need.version, "idempotency_key": str(uuid4())}
    assert client.post(f"{url}deposer/", given).url == url


@pytest.mark.django_db
def test_a_form_that_was_refused_can_be_submitted_again_with_its_idempotency_key():
    form = SampleForm({"idempotency_key": str(uuid4())})

    def refuse() -> str:
        raise ActionNotAllowed("Non.")

    assert create(POST, form, refuse) == ""
    assert (form.status, form.non_field_errors()) == (409, ["Non."])
    assert IdempotencyKey.objects.count() == 0
    assert create(POST, SampleForm(form.data), lambda: "/ici/") == "/ici/"


@pytest.mark.django_db
def test_each_rendered_form_has_its_own_idempotency_key():
    tokens = {str(SampleForm()["idempotency_key"].value()) for _ in range(3)}
    assert len(tokens) == 3


@pytest.mark.django_db
def test_a_form_with_a_stale_version_answers_409_and_keeps_the_typed_values():
    project = ProjectFactory(title="Un puits")
    association = project.association
    client = wearing(association_actor(association))
    url = f"/association/{association.slug}/projets/{project.pk}/modifier/"
    assert 'name="version" value="0"' in client.get(url).content.decode()
    first = client.post(url, {"title": "Deux puits", "version": 0})
    second = client.post(url, {"title": "Trois puits", "context": "Tapé ici", "version": 0})
    page = second.content.decode()
    assert (first.status_code, second.status_code) == (302, 409)
    assert [s in page for s in ("Trois puits", "Tapé ici", 'name="version" value="1"')] == [
        True
    ] * 3
    assert "Ce dossier a changé depuis que vous avez ouvert cette page." in page
    assert Project.objects.get().title == "Deux puits"
    again = client.post(url, {"title": "Trois puits", "context": "Tapé ici", "version": 1})
    assert (again.status_code, Project.objects.get().title) == (302, "Trois puits")


@pytest.mark.django_db
def test_submitting_an_invalid_form_answers_422():
    project = ProjectFactory()
    client = wearing(association_actor(project.association))
    url = f"/association/{project.association.slug}/projets/{project.pk}/modifier/"
    assert client.post(url, {"title": "", "version": 0}).status_code == 422
    assert client.post(url, {"title": "Sans version"}).status_code == 422


def test_the_form_of_a_verb_with_a_reason_requires_the_reason():
    project = Project(version=3)
    bare, asking = (
        ActionForm(subject=project),
        ActionForm(subject=project, needs_reason=True, ask="Pourquoi ?"),
    )
    assert list(bare.fields) == ["version", "idempotency_key"]
    assert (asking.fields["reason"].required, asking.fields["reason"].label) == (True, "Pourquoi ?")
    given = ActionForm({"version": "3", "reason": "Hors zone"}, subject=project, needs_reason=True)
    assert (given.is_valid(), given.expected_version, given.why) == (True, 3, "Hors zone")


@pytest.mark.django_db
def test_an_edit_conflict_answers_409_with_the_current_version():
    form = EditForm({"version": "1"}, subject=Project(version=1))

    def stale() -> None:
        raise EditConflict(4, "Dernier acte : Awa.")

    assert submit(POST, form, stale) is False
    assert (form.status, form["version"].value()) == (409, "4")
    assert submit(RequestFactory().get("/"), form, stale) is False
