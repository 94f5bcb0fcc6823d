"""The answers of every page in its states: as it is, refused, sent, without rows, in error."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client, RequestFactory

from explor.actors.networks.models import Coordinator
from explor.ground.accounts.actions import open_invitation, open_link
from explor.ground.accounts.rules import digest_of
from explor.ground.http import errors
from explor.ground.http.actor import PUBLIC, SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.calls.models import FunderMember
from explor.journey.missions.models import Mission
from explor.journey.needs.models import Need
from explor.journey.nominations.models import Nomination
from explor.journey.releases.models import Release, Signatory
from factories import (
    AdministratorFactory,
    AgreementFactory,
    AssociationFactory,
    CallFactory,
    CommitteeMemberFactory,
    EmployerFactory,
    ExpertFactory,
    FunderFactory,
    MemberFactory,
    NetworkFactory,
    OfficerFactory,
    PersonFactory,
)

from .forms import Page, buttons_of, forms_of, pages_of, typed_in
from .test_isolation import filled
from .world import Side, routes

LIBRARY = ["/compte/login/", "/compte/login/code/", "/compte/signup/", "/compte/password/reset/"]
SIGNED_IN = ["/compte/email/", "/compte/logout/", "/compte/password/change/", "/compte/2fa/"]
GARBAGE = "ceci n’est pas une valeur"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A page as a person gets it; `state` says how it was asked."""

    state: str
    url: str
    response: Any

    def __str__(self) -> str:
        return f"{self.state} {self.response.status_code} {self.url}"


def is_page(response: Any) -> bool:
    return not response.streaming and response.get("Content-Type", "").startswith("text/html")


def answer_of(state: str, client: Client, url: str) -> Iterator[Answer]:
    response = client.get(url)
    if is_page(response) and response.content:
        yield Answer(state=state, url=url, response=response)


def posted(state: str, page: Page, url: str, data: dict[str, Any]) -> Iterator[Answer]:
    """Yield the page that follows a form, then roll back what the form did."""
    with transaction.atomic():
        response = page.client.post(url, data, follow=True)
        transaction.set_rollback(True)
    if is_page(response) and response.content:
        yield Answer(state=f"{page.role} {state}", url=url, response=response)


def states_of(page: Page) -> Iterator[Answer]:
    """Yield a page, then what follows its forms: valid, empty, with values that make no sense."""
    yield from answer_of(page.role or "public", page.client, page.url)
    for form in forms_of(page):
        good = typed_in(form)
        key = {"idempotency_key": good["idempotency_key"]}
        yield from posted("accepted", page, page.url, good)
        yield from posted("empty", page, page.url, key)
        yield from posted("garbage", page, page.url, dict.fromkeys(good, GARBAGE) | key)
    for button in buttons_of(page):
        yield from posted("button", page, button.url, dict(button.fields))


def pages_without_rows() -> Iterator[Answer]:
    """Yield the pages of people who have nothing yet: every list is empty."""
    network, funder = NetworkFactory(), FunderFactory()
    association = AssociationFactory(network=network)
    employer = EmployerFactory(network=network)
    call = CallFactory(network=network)
    people = {
        "reseau": (OfficerFactory(network=network, position="direction").person, network.slug),
        "association": (MemberFactory(organisation=association).person, association.slug),
        "employeur": (MemberFactory(organisation=employer).person, employer.slug),
        "comite": (CommitteeMemberFactory(call=call).person, call.slug),
        "expert": (ExpertFactory(network=network).person, ""),
        "financeur": (PersonFactory(), funder.slug),
        "coordination": (PersonFactory(), ""),
        "administration": (AdministratorFactory().person, ""),
    }
    FunderMember.objects.create(funder=funder, person=people["financeur"][0])
    Coordinator.objects.create(person=people["coordination"][0])
    for role, (person, key) in people.items():
        client = Client(raise_request_exception=False)
        client.force_login(person)
        for route, chain in routes():
            if getattr(chain[-1].callback, "role_type", "") == role and "int:" not in route:
                for url in filled(route, {role: key}, {}):
                    yield from answer_of(f"{role} without rows", client, url)


def pages_of_strangers(own: Side) -> Iterator[Answer]:
    """Yield the pages that a personal link opens."""
    who = {"name": "Hanta", "email": "hanta@exemple.test", "by": SYSTEM}
    need, mission = Need.objects.get(pk=own.rows["besoins"]), Mission.objects.all()[0]
    place = Signatory.objects.get(pk=own.rows["signataires"])
    agreement = AgreementFactory(release=place.release)
    Release.objects.filter(pk=place.release_id).update(agreement=agreement, state="approved")
    secret = "s" * 32
    Nomination.objects.update(digest=digest_of(secret))
    yield from answer_of("nominated", Client(), f"/personne-proposee/{secret}/")
    role = {"role_type": "reseau", "role_key": own.keys["reseau"]}
    for language in ("fr", "pt"):
        secret = open_link(need, language=language, **who)
        yield from answer_of("partner", Client(), f"/partenaire/{secret}/besoin/")
        secret = open_link(mission, language=language, **who)
        yield from answer_of("partner", Client(), f"/partenaire/{secret}/evaluation/")
    secret = open_link(agreement, holder=place, **who)
    yield from answer_of("signatory", Client(), f"/signer/{secret}/")
    yield from answer_of("signatory", Client(), f"/signer/{secret}/deleguer/")
    yield from answer_of("invited", Client(), open_invitation(**who, **role))


def pages_of_anyone() -> Iterator[Answer]:
    """Yield the public pages and those of the sign-in library, to somebody who is not signed in."""
    client = Client(raise_request_exception=False)
    for route, chain in routes():
        if not getattr(chain[-1].callback, "login_required", True) and "<" not in route:
            yield from answer_of("visitor", client, f"/{route}")
    for url in LIBRARY:
        yield from answer_of("visitor", client, url)
        response = client.post(url, {"login": "x", "email": "x", "password": "faux"})
        if is_page(response) and response.content:
            yield Answer(state="visitor garbage", url=url, response=response)
    person = OfficerFactory().person
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client = Client(raise_request_exception=False)
    client.force_login(person)
    for url in SIGNED_IN:
        yield from answer_of("signed in", client, url)


def pages_in_error() -> Iterator[Answer]:
    """Yield the page of each error, with what was typed."""
    request = RequestFactory().post("/reseau/amont/besoins/1/", {"titre": "Un puits " * 40})
    request.role, request.actor, request.roles = None, PUBLIC, []  # type: ignore[attr-defined]
    request.user = AnonymousUser()
    request.resolver_match = None
    refusal = ActionNotAllowed("Le comité a déjà rendu son avis.")
    for response in (
        errors.bad_request(request),
        errors.permission_denied(request),
        errors.page_not_found(request),
        errors.csrf_failure(request),
        errors.conflict(request, refusal),
        errors.key_missing(request),
        errors.too_many(request, 12),
        errors.too_large(request, limit=25, readable=True),
        errors.server_error(request),
        errors.unavailable(request, OSError("away")),
    ):
        yield Answer(state="error", url="/reseau/amont/besoins/1/", response=response)


def every_answer(own: Side) -> Iterator[Answer]:
    """Yield every page in every state that these tests know how to ask for."""
    yield from pages_in_error()
    yield from pages_of_anyone()
    yield from pages_without_rows()
    for page in pages_of(own):
        yield from states_of(page)
    yield from pages_of_strangers(own)


def some_answers(own: Side, count: int, seed: int) -> Iterator[Answer]:
    """Yield the states of `count` pages drawn at random."""
    drawn = random.Random(seed)
    yield drawn.choice(list(pages_in_error()))
    for page in drawn.sample(pages_of(own), count):
        yield from states_of(page)
