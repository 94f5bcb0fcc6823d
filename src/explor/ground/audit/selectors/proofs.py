"""The proof that a line is in a sealed block, which can be checked without the database."""

import json
from typing import Any

from ..engine import keys, merkle
from ..models import Block, Entry, Place
from ..rules import blocks as rules

FORMAT = "explor-proof-1"


def proof_of(entry: Entry) -> dict[str, Any] | None:
    """Return the proof that an entry is in its sealed block; None if it is in no block.

    Keys: `format`, `line` (primary key of the entry), `digest` (of the entry), `index` (its place
    in the block), `path` (hashes from the line up to the root), `block` (see
    `rules.blocks.facts_of`), `seal` (of the block).
    """
    place = Place.objects.filter(source=Place.Source.ENTRY, row=entry.pk).first()
    if place is None:
        return None
    block = Block.objects.get(number=place.block)
    places = Place.objects.filter(block=block.number).order_by("index")
    leaves = [rules.leaf_of(digest) for digest in places.values_list("digest", flat=True)]
    return {
        "format": FORMAT,
        "line": entry.pk,
        "digest": entry.digest,
        "index": place.index,
        "path": [each.hex() for each in merkle.path_of(leaves, place.index)],
        "block": rules.facts_of(block),
        "seal": block.seal,
    }


def faults_of_proof(text: str) -> list[str]:
    """Return the faults of a proof from `proof_of`, as JSON text, in French; [] if it is valid."""
    try:
        proof = json.loads(text)
        block = proof["block"]
        root = merkle.root_from(
            bytes.fromhex(proof["digest"]),
            index=int(proof["index"]),
            count=int(block["count"]),
            path=[bytes.fromhex(each) for each in proof["path"]],
        )
        statement, seal = rules.statement_of(block), str(proof["seal"])
        stated = str(block["root"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return ["Ce n’est pas une preuve d’Explor."]
    faults = []
    if root is None or root.hex() != stated:
        faults.append("Le chemin ne mène pas à la racine du bloc.")
    if not keys.is_signed(statement, seal):
        faults.append("Le bloc n’est pas scellé par une clé connue ici.")
    return faults
