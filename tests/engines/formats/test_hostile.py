"""Hostile files: each is refused with a message, within six seconds and 200 megabytes.

The process that asks for the reading stays within these limits too, even when the process
that opens the file exceeds them.
"""

import resource
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from explor.engines.formats import kind_of, readings
from explor.engines.formats.sheets import Sheet
from explor.engines.formats.tables import columns_of, headings, rows_of


def zipped(parts: dict[str, str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def xlsx(rows: str, shared: str = "") -> bytes:
    """Return an XLSX workbook of one sheet with these rows and shared texts."""
    word = "http://schemas.openxmlformats.org"
    link = f"{word}/officeDocument/2006/relationships"
    links = f'<Relationships xmlns="{word}/package/2006/relationships">'
    main = f'xmlns="{word}/spreadsheetml/2006/main"'
    return zipped({
        "_rels/.rels": f'{links}<Relationship Id="r1" Type="{link}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{link}"><sheets><sheet name="S" '
        'sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{links}<Relationship Id="r1" Type="{link}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{link}/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {main}><si><t>{shared}</t></si></sst>",
    })  # fmt: skip


def ods(rows: str) -> bytes:
    """Return an ODS workbook of one table with these rows."""
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{name}manifest:1.0"/>',
        "content.xml": f'<o:document-content xmlns:o="{name}office:1.0" '
        f'xmlns:table="{name}table:1.0" xmlns:text="{name}text:1.0" '
        f'xmlns:office="{name}office:1.0"><o:body><o:spreadsheet><table:table table:name="F">'
        f"{rows}</table:table></o:spreadsheet></o:body></o:document-content>",
    })  # fmt: skip


def row(text: str, cells: int = 1, rows: int = 1) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
        f'table:number-columns-repeated="{cells}" office:value-type="string"><text:p>{text}'
        "</text:p></table:table-cell></table:table-row>"
    )


SHARED = '<c t="s"><v>0</v></c>'
MILLION = "a" * 1_000_000
ROUND = "<row>" + "<c><v>1</v></c>" * 16_384 + "</row>"


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<iati-activities><iati-activity><title>&b;</title></iati-activity></iati-activities>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>
<iati-activities><iati-activity><title>&f;</title></iati-activity></iati-activities>"""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bombe.xlsx", xlsx(" " * 200_000_000)),
        ("loin.xlsx", xlsx("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>")),
        ("rangs.xlsx", xlsx(f'{ROUND}<row r="1048576"><c><v>1</v></c></row>')),
        ("partage.xlsx", xlsx("<row>" + SHARED * 5000 + "</row>", MILLION)),
        ("cases.ods", ods(row("Titre") + row("a", cells=16_384, rows=1_048_576))),
        ("rangs.ods", ods(row("Titre") + row("a", cells=16_384) * 3000)),
        ("texte.ods", ods(row("Titre") + row(MILLION, cells=2000))),
        ("blancs.ods", ods(row('<text:s text:c="2000000000"/>'))),
        ("colonnes.ods", ods(row("Titre", cells=2_000_000_000))),
        ("rires.xml", LAUGHS),
        ("dehors.xml", OUTSIDE),
        ("puits.html", b"<div>" * 300_000),
        ("gros.html", b"<p>x</p>" * 700_000),
        ("profond.json", b"[" * 9_000_000),
        ("profond-clos.json", b'[{"a":' + b"[" * 500_000 + b"]" * 500_000 + b"}]"),
        ("listes.json", b'[{"a": [' + b"[]," * 6_000_000 + b"[]]}]"),
        ("objets.json", b"[" + b'{"a":[{},{}]},' * 1_300_000 + b"{}]"),
        ("cles.json", b"[{" + b",".join(b'"c%d":1' % n for n in range(1_500_000)) + b"}]"),
        ("long.json", b'[{"Titre": "' + b"a" * 15_000_000 + b'"}]'),
        ("lignes.jsonl", b'{"a":[]}\n' * 2_000_000),
        ("nombre.json", b'[{"a": ' + b"9" * 10_000_000 + b"}]"),
        ("attributs.html", b"<p " + b"a=b " * 1_200_000 + b">"),
        ("enorme.html", b"<p>" * 1_600_000),
        ("tableau.html", b"<table>" + b"<tr><td>a<td>b" * 350_000),
        ("abime.xlsx", b"PK\x03\x04" + b"\0" * 500),
        ("vieux.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 500),
        ("coupe.xml", b"<iati-activities><iati-activity><title>"),
        ("autre.xml", b"<html/>"),
        ("virus.exe", b"MZ"),
        ("sans-tete.csv", b"\n\n"),
        ("points-virgules.csv", b";" * 19_000_000),
        ("tard.csv", b"Titre;Pays\n" + b";" * 19_000_000),
        ("case.csv", b"Titre;Pays\n" + b"a" * 19_000_000),
        ("lourde.xml", b"<iati-activities>" + b"<a/>" * 4_000_000 + b"<iati-activity/>"),
        ("cachee.xml", OUTSIDE.decode().replace("1.0", '1.0" encoding="UTF-16').encode("utf-16")),
        ("large.csv", b";".join(b"c%d" % n for n in range(5000))),
    ],
)
def test_a_hostile_or_broken_file_is_refused_within_limits_of_time_and_memory(
    name: str, data: bytes, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    program = (
        "import sys\n"
        "from explor.engines.formats import kind_of, readings\n"
        "from explor.engines.formats import UnreadableSheet\n"
        "name = sys.argv[1]; data = open(name, 'rb').read()\n"
        "try:\n"
        "    kind, mapping = kind_of(name, data)\n"
        "    found = list(readings(kind, data, name, mapping.get('guessed', {})))\n"
        "except UnreadableSheet as fault:\n"
        "    print(fault); sys.exit(7)\n"
    )

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (6, 6))
        resource.setrlimit(resource.RLIMIT_DATA, (260_000_000, 260_000_000))

    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, preexec_fn=bound
    )
    assert done.returncode == 7, done.stderr[-800:]
    assert len(done.stdout.decode().split()) >= 4


def test_an_ordinary_ods_workbook_is_read() -> None:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rest = f'<table:table-row table:number-rows-repeated="1048574">{blank}</table:table-row>'
    data = ods(row("Titre") + row("Un puits") + rest)
    assert list(rows_of(data, "t.ods")) == [["Titre"], ["Un puits"]]


def test_columns_with_equal_or_blank_headings_are_numbered_even_when_very_many() -> None:
    assert headings(["A", "", "A", " ", ""]) == ["A", "Colonne 2", "A (3)"]
    assert len(headings(["A"] * 100_000)) == 100_000
    assert [each.name for each in columns_of(b"A;;A;;\n1;2;3;;\n", "t.csv")] == [
        "A",
        "Colonne 2",
        "A (3)",
    ]


def test_a_sheet_that_is_too_long_is_omitted_and_reported() -> None:
    [reading] = readings("json", b'[{"fiche": {"title": "' + b"a" * 300_000 + b'"}}]', "p.json", {})
    assert (reading.sheet, reading.understood) == (Sheet(), ())
    assert [note.text for note in reading.notes] == [
        "Cette fiche dépasse 200 000 caractères : laissée de côté."
    ]


def test_an_ods_with_a_title_repeated_cells_and_repeated_rows_is_read() -> None:
    """A sheet of LibreOffice says « the same cell, twice » and « the same row, three times »."""
    head = row("Projets") + (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>Titre</text:p>'
        '</table:table-cell><table:table-cell office:value-type="string"><text:p>Localité'
        "</text:p></table:table-cell></table:table-row>"
    )
    data = ods(head + row("Dapaong", cells=2, rows=3))
    kind, details = kind_of("t.ods", data)
    read = list(readings(kind, data, "t.ods", details["guessed"]))
    assert [(each.sheet.title, each.sheet.locality) for each in read] == [
        ("Dapaong", "Dapaong")
    ] * 3
