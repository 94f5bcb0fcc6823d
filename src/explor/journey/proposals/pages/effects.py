"""Content of the confirmation pages of proposals: introductions, form options, effects."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from explor.actors.lending.pages import known_facts
from explor.actors.lending.selectors import rules_by_employer
from explor.ground.http.actor import Actor
from explor.ground.ui.days import date_format
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.leave_readings.selectors import house_objections

from .. import rules, selectors
from ..engine import Match, house_objections_of
from ..models import Party, Proposal, ReserveEntry
from ..states import State

OWN_RULES = "Ce sont vos règles, non celles de la loi : vous pouvez passer outre."


def lead_of(actor: Actor, proposal: Proposal) -> str:
    """Return the introduction of a page: the name of the proposed expert and the dates."""
    start, end = date_format(proposal.start, "j F Y"), date_format(proposal.end, "j F Y")
    return f"{proposal.expert.person.name}, du {start} au {end}."


def _parties(proposal: Proposal, reads: str) -> Notified:
    labels = ", ".join(Party(party).label for party in rules.parties_of(proposal))
    return Notified(f"{labels[:1].upper()}{labels[1:]}", reads)


def lead_of_introduce(actor: Actor, match: Match) -> str:
    """Return the introduction of the page: the allowed number of days, the window of the need."""
    need: Any = match.need  # a selected need always has a window
    start, end = (date_format(day, "j F Y") for day in (need.window_start, need.window_end))
    return f"De {need.min_days} à {need.max_days} jours, entre le {start} et le {end}."


def options_of_introduce(actor: Actor, match: Match) -> dict[str, Any]:
    """Return the form's arguments: the suggested dates, and whether a justification is required."""
    dates = {"start": match.line.candidate.start, "end": match.line.candidate.end}
    return {"initial": dates, "must_override": match.needs_override}


def context_of_introduce(actor: Actor, match: Match) -> dict[str, Any]:
    """Return the context of the page that proposes an expert.

    Keys: `line` (of the shortlist), `must_override` (a justification is required), `house_facts`
    (the lending rules of the employer) and `house` (their objections to the suggested dates).
    """
    candidate, own = match.line.candidate, rules_by_employer([match.expert.employer_id or 0])
    facts = [fact for each in own.values() for fact in known_facts(each)]
    start, end = candidate.start, candidate.end
    today = timezone.localdate()
    house = (
        house_objections(match.expert, match.need.pk, start, end, today) if start and end else []
    )
    return {
        "line": match.line,
        "must_override": match.needs_override,
        "house_facts": facts,
        "house": house,
    }


def effects_of_introduce(actor: Actor, match: Match) -> Effects:
    days = match.need.network.answer_days
    until = timezone.localdate() + timedelta(days=days)
    parties = "L’experte ou l’expert, l’association"
    return Effects(
        happens=(
            Consequence("Une place du besoin est prise, le temps des réponses."),
            Consequence("La personne quitte la réserve de ce besoin, si elle y est."),
            Consequence("Sans toutes les réponses, la proposition est libérée.", until),
        ),
        notified=(
            Notified(
                f"{parties} et l’employeur" if match.expert.employer_id else parties,
                f"« Une mission vous est proposée », votre mot, et {days} jours pour répondre",
            ),
        ),
        undo=(
            Undo(
                "Jusqu’à la dernière réponse",
                "Vous pouvez reprendre la proposition, avec un motif.",
            ),
        ),
    )


def options_of_reserve(actor: Actor, match: Match) -> dict[str, Any]:
    """Return the form's arguments: the initial rank, one more than the number in reserve."""
    return {"initial": {"rank": selectors.standing_reserve(match.need).count() + 1}}


def effects_of_keep_in_reserve(actor: Actor, match: Match) -> Effects:
    return Effects(
        happens=(
            Consequence("La personne est en réserve de ce besoin, à ce rang."),
            Consequence(
                "Si une place est encore libre, votre accueil le rappelle.",
                f"{selectors.RESERVE_NOTICE} jours avant la fin",
            ),
            Consequence("La réserve prend fin.", "à la date choisie"),
        ),
        undo=(Undo("À tout moment", "Vous pouvez retirer la personne de la réserve."),),
    )


def effects_of_drop_from_reserve(actor: Actor, entry: ReserveEntry) -> Effects:
    return Effects(
        happens=(
            Consequence("La personne n’est plus en réserve de ce besoin."),
            Consequence("Elle reste au classement, et peut encore être proposée."),
        ),
        undo=(Undo("Tant que le besoin est retenu", "Vous pouvez la remettre en réserve."),),
    )


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A proposal, and the party whose answer an officer records."""

    proposal: Proposal
    party: str


def notes_of_answer(actor: Actor, proposal: Proposal) -> list[str]:
    """Return the objections of the employer's own lending rules, to the employer only; else [].

    A last sentence says that the employer may accept all the same.
    """
    if actor.role != "employeur":
        return []
    house = house_objections_of(proposal)
    return [*house, OWN_RULES] if house else []


def effects_of_answer(actor: Actor, proposal: Proposal) -> Effects:
    employer = bool(proposal.employer_id)
    agreed = "Avec le dernier oui, la personne est prise à ces dates"
    release = " ; l’accord de l’employeur est demandé." if employer else "."
    return Effects(
        happens=(
            Consequence("Un non met fin à la proposition ; la place du besoin est libre."),
            Consequence(agreed + release),
        ),
        notified=(
            Notified("Le réseau", "chaque réponse ; pour un non, son motif"),
            _parties(
                proposal,
                "après un non, « Une proposition n’aboutit pas », sans le motif ; après le "
                "dernier oui, « La mise en relation est faite »",
            ),
        ),
        undo=(
            Undo("Tant que rien n’en découle", "Un oui donné par erreur se retire, avec un motif."),
            Undo("Ensuite", "Une réponse ne se change pas : appelez le réseau."),
        ),
    )


def effects_of_reply(actor: Actor, reply: Reply) -> Effects:
    """Return the effects of an answer that an officer records on behalf of a party."""
    effects = effects_of_answer(actor, reply.proposal)
    label_ = Party(reply.party).label
    confirmed = Notified(f"{label_[:1].upper()}{label_[1:]}", "la réponse enregistrée en son nom")
    return replace(
        effects,
        notified=(*effects.notified, confirmed),
        undo=(
            Undo("Tant que rien n’en découle", "Un oui noté par erreur se retire, avec un motif."),
            Undo(
                "Ensuite",
                "Une réponse ne se change pas. Vous pouvez reprendre la proposition ; après le "
                "dernier oui, signaler un désistement.",
            ),
        ),
    )


def blockers_of_take_back(actor: Actor, proposal: Proposal) -> list[str]:
    """Return why a party cannot take back its own acceptance, empty when it can."""
    return rules.missing_to_take_back(proposal, actor.role)


def blockers_of_take_back_for(actor: Actor, reply: Reply) -> list[str]:
    """Return why an officer cannot take back the acceptance of a party, empty when they can."""
    own = rules.own_seat(actor, reply.proposal.expert)
    return own + rules.missing_to_take_back(reply.proposal, reply.party)


def effects_of_take_back(actor: Actor, proposal: Proposal) -> Effects:
    until = rules.time_to_answer_again(proposal, timezone.now())
    happens = [
        Consequence("Le oui est effacé ; le journal le garde, avec votre motif."),
        Consequence("La place reste tenue ; cette réponse est de nouveau attendue."),
        Consequence("Sans toutes les réponses, la proposition est libérée.", until),
    ]
    if proposal.state == State.AGREED:
        happens += [
            Consequence("Les jours de la personne ne sont plus pris."),
            Consequence("L’accord de l’employeur n’est plus demandé, le temps des réponses."),
        ]
    return Effects(
        happens=happens,
        notified=(
            _parties(proposal, "« Un oui est retiré », sans le motif"),
            Notified("Le réseau", "« Un oui est retiré », et le motif"),
        ),
        undo=(Undo("Jusqu’à cette date", "La partie peut répondre de nouveau."),),
    )


def effects_of_recall(actor: Actor, proposal: Proposal) -> Effects:
    return Effects(
        happens=(
            Consequence("La proposition prend fin : personne n’a plus à y répondre."),
            Consequence("La place du besoin est de nouveau libre."),
        ),
        notified=(
            _parties(proposal, "« Une proposition est reprise par le réseau », et votre motif"),
        ),
        undo=(Undo("Ensuite", "Une proposition reprise ne revient pas : il en faut une autre."),),
    )


def blockers_of_lose(actor: Actor, proposal: Proposal) -> list[str]:
    """Return why the expert can no longer withdraw, empty when they can."""
    return rules.missing_to_lose(proposal)


def effects_of_lose(actor: Actor, proposal: Proposal) -> Effects:
    return Effects(
        happens=(
            Consequence("La personne ne part pas : ses jours sont de nouveau libres."),
            Consequence("Le besoin reste retenu ; sa place est libre, la recherche reprend."),
            Consequence("L’accord de l’employeur, s’il y en a un, est classé sans suite."),
        ),
        notified=(
            _parties(proposal, "« La recherche d’une expertise reprend », sans le motif"),
            Notified("Le réseau", "le désistement et son motif"),
        ),
        undo=(Undo("Ensuite", "Un désistement ne se reprend pas."),),
    )


def done_of_lose(actor: Actor, proposal: Proposal) -> str:
    """Return the message shown after a withdrawal, to the expert or to the officer."""
    if actor.role == "expert":
        return "Votre désistement est enregistré. Le réseau est prévenu."
    return "Le désistement est enregistré. La recherche reprend."
