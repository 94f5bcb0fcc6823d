"""A passkey is added only from the answer of a real authenticator."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from explor.ground.accounts.actions import open_account

pytestmark = pytest.mark.django_db
PASSWORD = "un-long-mot-de-passe"
ADD = "/compte/2fa/webauthn/add/"


@pytest.fixture
def proved() -> Client:
    """Return the session of a person who has just typed their password again."""
    person = open_account(email="awa@exemple.test", name="Awa Exemple")
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    client.force_login(person)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "[]",
        '{"id": "AA"}',
        # In base64, « [] » and an empty map; an authenticator answers an object and an attestation.
        '{"id": "AA", "rawId": "AA", "type": "public-key",'
        ' "response": {"clientDataJSON": "W10", "attestationObject": "oA"}}',
    ],
)
def test_a_malformed_or_forged_passkey_answer_adds_no_passkey(proved: Client, answer: str) -> None:
    assert proved.get(ADD).status_code == 200
    page = proved.post(ADD, {"credential": answer, "name": "Ma clé"})
    assert (page.status_code, Authenticator.objects.count()) == (200, 0)
