from datetime import UTC, datetime

import pytest

from explor.ground.files import actions
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
    """Return a row to own documents; any model would do."""
    return NetworkFactory()


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
