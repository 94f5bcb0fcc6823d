"""Every reference list is well formed and states its source."""

import csv
from collections import Counter
from datetime import date
from xml.etree import ElementTree

import pytest

from explor.ground.reference.pages import outlines, view_box
from explor.ground.reference.selectors import (
    DATA,
    OWN_COLUMNS,
    PARENTS,
    fold,
    lists,
    rows_of,
    terms,
)

SIZES = {
    "budget_headings": 13,
    "causes": 14,
    "cefr": 6,
    "countries": 250,
    "country_statuses": 3,
    "departments": 107,
    "employment_statuses": 11,
    "languages": 138,
    "leave_schemes": 14,
    "mission_purposes": 3,
    "mission_types": 10,
    "regions": 19,
    "sdgs": 17,
    "sectors": 20,
    "skills": 262,
    "structure_types": 30,
    "travel_zones": 4,
    "zones": 9,
}
NAMES = (*SIZES, "verbs")  # the verbs grow with the code


def rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_reference_list_has_the_expected_number_of_terms():
    assert {name: len(terms(name)) for name in lists() if name != "verbs"} == SIZES


@pytest.mark.parametrize("name", NAMES)
def test_each_reference_list_has_its_columns_unique_codes_sources_and_labels(name):
    written = rows(name)
    assert OWN_COLUMNS - set(written[0]) == set()
    assert [code for code, n in Counter(row["code"] for row in written).items() if n > 1] == []
    assert [row["code"] for row in written if not row["source"]] == []
    assert [term.code for term in terms(name).values() if not term.label.strip()] == []
    assert [term.label for term in terms(name).values() if "'" in term.label] == []
    assert {type(term.order) for term in terms(name).values()} == {int}


@pytest.mark.parametrize("name", NAMES)
def test_no_two_terms_of_a_reference_list_share_a_name(name):
    owners = Counter()
    for term in terms(name).values():
        owners.update({fold(text) for text in term.names})
    assert [text for text, n in owners.items() if n > 1] == []
    assert [text for text in owners if not text] == []


@pytest.mark.parametrize("name", PARENTS)
def test_the_parent_of_each_term_of_a_reference_list_exists(name):
    parents = terms(PARENTS[name])
    orphans = [t.code for t in terms(name).values() if t.parent and t.parent not in parents]
    assert orphans == []


@pytest.mark.parametrize("name", sorted(set(PARENTS) - {"countries", "structure_types"}))
def test_in_a_reference_list_with_parents_every_term_has_a_parent(name):
    assert [term.code for term in terms(name).values() if not term.parent] == []


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(PARENTS)))
def test_in_a_reference_list_without_parents_no_term_has_a_parent(name):
    assert [term.code for term in terms(name).values() if term.parent] == []


def test_the_source_of_each_provisional_list_states_that_it_is_an_example():
    ours = ["zones", "mission_types", "causes", "budget_headings", "skills", "sectors"]
    sources = {term.source for name in ours for term in terms(name).values()}
    assert sources == {
        "liste de travail, exemple",
        "liste de travail, exemple : à remplacer par la liste officielle",
        "liste écrite pour Explor, exemple",
    }


def test_each_country_shown_on_the_map_has_a_zone_and_coordinates():
    on_map = [term for term in terms("countries").values() if term.extra["on_map"] == "1"]
    assert len(on_map) == 243
    assert [term.code for term in on_map if term.parent not in terms("zones")] == []
    for term in on_map:
        assert -180 <= float(term.extra["lon"]) <= 180
        assert -60 <= float(term.extra["lat"]) <= 85


def test_every_country_but_kosovo_has_its_own_numeric_code():
    numbers = {term.code: term.extra["numeric"] for term in terms("countries").values()}
    assert [code for code, number in numbers.items() if not number] == ["XK"]
    assert len(set(numbers.values())) == len(numbers)


def test_the_map_shows_every_member_state_of_the_united_nations():
    states = [t.code for t in terms("countries").values() if t.extra["un_member"] == "1"]
    assert len(states) == 193
    assert set(states) - set(outlines()) == set()
    assert [code for code in states if not (outlines()[code].path or outlines()[code].small)] == []


def test_the_map_shows_the_countries_of_the_list_and_fits_its_frame():
    left, top, width, height = map(int, view_box().split())
    shown = {t.code for t in terms("countries").values() if t.extra["on_map"] == "1"}
    assert set(outlines()) == shown
    off = [
        code
        for code, shape in outlines().items()
        if not (left <= shape.x <= width and top <= shape.y <= height)
    ]
    assert off == []


def test_the_size_of_the_map_file_stays_below_its_limit():
    assert (DATA / "world.json").stat().st_size <= 130_000


def test_every_sector_has_skills_and_structure_types_have_five_families():
    groups = Counter(term.parent for term in terms("skills").values())
    assert set(groups) == set(terms("sectors"))
    assert min(groups.values()) >= 7
    families = {t.code for t in terms("structure_types").values() if not t.parent}
    assert families == {"ASSO", "COLL", "ENS", "SAN", "ACTECO"}


def test_each_dac_code_belongs_to_a_single_sector_except_public_awareness():
    codes = [code for t in terms("sectors").values() for code in t.extra["dac"].split()]
    assert codes.count("99820") == 2  # both education to citizenship and information
    codes.remove("99820")
    assert [code for code, n in Counter(codes).items() if n > 1] == []
    assert [term.code for term in terms("sectors").values() if not term.extra["dac"]] == []


def test_every_dac_code_of_the_sectors_is_active(shared):
    tree = ElementTree.parse(shared("data/iati/iati-codelists/Sector.xml"))
    active = {
        item.findtext("code")
        for item in tree.iter("codelist-item")
        if item.get("status", "active") == "active"
    }
    codes = {code for t in terms("sectors").values() for code in t.extra["dac"].split()}
    assert codes - active == set()


def test_country_codes_match_the_iso_standard(shared):
    tree = ElementTree.parse(shared("data/iati/iati-codelists/Country.xml"))
    known = {item.findtext("code") for item in tree.iter("codelist-item")}
    assert set(terms("countries")) - known == set()


def test_each_list_states_its_source_its_licence_and_the_day_it_was_read():
    stated = {row["list"]: row for row in rows_of("sources/lists")}
    tables = {
        path.relative_to(DATA).with_suffix("").as_posix()
        for path in DATA.glob("*/*.csv")
        if path.parent.name != "sources"
    }
    assert set(stated) == {*lists(), *tables}
    for row in stated.values():
        assert all(row[column] for column in ("source", "licence", "refresh")), row["list"]
        assert date.fromisoformat(row["read_on"]) >= date(2026, 1, 1), row["list"]


def test_the_list_of_official_aid_has_141_recipients_and_45_least_developed_countries():
    listed = rows_of("aid/recipients")
    assert len({row["country"] for row in listed}) == len(listed) == 141
    assert {row["country"] for row in listed} <= set(terms("countries"))
    assert sum(row["least_developed"] == "1" for row in listed) == 45
    dated = ("until", "check_from", "least_developed_until")
    doubtful = [row for row in listed if any(row[column] for column in dated)]
    assert [row["country"] for row in doubtful if not row["note"]] == []
    left = {row["country"]: row["least_developed_until"] for row in listed}
    assert (left["ST"], left["SB"]) == ("2024-12-12", "2027-12-12")


def test_the_overseas_territories_have_their_zone_and_their_departements():
    overseas = {term.code for term in terms("countries").values() if term.parent == "OM"}
    assert overseas == set("GF GP MQ RE YT PM BL MF WF PF NC TF".split())
    codes = "971 972 973 974 975 976 977 978 986 987 988".split()
    assert set(codes) <= set(terms("departments"))


def test_every_shared_postcode_has_communes_of_several_known_departements():
    listed = rows_of("postcodes/shared")
    shared = {row["postcode"] for row in listed}
    assert {"48250", "01590", "01200", "52100"} <= shared
    for postcode in shared:
        codes = {row["department"] for row in listed if row["postcode"] == postcode}
        assert len(codes) > 1
        assert codes <= set(terms("departments"))
