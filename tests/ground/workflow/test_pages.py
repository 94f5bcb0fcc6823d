"""Verb pages: URL, confirmation page, button and refusals of a declared verb."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.test import Client, override_settings
from django.urls import include, path
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.roles.registry import role_required
from explor.ground.workflow.pages import (
    Consequence,
    Effects,
    Notified,
    Undo,
    Verb,
    VerbPages,
    typed_values,
)
from explor.ground.workflow.table import DANGER, REASON, T, Workflow
from explor.journey.calls.models import Call
from explor.journey.calls.states import State
from explor.site.config.urls import handler403, handler404  # noqa: F401
from explor.site.config.urls import urlpatterns as real_patterns
from factories import CallFactory, NetworkFactory, officer_actor, wearing

TABLE = Workflow(
    "essai",
    State,
    T("close", State.OPEN, State.CLOSED, "reseau", "Clore", REASON, DANGER),
    T("end", State.CLOSED, State.ENDED, ("reseau", "coordination"), "Terminer"),
)
HELD = "Il manque une grille."
EFFECTS = Effects(
    happens=(Consequence("Plus aucun dépôt.", timezone.localdate()), Consequence("Le comité lit.")),
    notified=(Notified("Les associations", "la date de la fin"),),
    undo=(Undo("Jusqu’au comité", "L’appel peut être ouvert de nouveau."),),
)


def close(call: Call, *, by: Actor, reason: str, expected_version: int | None = None) -> Call:
    if reason == "non":
        raise ActionNotAllowed("Ce motif ne va pas.")
    return audit.transition(call, "close", by=by, expected_version=expected_version, reason=reason)


def end(call: Call, *, by: Actor, expected_version: int | None = None) -> Call:
    return audit.transition(call, "end", by=by, expected_version=expected_version)


def note(call: Call, *, by: Actor) -> Call:
    return audit.update(call, "note", by=by)


def load(request: Any, pk: int) -> Call:
    return get_object_or_404(Call, pk=pk, network=request.actor.scope)


def back(actor: Actor, call: Call) -> str:
    return f"/reseau/{actor.key}/essai/{call.pk}/page/"


def can(actor: Actor, verb: str, call: Call) -> bool:
    return call.title != "À d’autres"


def missing_to_end(actor: Actor, call: Call) -> list[str]:
    return [HELD] if call.title == "Incomplet" else []


VERBS = VerbPages(
    "essai",
    "essai/<int:pk>/",
    load=load,
    back=back,
    workflow=TABLE,
    can=can,
    verbs=(
        Verb(close, "clore", effects=EFFECTS, done="Le dépôt est clos."),
        Verb(end, "terminer", effects=Effects(), blockers=missing_to_end),
        Verb(
            note,
            "noter",
            label="Noter",
            versioned=False,
            on_word_of=lambda actor, call: "Camille",
            can=lambda actor, call: call.state == State.OPEN,
        ),
    ),
)


def subject_page(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("la page de l’appel")


urlpatterns = [
    *real_patterns,
    path(
        "reseau/<slug:key>/",
        include(
            (
                [
                    *VERBS.urls("reseau"),
                    path("essai/<int:pk>/page/", role_required("reseau")(subject_page)),
                ],
                "essai",
            )
        ),
    ),
]


@pytest.fixture(autouse=True)
def with_these_urls(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    monkeypatch.setattr(Call, "workflow", TABLE)
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def call() -> Call:
    return CallFactory(state="open")


@pytest.fixture
def actor(call: Call) -> Actor:
    return officer_actor(call.network)


@pytest.fixture
def client_of(actor: Actor) -> Client:
    return wearing(actor)


def sent(call: Call, **typed: Any) -> dict[str, Any]:
    return {"version": call.version, "idempotency_key": str(uuid.uuid4()), **typed}


def verbs_of(call: Call) -> list[str]:
    return [entry.verb for entry in Entry.objects.about(call)]


def words_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def test_each_role_of_a_workflow_has_the_urls_of_its_verbs() -> None:
    assert [each.name for each in VERBS.urls("reseau")] == [
        "reseau_close",
        "reseau_end",
        "reseau_note",
    ]
    assert [each.name for each in VERBS.urls("coordination")] == [
        "coordination_end",
        "coordination_note",
    ]


def test_the_url_of_a_verb_ends_with_the_slug_of_its_label(actor: Actor, call: Call) -> None:
    assert VERBS.url(actor, "close", call) == f"/reseau/{actor.key}/essai/{call.pk}/clore/"


def test_a_verb_redirects_to_its_subject_with_a_success_message(
    actor: Actor, call: Call, client_of: Client
) -> None:
    url = VERBS.url(actor, "close", call)
    response = client_of.post(url, sent(call, reason="Fini."))
    said = [str(each) for each in get_messages(response.wsgi_request)]
    assert (response.url, said) == (back(actor, call), ["Le dépôt est clos."])
    call.refresh_from_db()
    assert (call.state, verbs_of(call)) == ("closed", ["close"])


def test_a_verb_on_a_subject_of_another_network_answers_404(call: Call) -> None:
    other = officer_actor(NetworkFactory())
    url = f"/reseau/{other.key}/essai/{call.pk}/clore/"
    client = wearing(other)
    assert (client.get(url).status_code, client.post(url, sent(call)).status_code) == (404, 404)


def test_the_url_of_an_unknown_verb_answers_404(
    actor: Actor, call: Call, client_of: Client
) -> None:
    assert client_of.get(f"/reseau/{actor.key}/essai/{call.pk}/peindre/").status_code == 404


def test_a_verb_page_answers_403_when_the_permission_shared_by_all_verbs_is_missing(
    actor: Actor, call: Call, client_of: Client
) -> None:
    Call.objects.filter(pk=call.pk).update(title="À d’autres")
    url = VERBS.url(actor, "close", call)
    posted = client_of.post(url, sent(call, reason="Fini."))
    assert (client_of.get(url).status_code, posted.status_code) == (403, 403)
    assert verbs_of(call) == []


def test_the_permission_of_a_verb_replaces_the_permission_shared_by_all_verbs(
    actor: Actor, call: Call, client_of: Client
) -> None:
    Call.objects.filter(pk=call.pk).update(state="draft")
    assert client_of.get(VERBS.url(actor, "note", call)).status_code == 403


def test_the_confirmation_page_shows_effects_recipients_and_undo(
    actor: Actor, call: Call, client_of: Client
) -> None:
    text = words_of(client_of.get(VERBS.url(actor, "close", call)))
    places = [
        text.index(words)
        for words in (
            "Ce qui va se passer",
            f"{timezone.localdate():%d/%m/%Y}",
            "Plus aucun dépôt.",
            "Aussitôt",
            "À qui",
            "Les associations",
            "la date de la fin",
            "Ce qui peut se défaire",
            "Jusqu’au comité",
            "L’appel peut être ouvert de nouveau.",
            "Motif",
            '<button class="button danger" type="submit">Clore</button>',
        )
    ]
    assert places == sorted(places)


def test_the_confirmation_page_and_the_journal_name_the_person_represented_by_the_actor(
    actor: Actor, call: Call, client_of: Client
) -> None:
    url = VERBS.url(actor, "note", call)
    assert "sur la parole de Camille" in words_of(client_of.get(url))
    client_of.post(url, sent(call))
    assert [entry.acting_for for entry in Entry.objects.about(call)] == ["Camille"]


def test_opening_the_confirmation_page_of_a_verb_changes_nothing(
    actor: Actor, call: Call, client_of: Client
) -> None:
    client_of.get(VERBS.url(actor, "close", call))
    call.refresh_from_db()
    assert (call.state, call.version, verbs_of(call)) == ("open", 0, [])


def test_a_verb_page_refuses_methods_other_than_get_and_post(
    actor: Actor, call: Call, client_of: Client
) -> None:
    assert client_of.put(VERBS.url(actor, "close", call)).status_code == 405


def test_a_verb_submitted_without_its_required_reason_answers_422(
    actor: Actor, call: Call, client_of: Client
) -> None:
    response = client_of.post(VERBS.url(actor, "close", call), sent(call, reason=""))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["reason"])
    assert verbs_of(call) == []


def test_a_verb_on_a_stale_version_answers_409_and_keeps_the_typed_values(
    actor: Actor, call: Call, client_of: Client
) -> None:
    data = sent(call, reason="Le comité se réunit.")
    Call.objects.filter(pk=call.pk).update(version=3)
    response = client_of.post(VERBS.url(actor, "close", call), data)
    assert response.status_code == 409
    assert "Le comité se réunit." in words_of(response)
    again = {**data, "version": response.context["form"].data["version"]}
    assert client_of.post(VERBS.url(actor, "close", call), again).status_code == 302


def test_a_verb_refused_by_its_action_answers_409_with_the_reasons(
    actor: Actor, call: Call, client_of: Client
) -> None:
    response = client_of.post(VERBS.url(actor, "close", call), sent(call, reason="non"))
    text = words_of(response)
    assert (response.status_code, "Ce motif ne va pas." in text, "non</textarea>" in text) == (
        409,
        True,
        True,
    )


def test_a_verb_not_allowed_in_the_state_answers_409_with_the_typed_values(
    actor: Actor, call: Call, client_of: Client
) -> None:
    Call.objects.filter(pk=call.pk).update(state="ended")
    response = client_of.post(VERBS.url(actor, "close", call), sent(call, reason="Trop tard."))
    assert (response.status_code, "Trop tard." in words_of(response)) == (409, True)


def test_a_verb_submitted_twice_acts_only_once_and_redirects_to_one_page(
    actor: Actor, call: Call, client_of: Client
) -> None:
    data = sent(call, reason="Fini.")
    urls = [client_of.post(VERBS.url(actor, "close", call), data).url for _ in range(2)]
    assert urls == [back(actor, call)] * 2
    assert verbs_of(call) == ["close"]


def test_the_function_buttons_returns_the_allowed_verbs_without_the_excluded_ones(
    actor: Actor, call: Call
) -> None:
    assert VERBS.buttons(actor, call) == [
        {
            "label": "Clore",
            "danger": True,
            "url": VERBS.url(actor, "close", call),
            "refused": "",
        },
        {
            "label": "Noter",
            "danger": False,
            "url": VERBS.url(actor, "note", call),
            "refused": "",
        },
    ]
    assert [each["label"] for each in VERBS.buttons(actor, call, without=("note",))] == ["Clore"]


def test_the_button_of_a_blocked_verb_stays_visible_with_the_reason(
    actor: Actor, call: Call, client_of: Client
) -> None:
    Call.objects.filter(pk=call.pk).update(state="closed", title="Incomplet")
    call.refresh_from_db()
    buttons = VERBS.buttons(actor, call)
    assert [(each["label"], each["refused"]) for each in buttons] == [("Terminer", HELD)]
    assert VERBS.buttons(actor, call, refused={"end": ""})[0]["refused"] == ""
    response = client_of.get(VERBS.url(actor, "end", call))
    text = words_of(response)
    assert (HELD in text, 'aria-disabled="true">Terminer</span>' in text) == (True, True)


def test_declaring_a_transition_verb_without_effects_raises_an_error() -> None:
    with pytest.raises(TypeError, match="a transition says its effects"):
        VerbPages(
            "x", "", load=load, back=back, workflow=TABLE, can=can, verbs=[Verb(close, "clore")]
        )


def test_declaring_a_verb_without_permission_or_label_raises_an_error() -> None:
    with pytest.raises(TypeError, match="no rule says who may"):
        VerbPages("x", "", load=load, back=back, verbs=[Verb(note, "noter", label="Noter")])
    with pytest.raises(TypeError, match="needs a label"):
        VerbPages("x", "", load=load, back=back, can=can, verbs=[Verb(note, "noter")])


def test_the_arguments_of_an_action_are_the_typed_values_without_hidden_fields(
    actor: Actor,
) -> None:
    class Form:
        cleaned_data = {
            "version": 1,
            "idempotency_key": "x",
            "word_of": "Camille",
            "reason": "Fini.",
        }

    assert typed_values(actor, Form()) == {"reason": "Fini."}  # type: ignore[arg-type]
