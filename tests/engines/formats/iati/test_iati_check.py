"""The IATI check gives the results of the standard's test cases, rules and real files."""

import time
import zipfile
from datetime import date

import pytest
from engines.formats.iati import ruleset
from lxml import etree

from explor.engines.formats.iati import UnreadableFile, check_iati
from explor.engines.formats.iati._check import (
    parse_iati,
    rule_findings,
    schema_findings,
    schema_message_fr,
)
from explor.engines.formats.iati._rules import RULES

TODAY = date(2026, 11, 23)
SCHEMAS = "data/iati/iati-2.03"
REAL = (
    "real/enabel.xml",
    "real/fondation-hirondelle.xml",
    "real/handicap-international.xml",
    "real/meae.xml",
    "real/snv.xml",
    "real/terre-des-hommes.xml",
    "real/unesco.xml",
    "example-activity-annotated-2.03.xml",
    "example-organisation-annotated-2.03.xml",
)


def _activity(inside, attributes='xml:lang="fr" default-currency="EUR"'):
    return (
        '<iati-activities version="2.03"><iati-activity '
        f"{attributes}><iati-identifier>FR-1-2</iati-identifier>"
        f'<reporting-org ref="FR-1"/>{inside}</iati-activity></iati-activities>'
    ).encode()


GOOD = (
    '<activity-date type="1" iso-date="2024-01-01"/><recipient-country code="SN"/>'
    '<sector code="14030"/>'
)


def _rules(inside, **attributes):
    return {f.rule for f in check_iati(_activity(inside, **attributes), today=TODAY).findings}


def test_official_schema_test_cases_are_accepted_or_rejected_as_expected(shared):
    schemas = shared(SCHEMAS)
    wrong, visited = [], 0
    with zipfile.ZipFile(shared("data/iati/schema-tests-2.03.zip")) as cases:
        for name in (name for name in cases.namelist() if name.endswith(".xml")):
            visited += 1
            try:
                accepted = not schema_findings(parse_iati(cases.read(name)), schemas)
            except UnreadableFile:
                accepted = False
            if accepted != ("/should-pass/" in name):
                wrong.append(name)
    assert (visited, wrong) == (422, [])


def test_every_rule_of_the_standard_is_checked_with_its_severity(shared):
    official = {}
    for rule in ruleset.cases(shared(f"{SCHEMAS}/ruleset-standard.json")):
        official[rule.id] = rule.severity
    # The registers of organisations are a codelist: iati_codes checks 1.14.8 and 1.18.8.
    del official["1.14.8"], official["1.18.8"]
    assert {rule.id: rule.severity for rule in RULES} == official


@pytest.mark.parametrize("name", REAL)
def test_rule_findings_on_real_files_equal_those_of_the_official_ruleset(shared, name):
    root = parse_iati(shared(f"data/iati/{name}").read_bytes())
    official = ruleset.of(shared(f"{SCHEMAS}/ruleset-standard.json"), root, TODAY)
    assert {results.rule for results in rule_findings(root, today=TODAY)} == official


@pytest.mark.parametrize(
    ("inside", "rules"),
    [
        ("", {"6.11.1", "6.2.2", "3.7.1"}),
        (GOOD.replace("2024", "2030"), set()),
        (GOOD.replace('type="1"', 'type="2"').replace("2024", "2030"), {"11.1.4"}),
        (GOOD + '<activity-date type="3" iso-date="2023-01-01"/>', {"11.1.2"}),
        (GOOD + '<sector code="12220"/>', {"2.1.1"}),
        (
            '<activity-date type="1" iso-date="2024-01-01"/><recipient-country code="SN"/>'
            '<sector code="14030" percentage="60"/><sector code="12220" percentage="30"/>',
            {"2.1.2"},
        ),
        (GOOD.replace('"14030"', '"14030" percentage="150"'), {"2.1.4", "12.3.1"}),
        (GOOD + '<sector vocabulary="99" code="EAU"/>', {"2.2.1"}),
        (GOOD + '<recipient-country code="TG"/>', {"3.1.1"}),
        (GOOD + "<title><narrative/></title>", {"4.3.1"}),
        (
            GOOD + '<budget><period-start iso-date="2024-01-01"/>'
            '<period-end iso-date="2025-06-30"/></budget>',
            {"7.5.3"},
        ),
        (
            GOOD + '<budget><period-start iso-date="2024-12-31"/>'
            '<period-end iso-date="2024-01-01"/></budget>',
            {"8.6.3"},
        ),
        (GOOD + '<related-activity ref=" FR-1-3" type="1"/>', {"1.7.1"}),
        (GOOD + '<participating-org ref="FR/1" role="1"/>', {"1.8.13"}),
        (GOOD + '<participating-org role="1"/>', {"6.10.1"}),
        (GOOD + '<transaction><sector code="1"/></transaction>', {"6.6.2"}),
        (
            GOOD + '<result><indicator measure="1"><baseline/></indicator></result>',
            {"8.8.1"},
        ),
    ],
)
def test_a_file_that_breaks_rules_has_one_finding_for_each_broken_rule_only(inside, rules):
    assert _rules(inside) == rules


def test_a_missing_language_or_currency_in_an_iati_file_is_an_error():
    inside = GOOD + "<title><narrative>x</narrative></title><budget><value>3</value></budget>"
    assert _rules(inside, attributes="") == {"4.1.1", "7.8.1"}


def test_a_finding_gives_its_line_its_activity_and_a_french_message():
    (results,) = check_iati(_activity(GOOD + "\n\n<title/>"), today=TODAY).findings
    assert (results.rule, results.severity, results.line) == ("4.3.1", "error", 3)
    assert results.message == "Un titre est vide."
    assert results.activity == "FR-1-2"


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        (GOOD.replace("SN", "ZZ"), "Code inconnu « ZZ » dans la liste Country."),
        (GOOD.replace("14030", "99999"), "Code inconnu « 99999 » dans la liste Sector."),
        (GOOD + '<activity-status code="9"/>', "Code inconnu « 9 » dans la liste ActivityStatus."),
    ],
)
def test_a_code_outside_the_codelists_of_iati_is_reported(shared, inside, message):
    check = check_iati(_activity(inside), today=TODAY, schemas=shared(SCHEMAS))
    assert [f.message for f in check.findings if f.rule == "code"] == [message]
    assert "1.14.8" in {results.rule for results in check.findings}


def test_an_iati_check_with_a_folder_without_schemas_fails(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"iati-activities-schema\.xsd"):
        check_iati(_activity(GOOD), today=TODAY, schemas=tmp_path)


def test_an_old_version_of_iati_is_an_error():
    data = _activity(GOOD).replace(b"2.03", b"1.05")
    (results,) = check_iati(data, today=TODAY).findings
    assert (results.rule, results.message) == ("version", "Version IATI inattendue : « 1.05 ».")


@pytest.mark.parametrize(
    ("english", "french"),
    [
        (
            "Element 'title': This element is not expected. Expected is ( reporting-org ).",
            "« title » n’est pas à sa place ; attendu : reporting-org .",
        ),
        (
            "Element 'budget': The attribute 'type' is required but missing.",
            "« budget » : l’attribut « type » manque.",
        ),
        (
            "Element 'value', attribute 'value-date': 'x' is not a valid value of the atomic "
            "type 'xs:date'.",
            "« value » value-date : valeur refusée « x ».",
        ),
        ("Something rare.", "Something rare."),
    ],
)
def test_a_message_of_the_xml_validator_is_translated_into_french(english, french):
    assert schema_message_fr(english) == french


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><iati-activities>&b;</iati-activities>'
)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "pas du XML"),
        (b"<a", "pas du XML"),
        (b"<html/>", "pas un fichier IATI"),
        (BOMB, "DOCTYPE"),
        (b" " * 200_000 + BOMB[21:], "DOCTYPE"),
        (BOMB.decode().encode("utf-16"), "DOCTYPE"),
        (b"<iati-activities>" + b"<a>" * 300_000, "pas du XML"),
        (b"x" * 50_000_001, "50 Mo"),
    ],
)
def test_a_hostile_file_or_one_that_is_not_iati_is_refused(data, message):
    began = time.process_time()
    with pytest.raises(UnreadableFile, match=message):
        check_iati(data, today=TODAY)
    assert time.process_time() - began < 2


def test_an_external_entity_of_an_xml_file_is_never_fetched(tmp_path):
    (tmp_path / "secret").write_text("secret")
    data = (
        f'<?xml version="1.0"?>{" " * 100_001}<!DOCTYPE a [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
        "<iati-activities>&x;</iati-activities>"
    ).encode()
    with pytest.raises(UnreadableFile, match="DOCTYPE"):
        etree.tostring(parse_iati(data))
