"""A personal link with a changed bit opens nothing, whatever its kind (S10)."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account import app_settings as account_settings
from django.test import Client
from django.utils.http import int_to_base36
from journey.releases.test_signatories import granted, links_to

from explor.ground.accounts import actions as accounts
from explor.ground.accounts.rules import digest_of
from explor.ground.accounts.selectors import any_link_of, invitation_of, link_of
from explor.ground.http.actor import SYSTEM
from explor.ground.mail.models import Message
from explor.ground.rights.actions import request_erasure
from explor.ground.rights.models import ErasureRequest
from explor.ground.rights.rules import actor_of
from explor.journey.needs.models import Need
from explor.journey.nominations.models import Nomination
from explor.journey.nominations.selectors import nomination_of
from explor.journey.releases.models import Agreement
from explor.public.directory.models import Alert
from explor.public.directory.rules import can_answer
from explor.public.directory.selectors import alert_of
from factories import EmployerFactory, NeedFactory, NetworkFactory, PersonFactory, ReleaseFactory
from support.soak import length

pytestmark = [pytest.mark.soak, pytest.mark.django_db]
MOST = 3  # bits changed at once
PAGES = 3  # links of each kind also sent to the page itself


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link: its secret, its page, and whether a secret opens it."""

    secret: str
    page: str
    opens: Callable[[str], bool]

    def url(self, secret: str) -> str:
        return self.page.replace("SECRET", secret)


def _followed(token: str) -> bool:
    alert = alert_of(token)
    return alert is not None and can_answer(alert, token)


@pytest.fixture
def links() -> dict[str, Link]:
    """Return a link of each kind, which opens what it must."""
    network, person, need = NetworkFactory(slug="alizes"), PersonFactory(), NeedFactory()
    accounts.invite(
        email="bo@exemple.test", role_type="reseau", role_key=network.slug, by=SYSTEM,
        position="officer",
    )  # fmt: skip
    url = Message.objects.latest("pk").url
    invited = url.rstrip("/").rpartition("/")[2]
    to: dict[str, Any] = {"name": "Bo Exemple", "email": "bo@exemple.test", "by": SYSTEM}
    partner = accounts.open_link(need, **to)
    release = granted(ReleaseFactory())
    signing = links_to(release.proposal.expert.person.email)[-1].split("/")[2]
    nominated = "k3y-of-the-person-who-is-named-1"
    Nomination.objects.create(
        need=need, employer=EmployerFactory(), name="Bo", email="bo@exemple.test",
        digest=digest_of(nominated), by="Une autre",
    )  # fmt: skip
    followed = Alert.objects.create(email="bo@exemple.test").token
    keys = account_settings.PASSWORD_RESET_TOKEN_GENERATOR()
    reset, uid = keys.make_token(person), int_to_base36(person.pk)
    leaving = PersonFactory()
    code = request_erasure(leaving, by=actor_of(leaving)).code
    return {
        "invitation": Link(
            secret=invited,
            page=url.replace(invited, "SECRET"),
            opens=lambda secret: invitation_of(secret) is not None,
        ),
        "partner": Link(
            secret=partner,
            page="/partenaire/SECRET/besoin/",
            opens=lambda secret: link_of(secret, Need) is not None,
        ),
        "signature": Link(
            secret=signing,
            page="/signer/SECRET/",
            opens=lambda secret: any_link_of(secret, Agreement) is not None,
        ),
        "nomination": Link(
            secret=nominated,
            page="/personne-proposee/SECRET/",
            opens=lambda secret: nomination_of(secret) is not None,
        ),
        "followed search": Link(secret=followed, page="/projets/suivre/SECRET/", opens=_followed),
        "password": Link(
            secret=reset,
            page=f"/compte/password/reset/key/{uid}-SECRET/",
            opens=lambda secret: keys.check_token(person, secret),
        ),
        "erasure": Link(
            secret=code,
            page="/effacement/SECRET/",
            opens=lambda secret: ErasureRequest.objects.filter(code=secret).exists(),
        ),
    }


def changed(secret: str, dice: random.Random) -> str:
    """Return a secret with one to three bits changed; no NUL, which the gate refuses."""
    while True:
        signs = [ord(sign) for sign in secret]
        for _ in range(dice.randint(1, MOST)):
            signs[dice.randrange(len(signs))] ^= 1 << dice.randrange(7)
        result = "".join(map(chr, signs))
        if result != secret and "\0" not in result:
            return result


def test_no_personal_link_with_a_changed_bit_opens_anything(
    links: dict[str, Link], record_property: Callable[[str, object], None]
) -> None:
    for kind, link in links.items():
        assert link.opens(link.secret), kind
    dice, tries = random.Random(20261130), length(700, 10_000)
    accepted: list[str] = []
    tried: Counter[str] = Counter()
    for number in range(tries):
        kind = list(links)[number % len(links)]
        secret = changed(links[kind].secret, dice)
        tried[kind] += 1
        if links[kind].opens(secret):
            accepted.append(f"{kind}: {secret!r}")
    assert accepted == []
    assert len(tried) == 7
    for kind, link in links.items():
        assert link.opens(link.secret), f"{kind}: the tries used it up"
    record_property("figure", f"{tries} links with changed bits, of 7 kinds: 0 accepted")


def test_a_personal_link_with_a_changed_letter_shows_the_page_of_an_unknown_link(
    links: dict[str, Link],
) -> None:
    dice = random.Random(20261130)
    for kind, link in links.items():
        signs, unknown = link.secret, Client().get(link.url("inconnu-inconnu-inconnu"))
        for _ in range(PAGES):
            at = dice.randrange(len(signs))
            other = "b" if signs[at] == "a" else "a"
            answer = Client().get(link.url(f"{signs[:at]}{other}{signs[at + 1 :]}"))
            assert answer.status_code == unknown.status_code, kind
            assert b"bo@exemple.test" not in answer.content, kind
        opened = Client().get(link.url(signs))
        assert (opened.status_code, opened.content) != (unknown.status_code, unknown.content), kind
