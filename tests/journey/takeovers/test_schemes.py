"""The leave scheme of a line, in the words of the tables of the networks."""

import pytest

from explor.journey.takeovers import engine
from explor.journey.takeovers.models import What

LINE = {
    "title": "Former", "association": "Rives", "country": "Mali", "expert": "Nora Exemple",
    "email": "nora@val.test", "start": "12/03/2026", "end": "20/03/2026", "state": "revenue",
}  # fmt: skip


def read(scheme: str, employment: str = "") -> tuple[str, list[list[str]]]:
    record = LINE | {"scheme": scheme, "employment": employment}
    content, faults = engine.understood(What.MISSIONS, record, {}, engine.blank_of(What.MISSIONS))
    return (content or {}).get("scheme", ""), faults


@pytest.mark.parametrize(
    ("text", "employment", "code"),
    [
        ("MAD", "", "MAD"),
        ("mise à disposition", "titulaire", "MAD"),
        ("Mise à disposition", "CDI", "PMO"),
        ("mécénat de compétences", "fonctionnaire", "MCF"),
        ("Mécénat", "salariée", "MCP"),
        ("congés", "", "CP"),
        ("congé payé", "", "CP"),
        ("RTT", "", "CP"),
        ("compte épargne-temps", "", "CET"),
        ("prêt de main d’œuvre", "", "PMO"),
        ("congé de solidarité", "", "CSI"),
        ("sans solde", "", "CSS"),
        ("disponibilité", "", "CSS"),
        ("ordre de mission", "", "OM"),
        ("bénévolat", "", "BSE"),
        ("bénévole", "retraitée", "BSE"),
    ],
)
def test_the_usual_words_of_a_leave_scheme_are_read(text: str, employment: str, code: str) -> None:
    assert read(text, employment) == (code, [])


@pytest.mark.parametrize("employment", ["", "retraité"])
def test_words_that_name_two_schemes_are_refused_with_both(employment: str) -> None:
    assert read("mise à disposition", employment) == (
        "",
        [
            [
                "Cadre du départ",
                "mise à disposition",
                "Deux cadres possibles : « Mise à disposition d’une ou d’un fonctionnaire » ou "
                "« Prêt de main-d’œuvre à but non lucratif ». Écrivez lequel.",
            ]
        ],
    )


def test_another_word_is_not_in_the_list() -> None:
    assert read("tapis volant") == (
        "", [["Cadre du départ", "tapis volant", "Pas dans la liste."]]
    )  # fmt: skip
