"""Verdicts on leave schemes and answers, formatted for a page."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from explor.actors.organisations.models import Organisation
from explor.ground.http.actor import Actor
from explor.ground.ui.days import date_format
from explor.ground.ui.parts import Task
from explor.ground.workflow.pages import Consequence, Effects, Undo

from .. import rules
from ..engine import (
    LeaveReading,
    LeaveScheme,
    ending_schemes,
    leave_schemes,
    read_for_employer,
    schemes_of_time,
)
from ..fields import BY_KEY
from ..models import KeptReading, LeaveAnswer
from ..rules import questions_for
from ..selectors import Subjects, answers_of, verdict_in

BADGES = {
    "open": ("ouvert", "good"),
    "closed": ("fermé", "bad"),
    "to_check": ("à vérifier", "warn"),
}
ORDER = ("open", "to_check", "closed")


def schemes_of(readings: Iterable[LeaveReading]) -> list[dict[str, Any]]:
    """Return a dict for each verdict on a leave scheme: open ones, then to check, then closed.

    Keys: `reading`, `badge` (its label and tone) and `facts` (see `facts_of`).
    """
    rows = sorted(readings, key=lambda each: ORDER.index(each.verdict))
    return [
        {"reading": each, "badge": BADGES[each.verdict], "facts": facts_of(each)} for each in rows
    ]


def schemes_of_employer(employer: Organisation) -> list[dict[str, Any]]:
    """Return a dict for each leave scheme that may concern the staff of an employer.

    Keys: `label`, `closed` (why it is closed, "" when it is not) and `right`, true of a scheme that
    stays possible although the employer did not choose it.
    """
    chosen, without_employer = employer.schemes, schemes_of_time("none")
    return [
        {
            "label": each.label,
            "closed": " ".join(each.why) if each.verdict == "closed" else "",
            "right": bool(chosen) and each.code not in chosen and each.verdict != "closed",
        }
        for each in read_for_employer(employer, timezone.localdate())
        if each.code not in without_employer
    ]


def facts_of(reading: LeaveReading) -> list[tuple[str, str]]:
    """Return (label, text) pairs about a leave scheme for an employer; some texts are ""."""
    legal, advised = reading.legal_by, reading.advised_by
    return [
        ("Qui paie", reading.payer),
        ("Qui assure", reading.insurer),
        ("Qui répond de la sécurité", reading.safety),
        ("Pièces à faire", " ; ".join(reading.papers)),
        ("Protection sociale", reading.posting_paper),
        ("Avis à demander", reading.consultation),
        ("Période probatoire", reading.probation),
        ("Délai de réponse", answer_of(reading)),
        ("Ce qui peut être opposé", reading.objection),
        ("Au retour", reading.return_right),
        ("Demande au plus tard", date_format(legal, "j F Y") if legal else ""),
        ("Date conseillée", date_format(advised, "j F Y") if advised else ""),
        ("Textes", " ; ".join(str(each) for each in reading.articles)),
    ]


def answer_of(reading: LeaveReading) -> str:
    """Return the French sentence on the time that a leave scheme gives the employer to answer."""
    if reading.answer_hours is not None:
        silence = "vaut" if reading.silence_is_consent else "ne vaut pas"
        return (
            f"{reading.answer_hours} heures à partir de la demande ; son silence {silence} accord."
        )
    if reading.answer_days is None:
        return "Aucun délai dans les textes."
    days = f"{reading.answer_days} jours à partir de la demande"
    if reading.silence_is_consent:
        return f"{days} ; son silence vaut accord."
    return f"{days}."


def value_of(answer: LeaveAnswer) -> str:
    """Return the value of a leave answer in French: yes, no or a number."""
    if isinstance(answer.value, bool):
        return "oui" if answer.value else "non"
    return str(answer.value)


def answers_for(role: str, given: Mapping[str, LeaveAnswer]) -> list[dict[str, Any]]:
    """Return a dict for each answer that a role may read.

    Keys: `question`, `value` in French, `by` (the author, and for whom) and `at`.
    """
    return [
        {
            "question": BY_KEY[fact].question,
            "value": value_of(answer),
            "by": f"{answer.by} pour {answer.on_word_of}" if answer.on_word_of else answer.by,
            "at": answer.at,
        }
        for fact, answer in given.items()
        if rules.may_answer(role, BY_KEY[fact])
    ]


def questions_of(
    role: str, subjects: Subjects, readings: Iterable[LeaveReading], on: date
) -> dict[str, Any]:
    """Return the options of `AnswerForm`: `questions` that a role may answer, and `known` values.

    The values are by key of their fact; their questions are included, to be corrected.
    """
    known = answers_of(subjects, on=on).values(subjects)
    return {"questions": questions_for(role, facts_wanted(readings), known=known), "known": known}


def given_answers(subjects: Subjects, on: date) -> dict[str, LeaveAnswer]:
    """Return the answers that apply to these subjects, by key of their fact."""
    return answers_of(subjects, on=on).given(subjects)


def effects_of_answer(actor: Actor, subject: object) -> Effects:
    """Return the effects of answering the questions, for the confirmation page of any package."""
    return Effects(
        happens=(
            Consequence("Les cadres sont relus avec vos réponses."),
            Consequence("Votre réponse est gardée à votre nom, à la date d’aujourd’hui."),
            Consequence("Elle vaut sur chaque page : elle n’est pas demandée de nouveau."),
        ),
        undo=(Undo("Ensuite", "Répondez de nouveau : la dernière réponse compte."),),
    )


def facts_wanted(readings: Iterable[LeaveReading]) -> set[str]:
    """Return the keys of the facts that would change one of these verdicts."""
    return {fact for reading in readings for fact in reading.asks}


def history_of(readings: Iterable[KeptReading], scheme: str) -> list[dict[str, Any]]:
    """Return a dict for each saved reading with a verdict on a scheme, in the order of `readings`.

    Keys: `act`, `at`, `dates` of the mission and `badge` (label and tone of the verdict).
    """
    return [
        {
            "act": reading.get_act_display(),
            "at": reading.at,
            "dates": f"du {reading.start:%d/%m/%Y} au {reading.end:%d/%m/%Y}",
            "badge": BADGES[verdict["verdict"]],
        }
        for reading in readings
        if (verdict := verdict_in(reading, scheme))
    ]


def schemes_to_check(actor: Actor) -> list[Task]:
    """Return a task for each leave scheme whose legal end is near."""
    page = reverse("leave_readings:coordination_schemes")
    return [
        Task(
            title=f"Vérifier si un cadre est prolongé : {scheme.label}",
            url=f"{page}#{scheme.code}",
            why=f"Fin légale : {end_of(scheme)}. Ensuite, ce cadre sera fermé.",
            until=scheme.valid_to,
        )
        for scheme in ending_schemes(timezone.localdate())
    ]


def rows_of_schemes(on: date) -> list[tuple[LeaveScheme, str, bool]]:
    """Return, for each leave scheme, its legal end in French and whether this end is near."""
    near = ending_schemes(on)
    return [(scheme, end_of(scheme), scheme in near) for scheme in leave_schemes()]


def end_of(scheme: LeaveScheme) -> str:
    """Return the legal end of a scheme in French, with its doubtful end; blank without end."""
    if scheme.valid_to is None:
        return ""
    day = f"{scheme.valid_to:%d/%m/%Y}"
    return f"{day} ou {scheme.doubtful_to:%d/%m/%Y}" if scheme.doubtful_to else day
