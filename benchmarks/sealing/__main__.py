"""CPU time of rendering and signing 20 agreements: `python -m benchmarks.sealing`.

An agreement of two pages is rendered by typst and signed with a key of 3072 bits, twenty times, as
an employer's approval does before its transaction. The CPU time is that of this process, all
threads together, once warm; no database is used. The first document and the loading of pyHanko,
which each process pays once, are measured apart. The benchmark fails above the limit that we chose.
The figures are written to benchmarks/results/sealing.json.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parents[1] / "results" / "sealing.json"
COUNT = 20
LIMIT = 3.0  # CPU seconds for all the documents
AT = datetime(2027, 4, 20, 8, 0, tzinfo=UTC)
TEXT = (
    "Former douze fontainières à l’entretien des bornes-fontaines de la commune, avec un carnet "
    "de suivi tenu en éwé et en français. "
)


def main() -> int:
    """Render and sign the documents, print and save the figures; return 1 above the limit."""
    with tempfile.TemporaryDirectory(prefix="explor-bench-") as folder:
        os.environ |= {"EXPLOR_VAR": folder, "DATABASE_URL": "postgresql:///unused"}
        figures = _measure()
    text = json.dumps(figures, ensure_ascii=False, indent=1)
    RESULTS.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")
    return int(figures["cpu_seconds"] > LIMIT)


def _measure() -> dict[str, Any]:
    from explor.site.cli import framework

    loading = _cpu(lambda: import_module("pyhanko.sign.signers"))
    framework.load()
    from explor.ground.files.actions import draw
    from explor.ground.files.engine.keys import current_key
    from explor.ground.files.engine.sealing import seal_pdf
    from explor.ground.ui.pdf import render

    creating = _cpu(current_key)
    first = _cpu(lambda: draw(**_agreement(0)))
    spent = _cpu(lambda: [draw(**_agreement(number)) for number in range(COUNT)])
    drawn = render("document.typ", _agreement(0)["data"], title="Convention de mission", at=AT)
    sealing = _cpu(lambda: [seal_pdf(drawn, at=AT) for _ in range(COUNT)])
    return {
        "documents": COUNT,
        "cpu_seconds": round(spent, 2),
        "limit": LIMIT,
        "of_which_signing_ms_each": round(1000 * sealing / COUNT, 1),
        "bytes_drawn": len(drawn),
        "bytes_added": len(seal_pdf(drawn, at=AT).content) - len(drawn),
        "once_loading_pyhanko_ms": round(1000 * loading),
        "once_first_document_ms": round(1000 * first),
        "once_creating_a_key_ms": round(1000 * creating),
    }


def _cpu(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def _agreement(number: int) -> dict[str, Any]:
    """Return what `draw` needs for an agreement with as much text as a need may have."""
    facts = [
        ("Convention", f"C-2027-{number:04}"),
        ("Mission", "Former les fontainières"),
        ("Association", "Les Amis de Tsévié"),
        ("Employeur", "Métropole d’exemple"),
        ("Lieu", "Tsévié, Togo"),
        ("Dates", "du 01/03/2027 au 14/03/2027"),
        ("Cadre", "Congé de solidarité internationale"),
    ]
    data = {
        "issuer": {"name": "Réseau d’exemple", "accent": "lagon"},
        "reference": f"Convention C-2027-{number:04}",
        "kicker": "Convention de mission (modèle : exemple)",
        "lead": "Entre les signataires, pour la mission de Camille Exemple.",
        "facts": facts,
        "sections": [
            {"title": "Objectifs", "paragraphs": [TEXT * 10]},
            {"title": "Résultats attendus", "paragraphs": [TEXT * 10]},
        ],
        "signatures": [
            {"party": party, "name": "Camille Exemple"}
            for party in ("association", "expert", "employeur")
        ],
    }
    title = "Convention de mission"
    return {"template": "document.typ", "data": data, "facts": facts, "title": title, "at": AT}


if __name__ == "__main__":
    sys.exit(main())
