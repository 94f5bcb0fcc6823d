"""Terms, choices and spellings of the reference lists."""

from datetime import date

import pytest

from explor.ground.reference import selectors
from explor.ground.reference.selectors import (
    Term,
    UnknownTerm,
    choices,
    department_of,
    departments_sharing,
    find,
    grouped_choices,
    label,
    mailbox_providers,
    receives_aid,
    sort_key,
    term,
    terms,
)


def test_the_function_label_returns_the_french_label_of_a_code():
    assert label("countries", "MG") == "Madagascar"
    assert label("countries", "CI") == "Côte d’Ivoire"
    assert label("languages", "wo") == "wolof"
    assert label("languages", "rcf") == "créole réunionnais"
    assert label("departments", "69") == "Rhône"
    assert label("sdgs", "13") == (
        "Mesures relatives à la lutte contre les changements climatiques"
    )
    assert label("travel_zones", "O") == "déconseillé sauf raison impérative"


def test_straight_apostrophes_of_the_reference_files_become_typographic():
    assert label("departments", "21") == "Côte-d’Or"


@pytest.mark.parametrize(
    ("name", "code"), [("countries", "ZZ"), ("countries", ""), ("countries", "mg")]
)
def test_looking_up_an_unknown_reference_code_raises_an_error(name, code):
    with pytest.raises(UnknownTerm, match=f"no code « {code} » in the reference list « {name} »"):
        label(name, code)


@pytest.mark.parametrize("name", ["contries", "", "../data/zones", "world"])
def test_looking_up_an_unknown_reference_list_raises_an_error(name):
    with pytest.raises(UnknownTerm, match="no reference list"):
        terms(name)


def test_a_reference_list_is_loaded_only_once_and_is_immutable():
    assert terms("zones") is terms("zones")
    with pytest.raises(TypeError):
        terms("zones")["XX"] = term("zones", "EUR")


def test_reference_terms_are_hashable():
    assert {term("zones", "EUR"), term("zones", "EUR")} == {term("zones", "EUR")}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("countries", "cote d ivoire", "CI"),
        ("countries", "Côte d'Ivoire", "CI"),
        ("countries", "CÔTE D’IVOIRE", "CI"),
        ("countries", "Guinée Bissau", "GW"),
        ("countries", "  guinée-bissau ", "GW"),
        ("countries", "mg", "MG"),
        ("countries", "RDC", "CD"),
        ("countries", "Sao Tome et Principe", "ST"),
        ("countries", "Congo-Kinshasa", "CD"),
        ("countries", "République démocratique du Congo", "CD"),
        ("countries", "Cap Vert", "CV"),
        ("countries", "Birmanie", "MM"),
        ("countries", "etats unis", "US"),
        ("sectors", "Education - citoyennete mondiale", "ECM"),
        ("sectors", "eau potable", "EAU"),
        ("sectors", "Droits de l’Homme", "DROITS"),
        ("sectors", "Appui-Conseil-Formation", "ACF"),
        ("structure_types", "Agence ou organisme public", "AGENCE"),
        ("structure_types", "état et collectivités", "COLL"),
        ("languages", "moore", "mos"),
        ("languages", "Kreyol", "ht"),
        ("skills", "main-d'oeuvre", None),
        ("mission_purposes", "mettre en oeuvre", "carry_out"),
        ("mission_purposes", "METTRE EN ŒUVRE", "carry_out"),
        ("countries", "Atlantide", None),
        ("countries", "", None),
        ("countries", "--", None),
    ],
)
def test_a_term_is_found_by_code_label_or_synonym_in_any_spelling(name, text, code):
    found = find(name, text)
    assert (found.code if found else None) == code


def test_a_reference_list_without_order_is_sorted_in_french_alphabetical_order():
    names = [text for _, text in choices("countries")]
    assert names == sorted(names, key=sort_key)
    assert names.index("Égypte") < names.index("Émirats arabes unis") < names.index("Équateur")
    assert names.index("Équateur") < names.index("Érythrée") < names.index("Espagne")
    assert names[-1] == "Zimbabwe"


def test_a_reference_list_with_an_order_column_is_sorted_by_it():
    assert [code for code, _ in choices("cefr")] == ["A1", "A2", "B1", "B2", "C1", "C2"]
    assert [code for code, _ in choices("travel_zones")] == ["V", "J", "O", "R"]


def test_a_retired_term_has_a_label_but_is_not_offered_as_a_choice(monkeypatch):
    old = Term(code="OLD", label="Ancien", active_to=date(2026, 12, 31))
    new = Term(code="NEW", label="Nouveau", active_from=date(2027, 1, 1))
    monkeypatch.setattr(selectors, "terms", lambda name: {"OLD": old, "NEW": new})
    assert label("sectors", "OLD") == "Ancien"
    assert choices("sectors", on=date(2026, 12, 31)) == [("OLD", "Ancien")]
    assert choices("sectors", on=date(2027, 1, 1)) == [("NEW", "Nouveau")]


def test_choices_of_a_reference_list_are_grouped_under_their_parent():
    groups = dict(grouped_choices("structure_types"))
    assert list(groups) == [
        "ASSOCIATIONS",
        "ÉTAT ET COLLECTIVITÉS",
        "ENSEIGNEMENT ET RECHERCHE",
        "SANTÉ",
        "ACTEURS ÉCONOMIQUES",
    ]
    assert groups["SANTÉ"] == [("HOPITAL", "Établissement hospitalier")]
    mission_types = [title for title, _ in grouped_choices("mission_types")]
    assert mission_types == ["Préparer", "Mettre en œuvre", "Évaluer"]


@pytest.mark.parametrize(
    ("postcode", "department"),
    [
        ("69002", "69"),
        ("01000", "01"),
        ("75116", "75"),
        ("20000", "2A"),
        ("20137", "2A"),
        ("20200", "2B"),
        ("20620", "2B"),
        ("97110", "971"),
        ("97400", "974"),
        ("97600", "976"),
        ("97133", "977"),
        ("97150", "978"),
        ("97500", "975"),
        ("98000", None),
        ("98600", "986"),
        ("98713", "987"),
        ("98800", "988"),
        ("98799", None),
        ("94390", "91"),
        ("69 002", "69"),
        ("6900", None),
        ("690020", None),
        ("٦٩٠٠٢", None),
        ("", None),
        ("Lyon", None),
    ],
)
def test_the_function_department_of_returns_the_departement_of_a_postcode(postcode, department):
    assert department_of(postcode) == department


@pytest.mark.parametrize(
    ("postcode", "commune", "department"),
    [
        ("48250", "Laveyrune", "07"),
        ("48250", "LA BASTIDE PUYLAURENT", "48"),
        ("48250", "", None),
        ("48250", "Langogne", None),
        ("01590", "Lavancia-Epercy", "39"),
        ("01590", "Dortan", "01"),
        ("33220", "Port Ste Foy et Ponchapt", "24"),
        ("52100", "St-Dizier", "52"),
        ("69002", "Laveyrune", "69"),
    ],
)
def test_the_commune_decides_the_departement_of_a_shared_postcode(postcode, commune, department):
    assert department_of(postcode, commune) == department


def test_a_shared_postcode_gives_the_departements_to_choose_from():
    assert departments_sharing("48 250") == ["07", "48"]
    assert departments_sharing("69002") == departments_sharing("") == []


@pytest.mark.parametrize(
    ("country", "on", "receives"),
    [
        ("MG", date(2026, 12, 1), True),
        ("PS", date(2026, 12, 1), True),
        ("WF", date(2026, 12, 1), True),
        ("FR", date(2026, 12, 1), False),
        ("", date(2026, 12, 1), False),
        ("NR", date(2025, 12, 31), True),
        ("NR", date(2026, 1, 1), False),
        ("MS", date(2025, 12, 31), True),
        ("MS", date(2026, 1, 1), None),
        ("PA", date(2026, 12, 31), True),
        ("PA", date(2027, 1, 1), None),
    ],
)
def test_eligibility_for_official_aid_is_read_for_the_given_day(country, on, receives):
    assert receives_aid(country, on) is receives


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("PS", "Palestine"),
        ("GF", "Guyane"),
        ("HK", "Hong Kong"),
        ("MO", "Macao"),
        ("CD", "RD Congo"),
        ("CF", "Centrafrique"),
        ("MM", "Birmanie"),
        ("VN", "Vietnam"),
        ("VA", "Vatican"),
    ],
)
def test_countries_have_the_names_that_people_use(code, name):
    assert label("countries", code) == name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("sango", "sg"),
        ("arabe tchadien", "shu"),
        ("hassaniya", "mey"),
        ("arabe levantin", "apc"),
        ("baoulé", "bci"),
        ("fang", "fan"),
        ("kituba", "ktu"),
        ("ngambay", "sba"),
        ("kotokoli", "kdh"),
        ("timné", "tem"),
        ("mooré", "mos"),
        ("pulaar", "ff"),
        ("dioula", "dyu"),
        ("éwé", "ee"),
        ("fon", "fon"),
        ("kirundi", "rn"),
        ("malgache", "mg"),
        ("lingala", "ln"),
        ("swahili", "sw"),
        ("créole haïtien", "ht"),
        ("gourmantché", "gux"),
        ("kurmandji", "kmr"),
        ("grec", "el"),
        ("hongrois", "hu"),
    ],
)
def test_local_languages_of_the_mission_countries_are_found_by_their_usual_names(name, code):
    assert find("languages", name).code == code


def test_common_mailbox_providers_are_recognised():
    assert {"gmail.com", "orange.fr", "free.fr", "laposte.net", "proton.me"} <= mailbox_providers()
    assert "rhone.fr" not in mailbox_providers()
