"""Every verb of every workflow, posted to its URL in each state and by each person."""

import importlib
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import timezone

from explor.actors.networks.models import Coordinator
from explor.ground.http.actor import Actor
from explor.ground.roles.registry import roles_of
from explor.ground.workflow.table import Workflow
from explor.journey.committees.models import CommitteeMember
from explor.journey.sheets.models import ProjectSheet
from factories import AdministratorFactory, PersonFactory

from .test_isolation import filled
from .world import Side, routes, side

REFUSED = {302, 403, 404, 409, 422}
Key = tuple[str, str]  # the name of a workflow, and of one of its verbs
Answer = tuple[HttpResponse, str, int]

# Verbs that no person takes by a URL, with who or what takes them instead.
WITHOUT_PAGE: dict[Key, str] = {
    ("member_import", "show"): "a job that has read the file",
    ("member_import", "refuse"): "a job that could not read the file",
    ("member_import", "finish"): "a job that has made the lines",
    ("sheet_import", "show"): "a job that has read the file",
    ("sheet_import", "refuse"): "a job that could not read the file",
    ("sheet_import", "finish"): "a job that has made the lines",
    ("takeover", "show"): "a job that has read the file",
    ("takeover", "refuse"): "a job that could not read the file",
    ("takeover", "finish"): "a job that has made the lines",
    ("membership", "fall_due"): "a job, on the day of the check",
    ("proposal", "lapse"): "a job, at the deadline of the answers",
    ("referral", "expire"): "a job, at the deadline of the answer",
    ("transfer", "move"): "the third consent",
    ("disposal", "eliminate_disposal"): "the nightly purge, once the last paper is erased",
    ("proposal", "agree"): "the third yes",
    ("nomination", "join"): "the person, on the page of a personal link",
    ("nomination", "decline_nomination"): "the person, on the page of a personal link",
    ("nomination", "lapse_nomination"): "a job, after 60 days",
    ("release", "conclude"): "the last signature",
    ("proposal", "free"): "the cancellation of the mission",
    ("release", "end"): "a job, after the proposal is lost or freed, or a yes is taken back",
    ("release", "reopen"): "a job, once the proposal is agreed again",
    ("release", "amend"): "postponing a signed mission does it",
    ("release", "request_again"): "postponing to dates that close the scheme does it",
    ("law_amendment", "replace_change"): "approving a later change does it",
    ("release", "ask_employer"): "refused here: the employer is a party already",
    ("mission", "close_without_report"): "refused here: the report is not overdue",
    ("release", "note_silence"): "refused here: no dated request is recorded",
}
# Verbs taken on a page that is not a verb page, with the name of its URL.
ON_ANOTHER_PAGE: dict[Key, str] = {
    ("verdict", "accept"): "admissibility:reseau_need",
    ("verdict", "resubmit"): "admissibility:association_answer",
    ("decision", "schedule_announcement"): "decisions:reseau_letters",
    ("decision", "unschedule_announcement"): "decisions:reseau_unschedule_all",
    ("matching_plan", "adopt"): "planning:reseau_adopt",
    ("proposal", "accept"): "proposals:expert_answer",
    ("proposal", "decline"): "proposals:expert_answer",
}
# Verbs refused for the rows of these tests, with the beginning of the reason.
REFUSED_FOR: dict[Key, str] = {
    ("membership", "verify"): "Il manque un identifiant",
    ("membership", "verify_again"): "Il manque un identifiant",
    ("member_import", "read"): "Dites quelle colonne porte",
    ("member_import", "make"): "Aucune ligne n’est à inscrire",
    ("sheet_import", "read"): "Dites quelle colonne porte",
    ("sheet_import", "make"): "Aucune ligne n’est à créer",
    ("takeover", "read"): "Dites quelle colonne porte",
    ("takeover", "make"): "Aucune ligne n’est à reprendre",
    ("call", "open_call"): "Présentez l’appel",
    ("verdict", "request_changes"): "Les compléments se demandent une seule fois",
    ("decision", "decide"): "Il manque des avis",
    ("decision", "reconsider"): "Ce besoin est retenu",
    ("appeal", "grant"): "Ce besoin est retenu",
    ("meeting", "end_meeting"): "Notez d’abord qui est là",
    ("meeting", "sign"): "Le procès-verbal n’est pas encore établi",
    ("referral", "accept"): "Ce besoin ne cherche plus personne",
    ("proposal", "lose"): "La mission a eu lieu",
    ("proposal", "take_back"): "L’employeur a déjà répondu",
    ("law_amendment", "withdraw_change"): "Seule la personne qui a proposé",
    ("release", "refuse"): "La mission a eu lieu",
    ("release", "sign"): "La convention n’est pas encore établie",
    ("mission", "clear"): "Il manque",
    ("mission", "depart"): "Il manque",
    ("mission", "undo_departure"): "Le compte rendu est déjà commencé",
    ("mission", "undo_return"): "Le compte rendu est déjà commencé",
    ("mission", "close"): "Le compte rendu n’est pas encore accepté",
    ("mission", "postpone"): "La mission dure de",
    ("report", "submit"): "Dites les résultats obtenus",
    ("sheet", "plan"): "Choisissez un jour à venir",
    ("disposal", "endorse_disposal"): "Joignez le visa reçu",
}


@pytest.fixture
def sides(db: None, unlogged: None, monkeypatch: pytest.MonkeyPatch) -> tuple[Side, Side]:
    """Return two networks; the first also has an administrator, a chair and a project sheet."""
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    own, foreign = side("Amont"), side("Aval")
    own.people["administration"] = AdministratorFactory().person
    own.people["coordination"] = PersonFactory()
    Coordinator.objects.create(person=own.people["coordination"])
    CommitteeMember.objects.filter(pk=own.rows["sieges"]).update(chair=True)
    ProjectSheet.objects.filter(pk=own.rows["fiches"]).update(project=own.rows["projets"])
    return own, foreign


def tables() -> list[Workflow]:
    """Return every workflow of the application."""
    modules = [
        importlib.import_module(f"{app.name}.states")
        for app in apps.get_app_configs()
        if app.name.startswith("explor.") and find_spec(f"{app.name}.states")
    ]
    found = [each for module in modules for each in vars(module).values()]
    return [each for each in found if isinstance(each, Workflow)]


def verbs_of_tables() -> set[Key]:
    """Return the verbs of every workflow of the application."""
    return {(table.name, row.verb) for table in tables() for row in table.transitions}


def url_names() -> set[str]:
    """Return the names of all project URLs, with their namespaces."""
    return {
        ":".join([each.namespace for each in chain[:-1] if each.namespace] + [str(chain[-1].name)])
        for _, chain in routes()
    }


def value_of(field: forms.Field) -> Any:
    """Return a valid value for a form field, according to its class."""
    if isinstance(field.widget, forms.HiddenInput) and field.initial is not None:
        return field.initial
    match field:
        case forms.ModelMultipleChoiceField() | forms.MultipleChoiceField():
            return options_of(field)[:1]
        case forms.ModelChoiceField() | forms.ChoiceField():
            return next(iter(options_of(field)), "")
        case forms.BooleanField():
            return "on"
        case forms.DateTimeField():
            return field.initial or f"{timezone.localdate()}T23:00"
        case forms.DateField():
            return timezone.localdate().isoformat()
        case forms.IntegerField() | forms.DecimalField():
            return str(field.min_value or 1)
        case forms.FileField():
            return ""
        case _:
            return "Parce que."


def options_of(field: Any) -> list[str]:
    """Return the values of a choice field, without the blank one."""
    pairs = [
        pair
        for value, text in field.choices
        for pair in (text if isinstance(text, list | tuple) else [(value, text)])
    ]
    return [str(value) for value, _ in pairs if str(value)]


def typed(view: Any, url: str, subject: Any, actor: Actor) -> dict[str, Any]:
    """Return valid data for the form of a verb, so that only a business rule can refuse it."""
    request: Any = RequestFactory().get(url)
    request.actor = actor
    fields = view.verb_pages._form(view.verb, request, subject).fields
    values = {name: value_of(field) for name, field in fields.items() if name != "idempotency_key"}
    return values | {"version": subject.version, "reason": "Parce que."}


def verb_views() -> list[tuple[str, Any]]:
    """Return the route and the view of each page of a verb of a workflow."""
    return [
        (route, view)
        for route, chain in routes()
        if (view := chain[-1].callback) and hasattr(view, "verb_pages")
        if view.verb_pages.workflow and view.verb_pages._rows(view.verb)
    ]


def subject_of(view: Any, url: str, actor: Actor) -> Any:
    """Return the subject loaded by the page, None when this role may not see it."""
    request: Any = RequestFactory().post(url)
    request.actor = actor
    where = {name: value for name, value in resolve(url).kwargs.items() if name != "key"}
    try:
        return view.verb_pages.load(request, **where)
    except Http404:
        return None


def actor_of(role: str, own: Side, client: Client) -> Actor | None:
    """Return the actor of the person with the role `role` in this network, None without any."""
    person = own.people.get(role)
    if person is None:
        return None
    held = next((each for each in roles_of(person) if each.kind == role), None)
    if held is None:
        return None
    return Actor(person=person.pk, name=person.name, role=role, scope=held.scope, key=held.key)


def posted(client: Client, url: str, subject: Any, data: dict[str, Any]) -> Answer:
    """Post the verb; return the response, with the resulting state and version of the row."""
    response = client.post(url, data)
    rows = type(subject)._base_manager.filter(pk=subject.pk)
    return response, *rows.values_list("state", "version")[0]


def clients_of(sides: tuple[Side, Side]) -> dict[tuple[str, str], Client]:
    """Return a signed-in client for each person of both networks, by network and role."""
    clients = {}
    for name, each in zip(("own", "foreign"), sides, strict=True):
        for role, person in each.people.items():
            clients[name, role] = Client(raise_request_exception=False)
            clients[name, role].force_login(person)
    return clients


def verb_urls(own: Side, client: Client) -> Iterator[tuple[Any, str, Any, dict[str, Any]]]:
    """Yield the view, the URL, the row and the form data of each verb that a network may see."""
    for route, view in verb_views():
        actor = actor_of(view.role_type, own, client)
        for url in filled(route, own.keys, own.rows) if actor else ():
            subject = subject_of(view, url, actor)
            if subject is not None and actor is not None:
                yield view, url, subject, typed(view, url, subject, actor)


def attempt(
    client: Client, url: str, subject: Any, state: str, data: dict[str, Any]
) -> Answer | None:
    """Post the verb from `state` and roll back; None if the database forbids that state."""
    try:
        with transaction.atomic():
            type(subject)._base_manager.filter(pk=subject.pk).update(state=state)
            with transaction.atomic():
                answer = posted(client, url, subject, data)
            transaction.set_rollback(True)
            return answer
    except IntegrityError:
        return None  # a database constraint forbids this row in that state


def reasons_of(response: HttpResponse) -> list[str]:
    """Return the reasons of a refusal, as the page displays them."""
    form = (response.context or {}).get("form")  # type: ignore[attr-defined]
    return [] if form is None else [*form.non_field_errors()]


def test_posting_a_verb_changes_a_row_only_in_states_and_roles_its_workflow_allows(
    sides: tuple[Side, Side],
) -> None:
    clients = clients_of(sides)
    faults, tried, moved = [], 0, 0
    for view, url, subject, data in verb_urls(sides[0], clients["own", "reseau"]):
        table, verb = view.verb_pages.workflow, view.verb
        for state in table.states.values:
            for (where, who), client in clients.items():
                answer = attempt(client, url, subject, state, data)
                if answer is None:
                    continue
                response, after, _ = answer
                tried += 1
                moved += after != state
                may = (where, who) == ("own", view.role_type)
                if response.status_code not in REFUSED | {200}:
                    faults.append(f"{where} {who} {url} from {state}: {response.status_code}")
                if after != state and not (may and table.allows(state, verb.name, who)):
                    faults.append(f"{where} {who} {url} moved {state} to {after}")
    assert faults == []
    assert tried >= 3700
    assert moved >= 55  # lower this number only when a verb is removed or moved to another page


def test_each_workflow_verb_has_a_url_that_changes_a_row_or_is_a_listed_exception(
    sides: tuple[Side, Side],
) -> None:
    """Post each verb under its role, from the states in which its workflow allows it."""
    clients = clients_of(sides)
    moved: set[Key] = set()
    reasons: defaultdict[Key, list[str]] = defaultdict(list)
    for view, url, subject, data in verb_urls(sides[0], clients["own", "reseau"]):
        table, verb, client = (
            view.verb_pages.workflow,
            view.verb.name,
            clients["own", view.role_type],
        )
        for state in table.states.values:
            if not table.allows(state, verb, view.role_type):
                continue
            if (answer := attempt(client, url, subject, state, data)) is None:
                continue
            response, _, version = answer
            if response.status_code == 302 and version > subject.version:
                moved.add((table.name, verb))
            reasons[table.name, verb] += reasons_of(response)
    listed = {*WITHOUT_PAGE, *ON_ANOTHER_PAGE, *REFUSED_FOR}
    assert verbs_of_tables() - moved == listed
    assert set(ON_ANOTHER_PAGE.values()) - url_names() == set()
    assert {
        key: reasons[key]
        for key, start in REFUSED_FOR.items()
        if not any(reason.startswith(start) for reason in reasons[key])
    } == {}
