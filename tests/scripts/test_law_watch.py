"""Results of the law watch script on invented articles, in an invented package."""

import io
import json
import tarfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import law_watch
from law_watch import Finding, Outcome, Package, Row, compare, digest_of, has_moved, updated

ON = date(2027, 3, 1)
OLD, FOREVER = date(2020, 1, 1), date(2999, 1, 1)
CODE = "Code des nuages"
TEXT = "Un nuage ne peut être compté que par beau temps."
KEPT = digest_of(TEXT)


def article(num: str = "L1", **given: Any) -> dict[str, Any]:
    """Return an article as the package writes it; dates are given as days."""
    data = {"num": num, "id": "LEGIARTI1", "etat": "VIGUEUR", "texte": TEXT, **given}
    for key, default in (("dateDebut", OLD), ("dateFin", FOREVER)):
        day = data.get(key, default)
        data[key] = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000
    return {"type": "article", "data": data}


def package_of(*articles: dict[str, Any]) -> Package:
    """Return a package whose only code holds these articles, in a section."""
    section = {"type": "section", "data": {"title": "Ciel"}, "children": list(articles)}
    code = {"type": "code", "data": {"title": CODE}, "children": [section]}
    codes = {CODE: law_watch.articles_of(code, ON)}
    return Package(version="2.0.0", as_of=date(2027, 2, 28), codes=codes)


def row(**given: str) -> Row:
    """Return a row of laws.csv whose article did not change."""
    return {
        "id": "CN-L1",
        "text": CODE,
        "article": "art. L1",
        "title": "Compte des nuages",
        "legal_id": "LEGIARTI1",
        "source": "lecture d’avant",
        "read_on": "2026-01-01",
        "digest": KEPT,
        "version": "1.0.0;2020-01-01",
        **given,
    }


def outcome(kept: Row, *articles: dict[str, Any]) -> Outcome:
    (finding,) = compare([kept], package_of(*articles).codes, ON)
    return finding.outcome


def test_an_article_with_equal_identifier_and_text_is_reported_as_unchanged() -> None:
    assert outcome(row(), article()) is Outcome.SAME


def test_an_article_with_another_identifier_is_reported_as_changed() -> None:
    assert outcome(row(), article(id="LEGIARTI2")) is Outcome.IDENTIFIER


def test_an_article_with_another_identifier_is_changed_even_without_a_stored_digest() -> None:
    assert outcome(row(digest=""), article(id="LEGIARTI2")) is Outcome.IDENTIFIER


def test_an_article_with_the_same_identifier_and_another_text_is_reported_as_changed() -> None:
    assert outcome(row(), article(texte="Un nuage se compte par tous les temps.")) is Outcome.TEXT


@pytest.mark.parametrize(
    "given",
    [
        {"etat": "ABROGE"},
        {"etat": "TRANSFERE"},
        {"etat": "ABROGE_DIFF", "dateFin": ON},
    ],
)
def test_an_article_no_longer_in_force_is_reported_as_repealed(given: dict[str, Any]) -> None:
    assert outcome(row(), article(**given)) is Outcome.REPEALED


def test_an_article_that_will_be_repealed_later_is_reported_as_unchanged() -> None:
    assert outcome(row(), article(etat="ABROGE_DIFF", dateFin=date(2027, 3, 2))) is Outcome.SAME


def test_an_article_whose_version_has_ended_since_the_package_is_reported_as_replaced() -> None:
    assert outcome(row(), article(dateFin=ON)) is Outcome.REPLACED


def test_the_law_watch_reports_an_article_absent_from_its_code_as_missing() -> None:
    assert outcome(row(), article("L2")) is Outcome.MISSING


def test_the_law_watch_reports_an_article_without_stored_digest_as_never_compared() -> None:
    assert outcome(row(digest="", legal_id=""), article()) is Outcome.NEW


def test_an_article_of_a_code_that_the_package_lacks_is_not_covered() -> None:
    assert outcome(row(text="Code des vents", digest=""), article()) is Outcome.NOT_COVERED


def test_an_article_whose_code_is_no_longer_in_the_package_is_reported_missing() -> None:
    assert outcome(row(text="Code des vents"), article()) is Outcome.MISSING


@pytest.mark.parametrize("reverse", [False, True])
def test_when_two_articles_have_one_number_the_article_in_force_is_compared(reverse: bool) -> None:
    later = article(id="LEGIARTI2", etat="VIGUEUR_DIFF", dateDebut=date(2027, 6, 1))
    both = [article(dateFin=date(2027, 6, 1)), later]
    assert outcome(row(), *(both[::-1] if reverse else both)) is Outcome.SAME


@pytest.mark.parametrize(
    "same",
    [
        "L’article  L. 1 , « 1\u202f000 nuages » – au plus.",
        "L'article L. 1, «\u00a01 000 nuages\u00a0» - au plus.",
        "\nL‘article L. 1,\n“1 000 nuages” — au plus. ",
    ],
)
def test_a_change_of_typography_alone_does_not_change_the_digest_of_an_article(same: str) -> None:
    assert digest_of(same) == digest_of('L\'article L. 1, "1 000 nuages" - au plus.')


@pytest.mark.parametrize(
    "other",
    ["Un nuage, ne peut", "un nuage ne peut", "Un nuage ne peut pas", "Un nu age ne peut"],
)
def test_changing_a_word_a_capital_or_a_comma_changes_the_digest_of_an_article(other: str) -> None:
    assert digest_of(other) != digest_of("Un nuage ne peut")


def archive(folder: Path, files: dict[str, Any]) -> Path:
    path = folder / "package.tgz"
    with tarfile.open(path, "w:gz") as package:
        for name, content in files.items():
            data = json.dumps(content).encode()
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(data)
            package.addfile(member, io.BytesIO(data))
    return path


def test_reading_a_package_of_laws_returns_its_version_its_last_change_and_its_codes(
    tmp_path: Path,
) -> None:
    codes = [
        {
            "type": "code",
            "data": {"title": title, "dateModif": day},
            "children": [article(etat=None)],
        }
        for title, day in ((CODE, "2027-02-01"), ("Code des vents", "2027-02-20"))
    ]
    files = {
        "package.json": {"version": "3.1.4"},
        "data/index.json": [],
        "data/LEGITEXT1.json": codes[0],
        "data/LEGITEXT2.json": codes[1],
    }
    package = law_watch.read_package(archive(tmp_path, files), ON)
    published = law_watch.Published(
        legal_id="LEGIARTI1", digest=KEPT, state="", starts=OLD, ends=FOREVER
    )
    assert package == Package(
        version="3.1.4",
        as_of=date(2027, 2, 20),
        codes={CODE: {"L1": published}, "Code des vents": {"L1": published}},
    )


ROWS = [
    row(),
    row(id="CN-L2", article="art. L2"),
    row(id="CN-L3", article="art. L3"),
    row(id="CN-L4", article="art. L4"),
    row(id="CN-L5", article="art. L5", digest="", version=""),
    row(id="CV-L1", text="Code des vents", article="art. L1", digest="", version=""),
    row(id="CN-L6", article="art. L6"),
    row(id="CN-L7", article="art. L7"),
    row(id="COUTUME", text="Coutume", article="", legal_id="", digest="", version=""),
]
PACKAGE = package_of(
    article("L1"),
    article("L2", id="LEGIARTI9", dateDebut=date(2027, 1, 1)),
    article("L3", texte="Autre."),
    article("L4", etat="ABROGE", dateFin=date(2027, 2, 1)),
    article("L5", dateFin=date(2027, 9, 1)),
    article("L7", dateFin=law_watch.UNDATED),
)
REPORT = """\
legi-data 2.0.0, codes au 28/02/2027 : 2 sur 9 sans changement.

À relire (4) :
- CN-L2 (Code des nuages, art. L2) : identifiant changé, LEGIARTI9 depuis le 01/01/2027 \
au lieu de LEGIARTI1
- CN-L3 (Code des nuages, art. L3) : texte changé
- CN-L4 (Code des nuages, art. L4) : abrogé, depuis le 01/02/2027
- CN-L6 (Code des nuages, art. L6) : introuvable

Changement annoncé (2) :
- CN-L5 (Code des nuages, art. L5) : cette version prend fin le 01/09/2027
- CN-L7 (Code des nuages, art. L7) : cette version prend fin à une date qui reste à fixer

Jamais comparés (1) :
- CN-L5 (Code des nuages, art. L5)

Non couverts par ce paquet, à relire à la source (2) :
- CV-L1 (Code des vents, art. L1)
- COUTUME (Coutume)
"""


def findings() -> list[Finding]:
    return compare(ROWS, PACKAGE.codes, ON)


def test_the_law_watch_report_lists_articles_changed_soon_to_change_and_not_covered() -> None:
    assert law_watch.report(findings(), PACKAGE, ON) == REPORT


def test_the_law_watch_report_on_unchanged_articles_is_one_line() -> None:
    said = law_watch.report(compare([row()], PACKAGE.codes, ON), PACKAGE, ON)
    assert said == "legi-data 2.0.0, codes au 28/02/2027 : 1 sur 1 sans changement.\n"


@pytest.mark.parametrize(
    ("kept", "moved"),
    [([ROWS[0], ROWS[4], ROWS[5], ROWS[7]], False), (ROWS[:2], True), (ROWS[6:7], True)],
)
def test_the_function_has_moved_is_true_only_for_an_article_changed_repealed_or_missing(
    kept: list[Row], moved: bool
) -> None:
    assert has_moved(compare(kept, PACKAGE.codes, ON)) is moved


def test_the_function_updated_stores_texts_of_unchanged_articles_and_keeps_the_other_rows() -> None:
    recorded = {"digest": KEPT, "version": "2.0.0;2020-01-01"}
    not_covered = {"digest": "", "version": "non couvert"}
    assert updated(findings(), PACKAGE, on=ON) == [
        {**ROWS[0], **recorded},
        *ROWS[1:4],
        {**ROWS[4], **recorded},
        {**ROWS[5], **not_covered},
        ROWS[6],
        {**ROWS[7], **recorded},
        {**ROWS[8], **not_covered},
    ]


def test_the_law_watch_gives_an_identifier_to_an_article_that_had_none() -> None:
    bare = row(legal_id="", digest="", version="")
    (written,) = updated(compare([bare], PACKAGE.codes, ON), PACKAGE, on=ON)
    assert written == row(version="2.0.0;2020-01-01")


def test_marking_an_article_of_law_as_read_updates_its_identifier_text_source_and_day() -> None:
    written = updated(findings(), PACKAGE, read=["CN-L2"], on=ON)
    assert written[1] == {
        **ROWS[1],
        "legal_id": "LEGIARTI9",
        "digest": KEPT,
        "version": "2.0.0;2027-01-01",
        "source": "base LEGI (legi-data 2.0.0, codes au 28/02/2027)",
        "read_on": "2027-03-01",
    }
    assert written[2] == ROWS[2]
    assert outcome(written[1], article("L2", id="LEGIARTI9")) is Outcome.SAME


@pytest.mark.parametrize("key", ["CN-L4", "CN-L6", "COUTUME", "CV-L1", "INCONNU"])
def test_an_article_without_a_text_in_force_is_not_recorded_as_read(key: str) -> None:
    with pytest.raises(law_watch.CannotCompare) as refused:
        updated(findings(), PACKAGE, read=[key], on=ON)
    assert str(refused.value) == f"Sans texte en vigueur dans ce paquet : {key}."
