"""From acceptance to the sealed agreement with each kind of employer, by keyboard on a phone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from journeys.conftest import Scene, scene_of
from playwright.sync_api import Browser

from explor.ground.files.engine.reading import is_intact
from explor.ground.mail.models import Message
from explor.journey.proposals.actions import introduce
from explor.journey.releases.models import Release
from factories import DecisionFactory, NeedFactory, officer_actor

from .keys import Keys
from .test_from_need_to_clearance import WAYS
from .visitor import BrowserVisitor

Run = Callable[[], list[str]]
Opener = Callable[[], BrowserVisitor]
PUBLIC = {"is_public": True}
ROLES = ("officer", "president", "professional", "resources")


@dataclass(frozen=True, kw_only=True)
class Case:
    """An employer, its legal relation with the expert, and the leave scheme that it chooses."""

    employer: dict[str, Any] | None
    employment: str
    scheme: str
    council: bool = False


CASES = {
    "company": Case(employer={"structure_type": "ENTREPRISE"}, employment="salarie", scheme="MCP"),
    "commune": Case(
        employer=PUBLIC | {"structure_type": "COMMUNE", "inhabitants": 12_000},
        employment="titulaire",
        scheme="MAD",
        council=True,
    ),
    "hospital": Case(
        employer=PUBLIC | {"structure_type": "HOPITAL"}, employment="titulaire", scheme="MCI"
    ),
    "state": Case(
        employer=PUBLIC | {"structure_type": "ETAT"}, employment="titulaire", scheme="OM"
    ),
    "association": Case(employer={"structure_type": "ASSO"}, employment="salarie", scheme="PMO"),
    "volunteer": Case(employer=None, employment="benevole", scheme="BSE"),
}


@pytest.fixture(params=sorted(CASES))
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


@pytest.fixture
def stage(
    case: Case,
    transactional_db: None,
    live_server: Any,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Scene]:
    """Create a proposal sent to the parties, with one phone for each person."""
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    scene = scene_of("amont")
    expert, employer = scene.expert, scene.employer
    expert.employment = case.employment
    if case.employer is None:
        expert.employer, expert.employed_since = None, None
    else:
        for name, value in case.employer.items():
            setattr(employer, name, value)
        employer.schemes = [case.scheme]
        employer.save()
    expert.save()
    for role in ROLES:
        email = expert.person.email if role == "professional" else f"{role}@amont.test"
        setattr(scene, role, BrowserVisitor(browser, live_server.url, email, **WAYS["phone"]))
    yield scene
    for role in ROLES:
        getattr(scene, role).close()


@pytest.fixture
def stranger(stage: Scene, live_server: Any, browser: Browser) -> Iterator[Opener]:
    """Return a function that opens the phone of somebody who has no account."""
    phones: list[BrowserVisitor] = []

    def open_phone() -> BrowserVisitor:
        phones.append(BrowserVisitor(browser, live_server.url, **WAYS["phone"]))
        return phones[-1]

    yield open_phone
    faults = [fault for phone in phones for fault in phone.faults]
    for phone in phones:
        phone.close()
    assert faults == []


def opened(visitor: BrowserVisitor, to: str, kind: str) -> Keys:
    """Open the link of the last email of a kind sent to an address; count it as the first click."""
    mail = Message.objects.filter(to=to, kind=kind).latest("pk")
    visitor.read(mail.url)
    keys = Keys(visitor)
    keys.clicks += 1
    return keys


def say_yes(keys: Keys) -> None:
    keys.over_the_menu().to("a[href$='/repondre/']").enter()
    keys.over_the_menu().to("[name=said]").press("Space")
    submit(keys)


def submit(keys: Keys) -> None:
    keys.to("main form[method=post] button[type=submit]").enter()
    assert not keys.page.query_selector("[aria-invalid=true]"), keys.page.content()[-3000:]


def choose(keys: Keys, name: str, value: str) -> None:
    """Focus a group of radio buttons, and press the arrow key until `value` is chosen."""
    keys.to(f"[name={name}]")
    for _ in range(40):
        if keys.page.evaluate("document.activeElement.value") == value:
            return keys.press("Space")
        keys.press("ArrowDown")
    raise AssertionError(f"{name} has no choice {value}")


def addresses(scene: Scene) -> dict[str, tuple[BrowserVisitor, str]]:
    """Return the phone and the address of each party."""
    people = {
        "expert": (scene.professional, scene.expert.person.email),
        "association": (scene.president, "president@amont.test"),
    }
    if scene.expert.employer:
        people["employeur"] = (scene.resources, "resources@amont.test")
    return people


def grant(scene: Scene, case: Case) -> None:
    """Grant the release in the scheme, as the employer or, without one, as the network."""
    visitor, address = scene.officer, "officer@amont.test"
    if case.employer:
        visitor, address = scene.resources, "resources@amont.test"
    keys = opened(visitor, address, "releases.open_release")
    keys.over_the_menu().to("a[href$='/accorder/']").enter()
    choose(keys.over_the_menu(), "scheme", case.scheme)
    submit(keys)
    assert keys.clicks <= 5


def confirm(scene: Scene, release: Release) -> None:
    """As the officer, confirm the scheme if it is to check."""
    scene.officer.read(f"/reseau/amont/mises-a-disposition/{release.pk}/")
    if scene.officer.page.query_selector("a[href$='/cadre/']"):
        keys = Keys(scene.officer)
        keys.over_the_menu().to("a[href$='/cadre/']").enter()
        submit(keys.over_the_menu())


def name_signatories(scene: Scene, release: Release) -> list[str]:
    """As a council's human resources, name its signatories; return their addresses."""
    home = f"/employeur/{scene.employer.slug}/mises-a-disposition/{release.pk}/"
    named = []
    for place in release.signatories.filter(party="employeur").order_by("rank"):
        scene.resources.read(home)
        keys = Keys(scene.resources)
        keys.over_the_menu().to(f"a[href$='/signataires/{place.pk}/nommer/']").enter()
        keys.over_the_menu().to("[name=name]").type(f"Signataire {place.rank + 1}")
        keys.to("[name=email]").type(f"signataire{place.rank + 1}@commune.test")
        submit(keys)
        named.append(f"signataire{place.rank + 1}@commune.test")
    return named


def read_the_paper(keys: Keys) -> None:
    """Follow the link to the PDF, count it as a click, and check that the PDF is served."""
    keys.over_the_menu().to("a[href$='.pdf'], a[href$='/convention/']")
    link = keys.page.evaluate("document.activeElement.href")
    assert keys.page.request.get(link).body()[:5] == b"%PDF-"
    keys.clicks += 1


def sign(keys: Keys) -> None:
    """Tick the consent box and press the button that signs."""
    keys.to("[name=agreed]").press("Space")
    submit(keys)


def sign_by_mail(visitor: BrowserVisitor, address: str) -> int:
    """Sign without account, from the link received by email; return the number of clicks."""
    keys = opened(visitor, address, "releases.ask_signatory")
    read_the_paper(keys)
    sign(keys)
    assert visitor.sees("Vous avez signé")
    return keys.clicks


def sign_by_account(visitor: BrowserVisitor, address: str) -> int:
    """Sign as a member of a party, from the email on the agreement; return the number of clicks."""
    keys = opened(visitor, address, "releases.approve")
    read_the_paper(keys)
    keys.to("a[href$='/signer/']", 120).enter()
    sign(keys.over_the_menu())
    return keys.clicks


def sign_as_each_party(scene: Scene, case: Case, release: Release, stranger: Opener) -> None:
    """Sign as the expert, the association and the employer, each from an email."""
    assert sign_by_mail(stranger(), scene.expert.person.email) <= 4
    assert sign_by_account(scene.president, "president@amont.test") <= 5
    if case.council:
        for address in name_signatories(scene, release):
            assert sign_by_mail(stranger(), address) <= 4
    elif case.employer:
        assert sign_by_account(scene.resources, "resources@amont.test") <= 5


def test_every_kind_of_employer_can_grant_and_sign_with_the_keyboard_on_a_phone(
    stage: Scene, case: Case, stranger: Opener, run_jobs: Run
) -> None:
    need = NeedFactory(network=stage.network, association=stage.association, state="admissible")
    DecisionFactory(need=need)
    proposal = introduce(
        need=need,
        expert=stage.expert,
        start=need.window_start,
        end=need.window_start + timedelta(days=need.days - 1),
        by=officer_actor(stage.network),
        override="La seule personne de ce métier.",
    )
    run_jobs()
    for visitor, address in addresses(stage).values():
        keys = opened(visitor, address, "proposals.introduce")
        say_yes(keys)
        assert keys.clicks <= 5
        run_jobs()
    proposal.refresh_from_db()
    assert proposal.state == "agreed"
    release = Release.objects.get(proposal=proposal)
    grant(stage, case)
    run_jobs()
    release.refresh_from_db()
    assert (release.state, release.scheme) == ("approved", case.scheme)
    confirm(stage, release)
    run_jobs()
    sign_as_each_party(stage, case, release, stranger)
    run_jobs()
    release.refresh_from_db()
    assert release.state == "agreed"
    assert release.agreement
    signed = release.agreement.signed_copy
    with signed.file.open("rb") as file:
        content = file.read()
    assert signed.seal.is_valid
    assert is_intact(content, lambda digest: digest == signed.seal.certificate) is True
    assert [fault for role in ROLES for fault in getattr(stage, role).faults] == []
