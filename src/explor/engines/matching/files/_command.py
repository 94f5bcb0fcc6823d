"""The command `explor match rank|plan|template`, which reads and writes files."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from explor.engines.matching.planning import PinError, plan
from explor.engines.matching.ranking import Pool
from explor.engines.matching.records import Expert, Need, Settings
from explor.engines.matching.text import EmbeddingsMissing, encoders

from . import _results as results
from ._fields import EXPERT, NEED, PAIR
from ._settings import settings_from
from ._tables import InputProblem, InvalidInput, Sheet, csv_bytes, numbered, records, xlsx_bytes

BAD_INPUT = 2


def main(argv: Sequence[str]) -> int:
    """Run a sub-command of `explor match`; return the exit status.

    The status is 0, or 2 after printing every problem of the input, without writing a file.
    """
    options = _parser().parse_args(argv)
    try:
        content = options.run(options)
        _write(options.out, content)
    except InvalidInput as refusal:
        for problem in refusal.problems:
            print(problem, file=sys.stderr)
        count = len(refusal.problems)
        print(f"{count} erreur{'s' if count > 1 else ''}, rien n'a été écrit.", file=sys.stderr)
        return BAD_INPUT
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="explor match", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="rank|plan|template")
    ranking = commands.add_parser("rank", help="classer les personnes pour chaque besoin")
    planning = commands.add_parser("plan", help="organiser toute une session")
    for command in (ranking, planning):
        command.add_argument("--needs", type=Path, required=True, help="besoins")
        command.add_argument("--experts", type=Path, required=True, help="personnes")
        command.add_argument("--settings", type=Path, help="réglages (JSON)")
        command.add_argument(
            "--embeddings", choices=("none", "fast", "best"), help="plongements (extra semantic)"
        )
        command.add_argument("--cache", type=Path, help="dossier où garder les plongements")
        command.add_argument("--out", default="-", help=".json, .csv ou .xlsx ; - : à l'écran")
    ranking.add_argument("--need", help="un seul besoin, par son identifiant")
    ranking.add_argument("--top", type=int, help="les premières personnes seulement")
    ranking.set_defaults(run=_rank)
    for name, text in (("pins", "choix imposés"), ("bans", "choix interdits")):
        planning.add_argument(f"--{name}", type=Path, help=text)
    planning.add_argument("--previous", type=Path, help="plan précédent, dont rester proche")
    planning.set_defaults(run=_plan)
    template = commands.add_parser("template", help="classeur à remplir")
    template.add_argument("--out", default="modele-appariement.xlsx")
    template.set_defaults(run=_template)
    return parser


def _write(out: str, content: bytes) -> None:
    if out == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    target = Path(out)
    if not target.parent.is_dir():
        raise InvalidInput(
            [InputProblem(file=out, row=0, field="out", expected="un dossier qui existe")]
        )
    target.write_bytes(content)


def _inputs(options: argparse.Namespace) -> tuple[list[Need], list[Expert], Settings]:
    """Return the needs, the experts and the settings of the files named by the options.

    Raises InvalidInput with the problems of all files together.
    """
    problems: list[InputProblem] = []
    needs: list[dict[str, Any]] = []
    experts: list[dict[str, Any]] = []
    settings = Settings()
    try:
        needs = records(options.needs, NEED, "besoins")
    except InvalidInput as raised:
        problems += raised.problems
    try:
        experts = records(options.experts, EXPERT, "personnes")
    except InvalidInput as raised:
        problems += raised.problems
    if options.settings is not None:
        try:
            settings = settings_from(options.settings)
        except InvalidInput as raised:
            problems += raised.problems
    if problems:
        raise InvalidInput(problems)
    settings = _with_embeddings(options, settings)
    return [Need(**values) for values in needs], [Expert(**values) for values in experts], settings


def _with_embeddings(options: argparse.Namespace, settings: Settings) -> Settings:
    """Return the settings with the options `--embeddings` and `--cache` of the command.

    Raises InvalidInput when a package of the embeddings is not installed.
    """
    level = options.embeddings or settings.embeddings
    settings = replace(settings, embeddings=level, cache=options.cache)
    try:
        encoders(settings.embeddings, settings.cache)
    except EmbeddingsMissing as missing:
        problem = InputProblem(
            file="--embeddings", row=0, field="embeddings", expected=str(missing)
        )
        raise InvalidInput([problem]) from missing
    return settings


def _rank(options: argparse.Namespace) -> bytes:
    needs, experts, settings = _inputs(options)
    if options.need is not None:
        needs = [need for need in needs if need.id == options.need]
        if not needs:
            raise InvalidInput([_problem(options.needs, "id", f"un besoin « {options.need} »")])
    if options.top is not None and options.top < 1:
        raise InvalidInput([InputProblem(file="--top", row=0, field="top", expected="1 ou plus")])
    pool = Pool(experts, settings)
    ranked = [(need, pool.rank(need, options.top)) for need in needs]
    return _rendered(options.out, results.ranking_json(ranked), results.ranking_sheets(ranked))


def _problem(path: Path, field: str, expected: str) -> InputProblem:
    return InputProblem(file=path.name, row=0, field=field, expected=expected)


def _pairs(
    path: Path | None, sheet: str, needs: Sequence[Need], experts: Sequence[Expert]
) -> list[tuple[str, str]]:
    """Return the pairs (need id, expert id) of a file; empty when `path` is None.

    `sheet` is the name of the sheet of a workbook. Raises InvalidInput for ids absent from `needs`
    and `experts`.
    """
    if path is None:
        return []
    known = {"need": {n.id for n in needs}, "expert": {e.id for e in experts}}
    rows = numbered(path, PAIR, sheet)
    problems = [
        InputProblem(
            file=path.name, row=number, field=name, expected=f"un identifiant connu ({value})"
        )
        for number, row in rows
        for name, value in row.items()
        if value not in known[name]
    ]
    if problems:
        raise InvalidInput(problems)
    return [(row["need"], row["expert"]) for _, row in rows]


def _plan(options: argparse.Namespace) -> bytes:
    needs, experts, settings = _inputs(options)
    pins = _pairs(options.pins, "imposés", needs, experts)
    bans = _pairs(options.bans, "interdits", needs, experts)
    previous = options.previous and records(options.previous, PAIR, "plan")
    earlier = [(row["need"], row["expert"]) for row in previous or ()]
    try:
        result = plan(needs, experts, settings, pins, bans, previous=earlier)
    except PinError as refused:
        raise InvalidInput(
            [_problem(options.pins, "choix", text) for text in refused.reasons]
        ) from refused
    return _rendered(options.out, results.plan_json(result), results.plan_sheets(result, needs))


def _template(options: argparse.Namespace) -> bytes:
    if not options.out.endswith(".xlsx"):
        raise InvalidInput(
            [InputProblem(file=options.out, row=0, field="out", expected="un nom en .xlsx")]
        )
    return xlsx_bytes(results.template_sheets())


def _rendered(out: str, content: object, sheets: Sequence[Sheet]) -> bytes:
    kind = Path(out).suffix.lower()
    if kind == ".xlsx":
        return xlsx_bytes(sheets)
    if kind == ".csv":
        return csv_bytes(sheets[0])
    if kind in ("", ".json"):
        text = json.dumps(content, ensure_ascii=False, indent=2, default=_plain)
        return (text + "\n").encode()
    raise InvalidInput(
        [InputProblem(file=out, row=0, field="out", expected="un nom en .json, .csv ou .xlsx")]
    )


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not JSON: {value!r}")
