"""Reading of tables in JSON, CSV and XLSX, and writing in CSV and XLSX."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explor.engines.cells import inert
from explor.engines.matching.text import fold

from ._fields import Cell, Column

Row = dict[str, Cell]
# The worksheets, with the keys of their lists in JSON, so that a plan can be read again.
ENGLISH = {
    "besoins": "needs",
    "personnes": "experts",
    "imposés": "pins",
    "interdits": "bans",
    "plan": "assignments",
}


@dataclass(frozen=True, kw_only=True)
class InputProblem:
    """A problem of an input file; `expected` says in French what should be there.

    `row` is the number of the row shown to the user, 0 when the problem concerns the whole file.
    """

    file: str
    row: int
    field: str
    expected: str

    def __str__(self) -> str:
        where = f"ligne {self.row}" if self.row else "fichier"
        return f"{self.file} : {where}, {self.field} : attendu {self.expected}"


class InvalidInput(Exception):
    """An error with all the problems of the input files, to be corrected at once."""

    def __init__(self, problems: Sequence[InputProblem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = list(problems)


def read_table(path: Path, columns: Sequence[Column], sheet: str) -> list[tuple[int, Row]]:
    """Return the rows of a file as (number shown to the user, cells by name of column).

    `sheet` is the name of the sheet of a workbook, or of the list in a JSON object. Raises
    InvalidInput for a file that cannot be read, or lacks a required column.
    """
    if not path.is_file():
        raise InvalidInput([_problem_of_file(path, "un fichier qui existe")])
    kind = path.suffix.lower()
    if kind == ".json":
        return _from_json(path, columns, sheet)
    if kind == ".csv":
        return _from_grid(path, _csv_grid(path), columns)
    if kind == ".xlsx":
        return _from_grid(path, _xlsx_grid(path, sheet), columns)
    raise InvalidInput([_problem_of_file(path, "un fichier .json, .csv ou .xlsx")])


def _problem_of_file(path: Path, expected: str, field: str = "contenu") -> InputProblem:
    return InputProblem(file=path.name, row=0, field=field, expected=expected)


def load_json(path: Path) -> Any:
    """Return the content of a JSON file; raise InvalidInput when it is missing or is not JSON."""
    if not path.is_file():
        raise InvalidInput([_problem_of_file(path, "un fichier qui existe")])
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InvalidInput([_problem_of_file(path, "du JSON en UTF-8")]) from error


def _from_json(path: Path, columns: Sequence[Column], sheet: str) -> list[tuple[int, Row]]:
    content = load_json(path)
    if isinstance(content, Mapping):
        content = content.get(sheet, content.get(ENGLISH[sheet]))
    if not isinstance(content, list):
        raise InvalidInput([_problem_of_file(path, "une liste d'objets")])
    rows, problems = [], []
    known = {column.name for column in columns}
    for number, item in enumerate(content, start=1):
        if isinstance(item, list) and len(item) == len(columns):
            item = dict(zip([column.name for column in columns], item, strict=True))
        if isinstance(item, Mapping):
            rows.append((number, {name: item[name] for name in item if name in known}))
        else:
            problems.append(
                InputProblem(file=path.name, row=number, field="objet", expected="un objet")
            )
    if problems:
        raise InvalidInput(problems)
    return rows


def _csv_grid(path: Path) -> list[list[Cell]]:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise InvalidInput([_problem_of_file(path, "du texte en UTF-8")])
    heading = text.splitlines()[0] if text else ""
    delimiter = max(",;\t", key=heading.count)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise InvalidInput([_problem_of_file(path, "un tableau CSV")]) from error


def _xlsx_grid(path: Path, sheet: str) -> list[list[Cell]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        wanted = [name for name in book.sheet_names if fold(name) == fold(sheet)]
        name = (wanted or book.sheet_names)[0]
        return book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, IndexError) as error:
        raise InvalidInput([_problem_of_file(path, "un classeur XLSX")]) from error


def _from_grid(
    path: Path, grid: list[list[Cell]], columns: Sequence[Column]
) -> list[tuple[int, Row]]:
    if not grid:
        raise InvalidInput([_problem_of_file(path, "une première ligne de titres")])
    by_heading = {fold(h): c.name for c in columns for h in (c.name, c.french)}
    heads = [by_heading.get(fold(str(cell)).strip()) for cell in grid[0]]
    problems = [
        _problem_of_file(path, f"une colonne « {c.french} »", c.french)
        for c in columns
        if c.needed and c.name not in heads
    ]
    if problems:
        raise InvalidInput(problems)
    rows = []
    for number, line in enumerate(grid[1:], start=2):
        if any(str(cell).strip() for cell in line):
            cells = zip(heads, line, strict=False)
            rows.append((number, {head: cell for head, cell in cells if head}))
    return rows


def records(path: Path, columns: Sequence[Column], sheet: str) -> list[dict[str, Any]]:
    """Return, for each row, the values by attribute of the record, without empty cells.

    The arguments are those of `read_table`. Raises InvalidInput with all the problems of the file.
    """
    return [values for _, values in numbered(path, columns, sheet)]


def numbered(path: Path, columns: Sequence[Column], sheet: str) -> list[tuple[int, dict[str, Any]]]:
    """Return (number of the row, values by attribute) for each row of a table, without empty cells.

    The arguments are those of `read_table`. Raises InvalidInput with all the problems of the file.
    """
    rows: list[tuple[int, dict[str, Any]]] = []
    problems: list[InputProblem] = []
    first_rows: dict[Any, int] = {}
    for number, row in read_table(path, columns, sheet):
        values, wrong = _values(path, number, row, columns)
        problems += wrong
        name = values.get("id")
        if name is not None and first_rows.setdefault(name, number) != number:
            expected = f"un identifiant unique (déjà ligne {first_rows[name]})"
            problems.append(InputProblem(file=path.name, row=number, field="id", expected=expected))
        rows.append((number, values))
    if problems:
        raise InvalidInput(problems)
    return rows


def _values(
    path: Path, number: int, row: Row, columns: Sequence[Column]
) -> tuple[dict[str, Any], list[InputProblem]]:
    values: dict[str, Any] = {}
    problems = []
    for column in columns:
        cell = row.get(column.name)
        empty = cell is None or (isinstance(cell, str) and not cell.strip())
        if empty and not column.needed:
            continue
        try:
            values[column.attribute or column.name] = column.read(cell)
        except ValueError as error:
            problems.append(
                InputProblem(file=path.name, row=number, field=column.name, expected=str(error))
            )
    return values, problems


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet of a workbook: its name, its headings and its rows of cells."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Return an XLSX workbook, with bold and frozen headings, columns as wide as their texts."""
    import xlsxwriter  # imported on use, since a page does not need these 15 MB

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, {**options, "default_date_format": "dd/mm/yyyy"}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        dated = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.write_row(0, 0, list(sheet.heads), bold)
            page.freeze_panes(1, 0)
            for r, row in enumerate(sheet.rows, start=1):
                for c, cell in enumerate(row):
                    page.write(r, c, cell, dated if hasattr(cell, "isoformat") else wrapped)
            for c, head in enumerate(sheet.heads):
                longest = max([len(head), *(len(str(row[c])) for row in sheet.rows)])
                page.set_column(c, c, min(60, longest + 2))
    return buffer.getvalue()


def csv_bytes(sheet: Sheet) -> bytes:
    """Return a sheet as a CSV file that a French spreadsheet opens.

    It has semicolons, a byte order mark and ISO dates; no cell is executed as a formula.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([inert(head) for head in sheet.heads])
    writer.writerows([[inert(cell) for cell in row] for row in sheet.rows])
    return out.getvalue().encode("utf-8-sig")
