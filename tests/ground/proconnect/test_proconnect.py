"""Sign-in by ProConnect, tested against a simulated identity provider."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpResponse
from django.test import Client

from explor.ground.accounts.actions import open_account
from explor.ground.accounts.models import Person
from explor.site.config.proconnect import origins, providers
from factories import OfficerFactory
from support import proconnect

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Any) -> Iterator[proconnect.Provider]:
    with proconnect.running() as made:
        settings.SOCIALACCOUNT_PROVIDERS = providers(
            {
                "EXPLOR_PROCONNECT_URL": made.url,
                "EXPLOR_PROCONNECT_ID": proconnect.CLIENT,
                "EXPLOR_PROCONNECT_SECRET": "s",
            }
        )
        yield made


def sent_back(client: Client) -> str:
    """Go to the provider; return the address to which it sends the person back."""
    away = client.get("/compte/proconnect/")
    assert away.status_code == 302
    back = requests.get(away["Location"], allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    return f"{parts.path}?{parts.query}"


def enter(client: Client) -> HttpResponse:
    back = sent_back(client)
    assert "Entrer dans Explor" in client.get(back).content.decode()
    return client.post(back)


def test_without_proconnect_settings_there_is_no_sign_in_button_and_no_page(client: Client) -> None:
    assert "ProConnect" not in client.get("/compte/login/").content.decode()
    for url in ("/compte/proconnect/", "/compte/proconnect/retour/?code=c&state=s"):
        assert client.get(url).status_code == 404
    assert (providers({}), origins({})) == ({}, [])


def test_a_new_person_signs_in_by_proconnect_with_their_name_and_a_verified_address(
    client: Client, provider: proconnect.Provider
) -> None:
    assert "Continuer avec ProConnect" in client.get("/compte/login/").content.decode()
    assert enter(client).status_code == 302
    person = Person.objects.get(email="awa@exemple.test")
    assert person.name == "Awa Exemple"
    assert client.session["_auth_user_id"] == str(person.pk)
    assert provider.asked["acr_values"] == "eidas1"
    assert len(provider.asked["nonce"]) == 32
    assert set(provider.asked["scope"].split()) == {"openid", "email", "given_name", "usual_name"}
    assert SocialAccount.objects.get().extra_data == {}


def test_a_verified_proconnect_address_opens_the_account_that_has_this_address(
    client: Client, provider: proconnect.Provider
) -> None:
    person = open_account(email="awa@exemple.test", name="Awa d’avant")
    for identifier in ("8d3f", "another"):
        provider.person["sub"] = identifier
        visitor = Client()
        enter(visitor)
        assert visitor.session["_auth_user_id"] == str(person.pk)
    person.refresh_from_db()
    assert person.name == "Awa d’avant"


def test_getting_the_return_url_of_proconnect_opens_no_session(
    client: Client, provider: proconnect.Provider
) -> None:
    client.get(sent_back(client))
    assert "_auth_user_id" not in client.session
    assert not Person.objects.exists()


def test_the_return_url_of_proconnect_opens_no_session_in_another_browser(
    client: Client, provider: proconnect.Provider
) -> None:
    back = sent_back(client)
    stranger = Client()
    stranger.post(back)
    assert "_auth_user_id" not in stranger.session


@pytest.mark.parametrize(
    "fault", ["nonce", "key", "audience", "issuer", "somebody else", "no identity"]
)
def test_a_forged_answer_of_proconnect_opens_no_session(
    client: Client, provider: proconnect.Provider, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault == "nonce":
        provider.nonce = "another"
    elif fault == "key":
        provider.signing = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    elif fault == "audience":
        monkeypatch.setattr(proconnect, "CLIENT", "another-site")
    elif fault == "issuer":
        provider.issuer = "https://another.example"
    elif fault == "somebody else":
        provider.known_as = "another"
    else:
        provider.identifies = False
    enter(client)
    assert "_auth_user_id" not in client.session
    assert not Person.objects.exists()


def test_a_role_that_requires_a_second_factor_still_requires_it_after_proconnect(
    client: Client, provider: proconnect.Provider
) -> None:
    officer = OfficerFactory(person=open_account(email="awa@exemple.test", name="Awa"))
    enter(client)
    page = client.get(f"/reseau/{officer.network.slug}/", follow=True)
    assert "/2fa/" in page.redirect_chain[-1][0]


def test_signing_out_of_explor_signs_out_of_proconnect(
    client: Client, provider: proconnect.Provider
) -> None:
    enter(client)
    out = client.post("/compte/logout/")["Location"]
    assert out.startswith(f"{provider.url}/end?")
    values = parse_qs(urlsplit(out).query)
    assert values["post_logout_redirect_uri"] == ["http://testserver/"]
    assert values["id_token_hint"]
    assert values["state"]


def test_the_content_policy_lets_the_sign_out_form_redirect_to_proconnect() -> None:
    address = {"EXPLOR_PROCONNECT_URL": "https://identite.exemple.test/api/v2"}
    assert origins(address) == ["https://identite.exemple.test"]
