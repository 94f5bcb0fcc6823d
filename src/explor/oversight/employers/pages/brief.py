"""The summary of the scheme in ten lines for an employer, in general or for one proposal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from explor.actors.lending.models import LendingRules
from explor.actors.lending.pages import gift_of
from explor.actors.lending.rules import span
from explor.actors.organisations.models import Organisation
from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import label
from explor.ground.ui.amounts import counted
from explor.journey.leave_readings.engine import (
    LeaveReading,
    leave_papers,
    read_for_employer,
    schemes_of_time,
)
from explor.journey.leave_readings.pages import answer_of
from explor.journey.missions.pages.charge import insurance_of, journey_of
from explor.journey.proposals.engine import leave_of
from explor.journey.proposals.models import Proposal
from explor.journey.releases.models import Release
from explor.journey.releases.states import State

from .. import selectors

# Word for the staff, by structure type of the employer; for other types, by sector.
STAFF = {
    "COMMUNE": "une agente ou un agent de votre commune",
    "EPCI": "une agente ou un agent de votre intercommunalité",
    "DEPT": "une agente ou un agent de votre département",
    "REGION": "une agente ou un agent de votre région",
    "HOPITAL": "une agente ou un agent de votre hôpital",
    "ETAT": "une agente ou un agent de votre service de l’État",
    "SCOLAIRE": "une agente ou un agent de votre établissement scolaire",
    "SUP": "une agente ou un agent de votre établissement",
    "ENTREPRISE": "une personne de votre entreprise",
    "COOP": "une personne de votre coopérative",
}
ASSOCIATIONS = ("ASI", "OSIM", "JUMELAGE", "EDUPOP", "FONDATION", "COLLECTIF")
ALL = "Quel que soit le cadre"
OWN_RULE = "Votre règle"
CLOSED = "Aucun cadre n’est ouvert aujourd’hui."


@dataclass(frozen=True, kw_only=True)
class Line:
    """One of the ten lines: a question, and its answers as (scope, sentence) pairs.

    The scope says what the sentence applies to: leave schemes by name, whatever scheme (`ALL`), the
    rules of the employer (`OWN_RULE`), or a subject such as the journey. It may be blank.
    """

    title: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A person and dates for which the ten lines are computed, with the answer deadline."""

    proposal: Proposal
    scheme: str = ""
    answer_by: date | None = None


def case_of_proposal(proposal: Proposal) -> Case:
    """Return the case of a proposal, with the leave scheme of its release, if any.

    The deadline is that of the release while it awaits an answer, else None; without release, that
    of the proposal.
    """
    release = Release.objects.filter(proposal=proposal).first()
    if release is None:
        return Case(proposal=proposal, answer_by=timezone.localdate(proposal.answer_by))
    waits = release.state == State.REQUESTED
    return Case(
        proposal=proposal,
        scheme=release.scheme,
        answer_by=release.answer_by if waits else None,
    )


def links_for(actor: Actor, proposal: Proposal) -> list[tuple[str, str]]:
    """Return [(label, URL)] of the ten-line summary of a proposal, to an employer; else []."""
    if actor.role != "employeur":
        return []
    url = reverse("employers:employeur_brief_of", args=[actor.key, proposal.pk])
    return [("En dix lignes : ce que c’est, ce que cela coûte, qui assure, quoi signer", url)]


def brief_of(employer: Organisation, lending: LendingRules, case: Case | None = None) -> list[Line]:
    """Return the ten lines for an employer in general or, with a case, for one person and dates.

    Sentences on schemes come from the leave engine; one sentence is given once for all schemes that
    share it.
    """
    read = _readings(employer, case)
    network = employer.network
    return [
        Line(title="Ce que c’est", answers=_what(employer, case)),
        Line(
            title="Qui décide",
            answers=(
                (
                    "",
                    "La personne, l’association et vous dites chacun oui ou non. Le réseau "
                    f"{network.name} choisit, met en relation et suit la mission.",
                ),
            ),
        ),
        Line(title="Combien de temps", answers=_how_long(employer, lending, case)),
        Line(title="Qui paie", answers=_payers(read, lending, case)),
        Line(title="Qui assure", answers=_insurers(read, case)),
        Line(title="Qui répond de la sécurité", answers=_grouped(read, lambda each: each.safety)),
        Line(title="Ce que vous signez", answers=_signed(read, employer)),
        Line(title="Avant quand répondre", answers=_when(read, lending, case)),
        Line(title="Au retour", answers=_grouped(read, lambda each: each.return_right)),
        Line(title="Qui appeler", answers=(("", _contact(employer)),)),
    ]


def _readings(employer: Organisation, case: Case | None) -> list[LeaveReading]:
    """Return the verdicts that are not closed, or only that of the chosen scheme, if any."""
    today = timezone.localdate()
    read = leave_of(case.proposal) if case else read_for_employer(employer, today)
    others = schemes_of_time("none")
    possible = [each for each in read if each.verdict != "closed" and each.code not in others]
    chosen = [each for each in read if case and each.code == case.scheme]
    return chosen or possible


def _what(employer: Organisation, case: Case | None) -> tuple[tuple[str, str], ...]:
    if case is None:
        who = STAFF.get(employer.structure_type) or _staff(employer)
        text = (
            f"{who[:1].upper()}{who[1:]} part, avec son accord, aider quelques jours un projet de "
            "solidarité internationale : une association de votre région a besoin de son métier."
        )
        return (("", text),)
    need, person = case.proposal.need, case.proposal.expert.person.name
    where = ", ".join(filter(None, [need.place, label("countries", need.country)]))
    return (
        (
            "",
            f"{person} aide {need.association.name}, avec son métier : « {need.title} » ({where}).",
        ),
    )


def _staff(employer: Organisation) -> str:
    if employer.structure_type in ASSOCIATIONS:
        return "une personne salariée de votre association"
    if employer.is_public:
        return "une agente ou un agent de votre administration"
    return "une personne de votre entreprise"


def _how_long(
    employer: Organisation, lending: LendingRules, case: Case | None
) -> tuple[tuple[str, str], ...]:
    if case:
        start, end = case.proposal.start, case.proposal.end
        days = counted((end - start).days + 1, "jour")
        text = f"{span(start, end).capitalize()}, soit {days} sur place{_wanted(case.proposal)}."
    elif bounds := selectors.lengths_sought(employer.network_id):
        low, high = bounds
        text = f"De {low} à {high} jours sur place, selon les missions cherchées aujourd’hui."
    else:
        text = "De quelques jours à quelques semaines : chaque mission dit ses dates."
    own = [("", text)]
    if lending.days_a_year:
        most = counted(lending.days_a_year, "jour")
        own += [(OWN_RULE, f"{most} par an et par personne.")]
    return tuple(own)


def _wanted(proposal: Proposal) -> str:
    """Return in French the shortest and longest mission that the need allows; "" without range."""
    low, high = proposal.need.min_days, proposal.need.max_days
    return f" (le besoin permet de {low} à {high} jours)" if low and high and low != high else ""


def _grouped(
    read: Iterable[LeaveReading], fact: Callable[[LeaveReading], str]
) -> tuple[tuple[str, str], ...]:
    """Return each sentence once, after the schemes that it applies to; `ALL` if all share it.

    Without any reading, return the sentence `CLOSED`, with a blank scope.
    """
    rows = list(read)
    if not rows:
        return (("", CLOSED),)
    by_sentence: dict[str, list[str]] = {}
    for each in rows:
        by_sentence.setdefault(fact(each) or "Aucun texte ne le dit.", []).append(each.label)
    if len(by_sentence) == 1 and len(rows) > 1:
        return tuple((ALL, sentence) for sentence in by_sentence)
    return tuple((", ".join(labels), sentence) for sentence, labels in by_sentence.items())


def _signed(read: list[LeaveReading], employer: Organisation) -> tuple[tuple[str, str], ...]:
    def titles(each: LeaveReading) -> str:
        own = [
            paper.title
            for paper in leave_papers(each.code, employer)
            if "employeur" in (*paper.signers, *paper.consenting)
        ]
        return f"{' ; '.join(own)}." if own else "Rien : aucun papier ne porte votre signature."

    return _grouped(read, titles)


def _payers(
    read: list[LeaveReading], lending: LendingRules, case: Case | None
) -> tuple[tuple[str, str], ...]:
    """Return who pays the person, then who arranges the journey, then the employer's own gift."""
    gift = gift_of(lending)
    own = ((OWN_RULE, f"Don par mission : {gift}."),) if gift else ()
    charges = journey_of(case.proposal if case else None)
    return (*_grouped(read, lambda each: each.payer), ("Le voyage", _listed(charges)), *own)


def _insurers(read: list[LeaveReading], case: Case | None) -> tuple[tuple[str, str], ...]:
    """Return who insures the person, then who arranges assistance and repatriation."""
    charges = insurance_of(case.proposal if case else None)
    text = _listed(charges)
    return (*_grouped(read, lambda each: each.insurer), ("Assistance et rapatriement", text))


def _listed(charges: list[tuple[str, str]]) -> str:
    """Return (task, who does it) pairs as one French sentence."""
    return f"{' ; '.join(f'{what} : {who}' for what, who in charges)}."


def _when(
    read: list[LeaveReading], lending: LendingRules, case: Case | None
) -> tuple[tuple[str, str], ...]:
    due = case.answer_by if case else None
    first = (("", f"Avant {span(due, due)}."),) if due else ()
    return (*first, *_grouped(read, answer_of), *_own_notice(lending, case))


def _own_notice(lending: LendingRules, case: Case | None) -> tuple[tuple[str, str], ...]:
    """Return the notice that the employer itself asks for, with its day for known dates."""
    if lending.notice_days is None:
        return ()
    text = f"{counted(lending.notice_days, 'jour')} de préavis avant le premier jour de la mission"
    if case:
        day = case.proposal.start - timedelta(days=lending.notice_days)
        text += f", soit une demande reçue au plus tard {span(day, day)}"
    return ((OWN_RULE, f"{text}."),)


def _contact(employer: Organisation) -> str:
    network = employer.network
    reach = " · ".join(filter(None, [network.phone, network.email]))
    how = "appelez" if network.phone else "écrivez : le réseau n’a pas donné de téléphone"
    return f"{network.name}{f' : {reach}' if reach else ''}. Un doute, une question : {how}."
