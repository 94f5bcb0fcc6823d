"""Rules on the acceptance of a need, and the sentences shown about it."""

from typing import Any

import pytest

from explor.journey.admissibility import rules
from explor.journey.admissibility.models import SupplementItem
from explor.journey.calls.models import Call
from explor.journey.eligibility.rules import RuleResult
from explor.journey.needs.fields import FIELDS
from explor.journey.needs.models import Need

HELD = RuleResult(code="a", label="Durée", holds=True)
UNKNOWN = RuleResult(code="b", label="Taille de l’association", holds=None, why="Inconnue.")
BROKEN = RuleResult(code="c", label="Pays", holds=False, why="Hors de l’appel.")


def said(**verdicts: str) -> dict[str, Any]:
    return {question: {"verdict": verdict} for question, verdict in verdicts.items()}


def test_an_eligibility_rule_that_could_not_be_computed_becomes_a_question() -> None:
    call = Call(questions=["Utile ?"])
    assert rules.questions_of(call, [HELD, UNKNOWN, BROKEN]) == [
        "Utile ?",
        "Vérifié à la main : taille de l’association",
    ]


@pytest.mark.parametrize(
    ("readings", "answers", "waiver", "blockers"),
    [
        ([HELD], said(A="yes", B="yes"), "", []),
        ([HELD], said(A="yes"), "", ["Répondez à : B"]),
        ([HELD], said(A="yes", B="peut-être"), "", ["Répondez à : B"]),
        ([HELD], said(A="no", B="yes"), "", ["Vous avez répondu non : A"]),
        ([BROKEN], said(A="yes", B="yes"), "", ["Pays : Hors de l’appel."]),
        ([BROKEN], said(A="yes", B="yes"), "  ", ["Pays : Hors de l’appel."]),
        ([BROKEN], said(A="yes", B="yes"), "Accord de la direction.", []),
        ([BROKEN], said(A="no", B="yes"), "Accord.", ["Vous avez répondu non : A"]),
        ([UNKNOWN], said(A="yes", B="yes"), "", []),
    ],
)
def test_failing_rules_and_questions_not_answered_yes_prevent_the_acceptance_of_a_need(
    readings: list[RuleResult], answers: dict[str, Any], waiver: str, blockers: list[str]
) -> None:
    assert rules.blockers_of_accept(readings, ["A", "B"], answers, waiver=waiver) == blockers


def test_the_sentence_of_a_supplement_joins_its_field_and_what_is_requested() -> None:
    item = SupplementItem(field="expected_results", text="Combien de personnes ?")
    assert rules.item_sentence(item) == "Résultats attendus : Combien de personnes ?"
    assert rules.item_sentence(SupplementItem(field="languages")) == "Langues"


def test_every_field_of_needs_fields_is_a_field_of_the_need_model() -> None:
    names = {field.name for field in Need._meta.get_fields()}
    assert {each.name for each in FIELDS} - names == set()


@pytest.mark.parametrize(
    ("clock", "sentence"),
    [
        (
            rules.Clock(decided=4, median=None, ninetieth=None),
            "Pas encore assez de dossiers pour dire en combien de temps votre réseau répond.",
        ),
        (
            rules.Clock(decided=12, median=1, ninetieth=9),
            "Votre réseau répond à un dossier sur deux en 1 jour, à neuf sur dix en 9 jours "
            "(12 dossiers depuis deux ans).",
        ),
    ],
)
def test_the_response_times_of_a_network_are_stated_as_median_and_ninetieth_percentile(
    clock: rules.Clock, sentence: str
) -> None:
    assert rules.clock_sentence(clock) == sentence
