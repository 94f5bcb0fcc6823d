"""Every action on a need, posted to its URL in every state and by every role."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.mail.models import Message
from explor.journey.admissibility.models import Paper, Supplement, SupplementItem
from explor.journey.calls.models import Call, RequestedPaper
from explor.journey.needs.models import Need, Presence
from explor.journey.needs.states import State
from factories import (
    AssociationFactory,
    CallFactory,
    CommitteeMemberFactory,
    EmployerFactory,
    ExpertFactory,
    NeedFactory,
    NetworkFactory,
    OfficerFactory,
    association_actor,
    committee_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
DRAFT, FILED, RETURNED = State.DRAFT, State.FILED, State.RETURNED
EVERY = dict.fromkeys(State.values)
SEEN = {state: None for state in State.values if state != DRAFT}
HIDDEN = ("recevable", "irrecevable", "renvoyer", "deposer", "reprendre", "modifier")


@dataclass
class Scene:
    """A need in one state, with the actors who try to act on it."""

    need: Need
    paper: RequestedPaper
    supplement: Supplement | None
    actors: dict[str, Actor]
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def facts(self) -> tuple[object, ...]:
        """Return everything that an action may change."""
        need = Need.objects.get(pk=self.need.pk)
        counts = (each.objects.count() for each in (Need, Entry, Paper, Presence, Message))
        return need.state, need.version, need.officer_id, need.title, *counts


@dataclass(frozen=True)
class Verb:
    """A URL, the role that owns it, the data to send, and {state: next state, None if the same}."""

    role: str
    path: str
    sent: Callable[[Scene], dict[str, Any]]
    effect: dict[str, str | None]


def typed(scene: Scene) -> dict[str, Any]:
    return {"title": "Autre titre", "seats": "1", "tab": str(uuid4())}


def answered(scene: Scene) -> dict[str, Any]:
    items = scene.supplement.items.all() if scene.supplement else []
    return {"version": 0, "done": "on", **{f"text_{each.pk}": "Six." for each in items}}


def picture(scene: Scene) -> dict[str, Any]:
    held = BytesIO()
    Image.new("RGB", (4, 4)).save(held, "PNG")
    sent = SimpleUploadedFile("statuts.png", held.getvalue(), content_type="image/png")
    return {f"file_{scene.paper.pk}": sent}


def later(scene: Scene) -> dict[str, Any]:
    soon = timezone.localtime() + timedelta(days=20)
    return {"version": 0, "answer_by": f"{soon:%Y-%m-%dT%H:%M}"}


def line(scene: Scene, verb: str) -> dict[str, Any]:
    officer = OfficerFactory(network=scene.need.network).pk
    return {"lines": [f"{scene.need.pk}-0"], "verb": verb, "officer": officer}


def remark(scene: Scene) -> dict[str, Any]:
    return {"idempotency_key": str(uuid4()), "field": "place", "text": "Où ?"}


WITHDRAWN = dict.fromkeys((DRAFT, FILED, RETURNED, State.ADMISSIBLE), State.WITHDRAWN)
WRITTEN = {DRAFT: None, RETURNED: None}
VERBS = {
    "submit": Verb("association", "besoins/{pk}/deposer/", lambda _: {}, {DRAFT: FILED}),
    "withdraw": Verb("association", "besoins/{pk}/retirer/", lambda _: {}, WITHDRAWN),
    "edit": Verb("association", "besoins/{pk}/modifier/", typed, WRITTEN),
    "screen": Verb("association", "besoins/{pk}/ecrans/probleme/", typed, WRITTEN),
    "keep": Verb("association", "besoins/{pk}/ecrans/probleme/garder/", typed, WRITTEN),
    "presence": Verb("association", "besoins/{pk}/ecrans/dates/presence/", lambda _: {}, EVERY),
    "remark": Verb("association", "besoins/{pk}/remarques/", remark, EVERY),
    "duplicate": Verb(
        "association",
        "besoins/{pk}/reprendre/",
        lambda scene: {
            "idempotency_key": str(uuid4()),
            "call": scene.need.call_id,
            "title": "Encore",
        },
        EVERY,
    ),
    "partner": Verb(
        "association",
        "besoins/{pk}/partenaire/",
        lambda _: {},
        {s: None for s in State.values if s not in (State.INADMISSIBLE, State.WITHDRAWN)},
    ),
    "resubmit": Verb("association", "complements/{pk}/", answered, {RETURNED: FILED}),
    "papers": Verb("association", "pieces/{pk}/", picture, WRITTEN),
    "withdraw for": Verb(
        "reseau",
        "besoins/{pk}/retirer/",
        lambda _: {},
        {state: target for state, target in WITHDRAWN.items() if state != DRAFT},
    ),
    "assign": Verb(
        "reseau",
        "besoins/{pk}/charge/",
        lambda scene: {"officer": OfficerFactory(network=scene.need.network).pk},
        SEEN,
    ),
    "remark of officer": Verb("reseau", "besoins/{pk}/remarques/", remark, SEEN),
    "accept": Verb(
        "reseau",
        "recevabilite/{pk}/",
        lambda _: {"then": "accept"},
        {FILED: State.ADMISSIBLE},
    ),
    "accept all": Verb(
        "reseau",
        "recevabilite/",
        lambda scene: line(scene, "accept"),
        {FILED: State.ADMISSIBLE},
    ),
    "assign all": Verb("reseau", "recevabilite/", lambda scene: line(scene, "assign"), SEEN),
    "request changes": Verb(
        "reseau",
        "recevabilite/{pk}/demander/",
        lambda scene: {**later(scene), "message": "Précisez.", "on_objectives": "Pour qui ?"},
        {FILED: RETURNED},
    ),
    "extend": Verb("reseau", "recevabilite/{pk}/prolonger/", later, {RETURNED: None}),
    # A returned need cannot be rejected before the deadline of its supplements.
    "reject": Verb(
        "reseau",
        "recevabilite/{pk}/refuser/",
        lambda _: {"ground": "safety", "words": "Zone rouge."},
        {FILED: State.INADMISSIBLE},
    ),
    "note": Verb("reseau", "recevabilite/{pk}/noter/", lambda _: {"text": "À rappeler."}, SEEN),
    # The call still receives needs: no late submission is possible.
    "submit late": Verb("reseau", "recevabilite/tardifs/{pk}/", lambda _: {}, {}),
}
OWNERS = {"association": "association", "reseau": "officer"}


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def scene_in(session_of: Callable[[Actor], Client]) -> Callable[[str], Scene]:
    """Return a function that creates a need in a state; if returned, with one supplement due."""

    def make(state: str) -> Scene:
        call = CallFactory(questions=[], needs_per_association=5)
        filed_at = None if state == DRAFT else timezone.now() - timedelta(days=1)
        need = NeedFactory(network=call.network, call=call, state=state, filed_at=filed_at)
        actors = {
            "association": association_actor(need.association),
            "foreign association": association_actor(AssociationFactory(network=call.network)),
            "officer": officer_actor(call.network),
            "foreign officer": officer_actor(NetworkFactory()),
            "expert": expert_actor(ExpertFactory()),
            "employer": employer_actor(EmployerFactory()),
            "committee": committee_actor(CommitteeMemberFactory(call=call)),
        }
        paper = RequestedPaper.objects.create(call=call, label="Statuts", needed=False)
        supplement = owed(need) if state == RETURNED else None
        made = Scene(need=need, paper=paper, supplement=supplement, actors=actors)
        made.clients = {role: session_of(actor) for role, actor in actors.items()}
        made.clients["anonymous"] = Client()
        return made

    return make


def owed(need: Need) -> Supplement:
    due = timezone.now() + timedelta(days=7)
    made = Supplement.objects.create(need=need, message="Précisez.", answer_by=due, by="R")
    SupplementItem.objects.create(supplement=made, field="objectives", text="Pour qui ?")
    return made


def urls(scene: Scene, person: str, role: str, path: str) -> Iterator[str]:
    """Return the URL under the key of its owner, then under the key of the role that tries."""
    owner = scene.actors[OWNERS[role]]
    keys = [owner.key]
    if person in scene.actors and scene.actors[person].role == role and person != OWNERS[role]:
        keys.append(scene.actors[person].key)
    for key in keys:
        yield f"/{role}/{key}/{path.format(pk=scene.need.pk)}"


def attempt(scene: Scene, role: str, url: str, sent: dict[str, Any]) -> tuple[Any, bool, int]:
    """Post to `url`, return (state, whether anything changed, status), and roll back."""
    with transaction.atomic():
        before = scene.facts
        data = {"version": 0, "reason": "Parce que.", **sent}
        status = scene.clients[role].post(url, data).status_code
        after = scene.facts
        transaction.set_rollback(True)
    return after[0], after != before, status


@pytest.mark.parametrize("state", State.values)
def test_posting_an_action_has_an_effect_only_for_its_owner_in_allowed_states(
    state: str, scene_in: Callable[[str], Scene]
) -> None:
    scene = scene_in(state)
    wrong = []
    for name, verb in VERBS.items():
        for role in scene.clients:
            for url in urls(scene, role, verb.role, verb.path):
                allowed = role == OWNERS[verb.role] and state in verb.effect
                target = (verb.effect[state] or state) if allowed else state
                now, changed, status = attempt(scene, role, url, verb.sent(scene))
                if (now, changed) != (target, allowed):
                    wrong.append((name, role, url, str(now), changed, status))
    assert wrong == []


@pytest.mark.parametrize("state", State.values)
def test_the_removed_urls_of_admissibility_verdicts_return_404(
    state: str, scene_in: Callable[[str], Scene]
) -> None:
    scene = scene_in(state)
    for role in scene.clients:
        for slug in HIDDEN:
            for url in urls(scene, role, "reseau", f"besoins/{{pk}}/{slug}/"):
                assert attempt(scene, role, url, {}) == (state, False, 404), (role, url)


def test_posting_a_returned_need_to_the_url_of_drafts_is_refused(
    scene_in: Callable[[str], Scene],
) -> None:
    scene = scene_in(RETURNED)
    own = f"/association/{scene.actors['association'].key}/"
    draft = f"{own}besoins/{scene.need.pk}/deposer/"
    assert attempt(scene, "association", draft, {}) == (RETURNED, False, 409)
    silent = {"version": 0, "done": "on"}
    url = f"{own}complements/{scene.need.pk}/"
    assert attempt(scene, "association", url, silent)[0] == RETURNED


def test_a_late_submission_is_refused_while_supplements_are_unanswered(
    scene_in: Callable[[str], Scene],
) -> None:
    scene = scene_in(RETURNED)
    Call.objects.filter(pk=scene.need.call_id).update(closes_at=timezone.now())
    url = f"/reseau/{scene.actors['officer'].key}/recevabilite/tardifs/{scene.need.pk}/"
    assert attempt(scene, "officer", url, {}) == (RETURNED, False, 409)
    SupplementItem.objects.update(answer="Six femmes.")
    assert attempt(scene, "officer", url, {})[0] == FILED


def test_a_need_of_a_suspended_association_is_accepted_only_with_a_waiver(
    scene_in: Callable[[str], Scene],
) -> None:
    scene = scene_in(FILED)
    type(scene.need.association).objects.update(state="suspended")
    url = f"/reseau/{scene.actors['officer'].key}/recevabilite/{scene.need.pk}/"
    assert attempt(scene, "officer", url, {"then": "accept"}) == (FILED, False, 409)
    assert attempt(scene, "officer", url, {"then": "accept", "waiver": "Accord."})[0] == (
        State.ADMISSIBLE
    )
