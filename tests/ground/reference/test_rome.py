"""Codes of ROME 4.0 (macro-skills) of the skills."""

import csv

from explor.ground.reference.selectors import DATA, rome_codes, terms


def test_a_skill_is_converted_to_its_rome_codes_in_order():
    assert rome_codes(["Conduite de projet", "Tri et recyclage"]) == ("300488", "300298", "404528")


def test_a_rome_code_shared_by_two_skills_is_given_once():
    assert rome_codes(["Riziculture", "Maraîchage"]) == ("300294",)


def test_a_skill_without_rome_code_or_out_of_the_list_gives_no_code():
    assert rome_codes(["Plaidoyer", "Dressage de licornes"]) == ()


def test_every_row_of_the_rome_file_names_a_known_skill_and_each_code_has_one_label():
    with (DATA / "rome/skills.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["skill"] for row in rows} - set(terms("skills")) == set()
    assert len({(row["skill"], row["rome"]) for row in rows}) == len(rows)
    assert len({row["rome"] for row in rows}) == len({(r["rome"], r["rome_label"]) for r in rows})
    assert all(len(row["rome"]) == 6 and row["rome"].isdecimal() for row in rows)
