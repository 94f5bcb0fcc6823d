"""A journal line is proved by a file, without the database or the private key of the journal."""

import json
from typing import Any

import pytest

from explor.ground.audit.models import Entry
from explor.ground.audit.selectors import verify
from explor.ground.audit.selectors.proofs import faults_of_proof, proof_of
from support.journal import seal_everything, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def proof() -> dict[str, Any]:
    write(11, files=3)
    seal_everything()
    found = proof_of(Entry.objects.order_by("pk")[6])
    assert found is not None
    return found


def test_a_proof_contains_the_path_from_its_journal_line_to_the_root_of_a_sealed_block(
    proof: dict[str, Any],
) -> None:
    assert len(proof["path"]) == 4
    assert faults_of_proof(json.dumps(proof)) == []


def test_each_line_of_the_journal_has_a_valid_proof() -> None:
    write(7)
    assert proof_of(Entry.objects.order_by("pk")[0]) is None
    seal_everything()
    for entry in Entry.objects.all():
        assert faults_of_proof(json.dumps(proof_of(entry))) == []
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("digest", "00" * 32), ("index", 5), ("path", []), ("path", ["00" * 32] * 4)],
)
def test_a_proof_with_a_changed_digest_index_or_path_is_invalid(
    proof: dict[str, Any], name: str, value: object
) -> None:
    proof[name] = value
    assert faults_of_proof(json.dumps(proof)) == ["Le chemin ne mène pas à la racine du bloc."]


def test_a_proof_whose_block_was_changed_or_sealed_by_an_unknown_key_is_invalid(
    proof: dict[str, Any], settings: Any, tmp_path: Any
) -> None:
    unknown = ["Le bloc n’est pas scellé par une clé connue ici."]
    proof["block"]["sealed_at"] = "2020-01-01T00:00:00+00:00"
    assert faults_of_proof(json.dumps(proof)) == unknown
    settings.JOURNAL_PUBLIC_KEYS = tmp_path / "absent.txt"
    assert faults_of_proof(json.dumps(proof)) == unknown


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"block": 1}', "\0"])
def test_a_file_that_is_not_a_proof_is_reported_as_such(text: str) -> None:
    assert faults_of_proof(text) == ["Ce n’est pas une preuve d’Explor."]
