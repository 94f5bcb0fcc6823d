"""Verdicts on leave schemes, answers and tables of the law, formatted for pages."""

from .readings import (
    BADGES,
    ORDER,
    answer_of,
    answers_for,
    effects_of_answer,
    end_of,
    facts_of,
    facts_wanted,
    given_answers,
    history_of,
    questions_of,
    rows_of_schemes,
    schemes_of,
    schemes_of_employer,
    schemes_to_check,
    value_of,
)

__all__ = [
    "BADGES",
    "ORDER",
    "answer_of",
    "answers_for",
    "effects_of_answer",
    "end_of",
    "facts_of",
    "facts_wanted",
    "given_answers",
    "history_of",
    "questions_of",
    "rows_of_schemes",
    "schemes_of",
    "schemes_of_employer",
    "schemes_to_check",
    "value_of",
]
