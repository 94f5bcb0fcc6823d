from datetime import UTC, datetime
from pathlib import Path

import pytest

from explor.ground.files import actions
from explor.ground.files.engine.keys import SealKey, create_key, current_key
from explor.ground.files.models import Document, Seal
from explor.ground.http.actor import Actor
from factories import NetworkFactory

READER = Actor(person=7, name="Camille Exemple", role="reseau", scope=1)
AT = datetime(2027, 4, 20, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def owner(db):
    """Return a row to own documents; a row of any model would do."""
    return NetworkFactory()


@pytest.fixture
def key() -> SealKey:
    """Return the sealing key, created once for all the tests since creating a key is slow."""
    return current_key()


@pytest.fixture(scope="session")
def another_key(tmp_path_factory) -> Path:
    """Return the path of the sealing key of another installation."""
    from django.conf import settings

    path = tmp_path_factory.mktemp("other") / "key.pem"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "SEAL_KEY", path)
        patch.setattr(settings, "EXPLOR_PUBLISHER", "Autre installation")
        create_key()
    return path


def issue(owner, **more) -> Document:
    given = {
        "template": "document.typ",
        "data": {"issuer": {"name": "Réseau d’exemple"}},
        "facts": [("Délivrée à", "Camille Exemple"), ("Lieu", "")],
        "kind": "certificate",
        "title": "Attestation d’engagement",
        "owner": owner,
        "by": READER,
        "network": 3,
        "at": AT,
    }
    return actions.issue(**{**given, **more})


@pytest.fixture
def issued(owner) -> Document:
    return issue(owner)


@pytest.fixture
def seal(issued) -> Seal:
    return issued.seal
