"""The rankings, plans and templates written by `explor match`, compared with exact texts."""

from dataclasses import replace

from engines.matching.planning.test_validator import NEEDS, SOUND

from explor.engines.matching import Candidate, Change, Quote, Wanted
from explor.engines.matching.files._results import plan_sheets, ranking_sheets, template_sheets
from explor.engines.matching.records import PARTS

WANTED = Wanted(
    expertise="Hydraulique · portugais B1",
    value=2,
    gain=0.4,
    needs=("puits", "vide"),
    text="Hydraulique · portugais B1 : 2 besoins deviennent possibles.",
)


def test_a_matching_plan_is_written_in_five_worksheets() -> None:
    found = replace(SOUND, wanted=(WANTED,), kept=1, seed=7, digest="0123456789abcdef0123")
    needs = [replace(need, title=need.id.title()) for need in NEEDS]
    sheets = {sheet.name: (sheet.heads, sheet.rows) for sheet in plan_sheets(found, needs)}
    heads = ["Besoin", "Titre", "Personne", "Début", "Fin", "Score sur 100"]
    first, *_ = SOUND.assignments
    assert list(sheets) == [
        "Plan", "Réserve", "Besoins à pourvoir", "Profils recherchés", "Lisez-moi",
    ]  # fmt: skip
    assert sheets["Plan"][0] == heads
    assert sheets["Plan"][1][0] == ["puits", "Puits", "ines", first.start, first.end, 50.0]
    assert len(sheets["Plan"][1]) == 3
    reserve = SOUND.reserves[0].places[0]
    assert sheets["Réserve"] == (
        heads,
        [["budget", "Budget", "zoe", reserve.start, reserve.end, 50.0]],
    )
    assert sheets["Besoins à pourvoir"] == (
        ["Besoin", "Titre", "Places vides", "Raisons"],
        [["vide", "Vide", 1, "Personne."]],
    )
    assert sheets["Profils recherchés"] == (
        ["Profil", "Places pourvues en plus", "Besoins", "En clair"],
        [[WANTED.expertise, 2, "puits, vide", WANTED.text]],
    )
    assert sheets["Lisez-moi"] == (
        ["Ce plan", ""],
        [
            ["Meilleur plan possible", "oui : aucun plan n'est meilleur"],
            ["Somme des scores", 1.5],
            ["Maximum possible", 1.5],
            ["Personnes placées", 3],
            ["Places vides", 1],
            ["Personnes du plan précédent gardées", 1],
            ["Ordre des buts", "besoins servis, places pourvues, équité, scores, stabilité"],
            ["Tirage des égalités", 7],
            ["Empreinte des données", "0123456789abcdef"],
        ],
    )


def test_the_last_worksheet_of_a_plan_states_when_it_is_not_proven_optimal() -> None:
    found = replace(SOUND, status="non prouvé")
    about = plan_sheets(found, NEEDS)[4].rows
    assert about[0] == ["Meilleur plan possible", "non prouvé"]


def test_a_ranking_has_one_row_per_candidate() -> None:
    candidate = Candidate(
        expert="ines",
        eligible=False,
        score=0.4561,
        parts=dict.fromkeys(PARTS, 0.1),
        reasons=("Connaît déjà le pays.", "Ce serait une première mission."),
        blockers=("Portugais B1 demandé, A2 déclaré.",),
        fits_if=(Change(change="Portugais A2 → B1.", score=0.61),),
        quotes=(
            Quote(line="Dix ans de forages", words=("forages",)),
            Quote(line="Puits", words=()),
        ),
    )
    yes = replace(candidate, eligible=True)
    (sheet,) = ranking_sheets([(replace(NEEDS[0], title="Puits"), [yes, candidate])])
    assert sheet.name == "Classement"
    assert sheet.heads == [
        *("Besoin", "Titre", "Rang", "Personne", "Possible", "Score sur 100"),
        *PARTS.values(),
        *("Pourquoi", "Ce qui empêche", "Ce qui changerait", "Extraits"),
    ]
    assert [row[4] for row in sheet.rows] == ["oui", "non"]
    assert sheet.rows[1] == [
        *("puits", "Puits", 2, "ines", "non", 45.6),
        *(10.0 for _ in PARTS),
        "Connaît déjà le pays. Ce serait une première mission.",
        "Portugais B1 demandé, A2 déclaré.",
        "Portugais A2 → B1. (61)",
        "Dix ans de forages / Puits",
    ]


def test_the_template_of_matching_inputs_has_one_example_row_per_table() -> None:
    sheets = {sheet.name: sheet for sheet in template_sheets()}
    assert list(sheets) == ["Lisez-moi", "Besoins", "Personnes", "Imposés", "Interdits"]
    assert [len(sheet.rows) for sheet in sheets.values()] == [8, 1, 1, 0, 0]
    for name in ("Besoins", "Personnes"):
        assert len(sheets[name].heads) == len(sheets[name].rows[0]) > 5
    assert sheets["Imposés"].heads == sheets["Interdits"].heads == ["Besoin", "Personne"]
