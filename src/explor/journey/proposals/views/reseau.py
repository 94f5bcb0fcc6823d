"""Pages where an officer proposes experts, manages the reserve, records phone answers.

An officer also takes back there an acceptance recorded by mistake.
"""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from explor.actors.experts.models import Expert
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.forms import CreateForm
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.shortlists.selectors import searched

from .. import actions, pages, rules, selectors
from ..engine import Match
from ..forms import AnswerForm, IntroduceForm, ReserveForm, TakeBackForm
from ..models import Party, Proposal, ReserveEntry
from ..pages import Reply
from .party import VERBS, load, record_answer


def load_match(request: Request, need: int, expert: int) -> Match:
    """Return a selected need of this network and an expert whom it may see, or 404."""
    related = ("call", "network", "association")
    needs = searched(request.actor).select_related(*related)
    visible = Expert.objects.visible_to(request.actor).select_related("person", "employer")
    return Match(
        need=get_object_or_404(needs, pk=need), expert=get_object_or_404(visible, pk=expert)
    )


def load_entry(request: Request, pk: int) -> ReserveEntry:
    """Return a reserve entry of this network, or 404."""
    own = ReserveEntry.objects.filter(need__network=request.actor.scope)
    return get_object_or_404(own.select_related("need", "expert__person"), pk=pk)


def load_reply(request: Request, pk: int, party: str) -> Reply:
    """Return a proposal and the party whose answer the officer records, or 404."""
    proposal = load(request, pk)
    if party not in rules.parties_of(proposal):
        raise Http404
    return Reply(proposal=proposal, party=party)


def introduce(
    match: Match, *, by: Actor, start: date, end: date, message: str, override: str
) -> Proposal:
    """Propose the expert of `match` for its need, with the shortlist line that the page showed."""
    return actions.introduce(
        need=match.need,
        expert=match.expert,
        start=start,
        end=end,
        by=by,
        message=message,
        override=override,
        line=match.line,
    )


def keep_in_reserve(match: Match, *, by: Actor, rank: int, until: date) -> ReserveEntry:
    """Keep the expert of `match` in reserve for its need, at a rank and until a day."""
    return actions.keep_in_reserve(
        need=match.need, expert=match.expert, rank=rank, until=until, by=by
    )


def answer(
    reply: Reply, *, by: Actor, expected_version: int, said: str, reason: str, partner: str = ""
) -> Proposal:
    """Record the answer that a party gave by phone or on paper."""
    return record_answer(
        reply.proposal,
        party=reply.party,
        by=by,
        expected_version=expected_version,
        said=said,
        reason=reason,
        partner=partner,
    )


def take_back(reply: Reply, *, by: Actor, expected_version: int, reason: str) -> Proposal:
    """Take back the acceptance of a party, which told the officer that it was a mistake."""
    return actions.take_back(
        reply.proposal, party=reply.party, by=by, expected_version=expected_version, reason=reason
    )


MATCH = VerbPages(
    "proposals",
    "recherches/<int:need>/",
    load=load_match,
    back=lambda actor, match: pages.shortlist_url(actor, match.need.pk),
    args_of=lambda match: [match.need.pk, match.expert.pk],
    roles=("reseau",),
    crumb=lambda match: match.need.title,
    verbs=(
        Verb(
            introduce,
            "proposer/<int:expert>",
            label="Envoyer la proposition",
            title=lambda actor, match: f"Proposer {match.expert.person.name}",
            lead=pages.lead_of_introduce,
            form=IntroduceForm,
            options=pages.options_of_introduce,
            can=lambda actor, match: rules.can_propose(actor, match.need),
            blockers=lambda actor, match: rules.own_seat(actor, match.expert),
            effects=pages.effects_of_introduce,
            template="proposals/reseau_introduce.html",
            context=pages.context_of_introduce,
            leads_to_result=pages.proposal_url,
            done="La proposition est envoyée aux parties.",
        ),
        Verb(
            keep_in_reserve,
            "reserve/<int:expert>",
            label="Mettre en réserve",
            title=lambda actor, match: f"Garder {match.expert.person.name} en réserve",
            form=ReserveForm,
            options=pages.options_of_reserve,
            can=lambda actor, match: rules.can_keep_in_reserve(actor, match.need),
            effects=pages.effects_of_keep_in_reserve,
            done=lambda actor, match: f"{match.expert} est en réserve.",
        ),
    ),
)

RESERVE = VerbPages(
    "proposals",
    "reserve/<int:pk>/",
    load=load_entry,
    back=lambda actor, entry: pages.shortlist_url(actor, entry.need_id),
    roles=("reseau",),
    crumb=lambda entry: entry.need.title,
    verbs=(
        Verb(
            actions.drop_from_reserve,
            "retirer",
            label="Retirer de la réserve",
            title=lambda actor, entry: f"Retirer {entry.expert.person.name} de la réserve",
            danger=True,
            form=CreateForm,
            can=rules.can_drop_from_reserve,
            effects=pages.effects_of_drop_from_reserve,
            done=lambda actor, entry: f"{entry.expert} n’est plus en réserve.",
        ),
    ),
)

REPLIES = VerbPages(
    "proposals",
    "propositions/<int:pk>/reponse/<str:party>/",
    load=load_reply,
    back=lambda actor, reply: pages.proposal_url(actor, reply.proposal),
    args_of=lambda reply: [reply.proposal.pk, reply.party],
    roles=("reseau",),
    crumb=lambda reply: reply.proposal.need.title,
    verbs=(
        Verb(
            answer,
            "",
            label=lambda actor, reply: f"Répondre pour {Party(reply.party).label}",
            lead=lambda actor, reply: pages.lead_of(actor, reply.proposal),
            form=AnswerForm,
            options=lambda actor, reply: {
                "subject": reply.proposal,
                "party": reply.party,
                "officer": True,
            },
            can=lambda actor, reply: rules.can_answer(actor, reply.proposal, reply.party),
            blockers=lambda actor, reply: rules.own_seat(actor, reply.proposal.expert),
            effects=pages.effects_of_reply,
            done="La réponse est enregistrée et confirmée par message.",
        ),
        Verb(
            take_back,
            "retirer",
            label=lambda actor, reply: f"Retirer le oui de {Party(reply.party).label}",
            lead=lambda actor, reply: pages.lead_of(actor, reply.proposal),
            form=TakeBackForm,
            options=lambda actor, reply: {"subject": reply.proposal},
            can=lambda actor, reply: rules.can_take_back(actor, reply.proposal, reply.party),
            blockers=pages.blockers_of_take_back_for,
            effects=lambda actor, reply: pages.effects_of_take_back(actor, reply.proposal),
            done="Le oui est retiré ; la partie en est prévenue.",
        ),
    ),
)


@role_required("reseau")
def proposal(request: Request, pk: int) -> HttpResponse:
    """Show one proposal: its answers, their deadline and the ranking reasons saved with it."""
    instance = load(request, pk)
    context = {
        "row": instance,
        "tone": pages.TONES[instance.state],
        "facts": pages.facts_of(instance, "reseau"),
        "answers": pages.answers_of(instance, "reseau"),
        "trail": pages.trail_of(request.actor, instance, request.path),
        "ended": pages.ending_of(instance, "reseau"),
        "known": pages.known_answers(request.actor, instance),
        "schemes": pages.schemes_today(instance),
        "verbs": _verbs(request, instance),
        "reasons": instance.reasons,
        "house": pages.house_today(instance),
        "bad": selectors.unreachable(instance),
    }
    return render_page(request, "proposals/reseau_proposal.html", context)


def _verbs(request: Request, instance: Proposal) -> list[dict[str, Any]]:
    actor = request.actor
    answers = []
    for party in rules.parties_of(instance):
        reply = Reply(proposal=instance, party=party)
        without = [] if party in rules.silent(instance) else ["answer"]
        without += [] if rules.has_accepted(instance, party) else ["take_back"]
        answers += REPLIES.buttons(actor, reply, without=without)
    return [*answers, *VERBS.buttons(actor, instance)]
