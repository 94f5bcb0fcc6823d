"""The races: each row of the table is something that only one of eight people may obtain."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet
from django.test import Client
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.actors.organisations.models import Organisation
from explor.ground.accounts.models import Person
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.journey.calls.models import Envelope
from explor.journey.decisions.models import Decision
from explor.journey.needs.models import Need
from explor.journey.planning.actions import compute, open_plan
from explor.journey.proposals.models import Proposal
from explor.journey.releases import actions as releases
from explor.journey.releases import engine
from explor.journey.releases.models import Signature
from explor.journey.releases.rules import unconfirmed
from factories import (
    CallFactory,
    DecisionFactory,
    ExpertFactory,
    FunderFactory,
    MemberFactory,
    NeedFactory,
    OfficerFactory,
    ReleaseFactory,
    association_actor,
    employer_actor,
    officer_actor,
    wearing,
)
from support.races import Race, Round, Try
from support.soak import length

PEOPLE = length(3, 8)
CHANGED = "a changé depuis que vous avez ouvert cette page"


def browsers(people: Iterable[Person]) -> list[Client]:
    """Return a signed-in browser for each person."""
    return [wearing(Actor(person=each.pk)) for each in people]


def officers(network: Network, count: int = PEOPLE) -> list[Client]:
    return browsers(each.person for each in OfficerFactory.create_batch(count, network=network))


def members(organisation: Organisation, count: int = PEOPLE) -> list[Client]:
    made = MemberFactory.create_batch(count, organisation=organisation)
    return browsers(each.person for each in made)


def all_send(clients: Iterable[Client], url: str, **typed: Any) -> list[Try]:
    return [Try(client=client, url=url, typed=typed) for client in clients]


def acts_on(subject: Model, *verbs: str) -> Callable[[], int]:
    """Return a function that counts the entries of the journal on a row, by these verbs."""
    lines: QuerySet[Entry] = Entry.objects.about(subject).filter(verb__in=verbs)
    return lambda: lines.all().count()


def proposing(need: Need, expert: Any) -> tuple[str, dict[str, Any]]:
    """Return the page where an officer proposes an expert for a need, and what is typed in it."""
    start = need.window_start
    assert start is not None
    typed = {"start": start, "end": start + timedelta(days=9), "override": "C’est convenu."}
    return f"/reseau/{need.network.slug}/recherches/{need.pk}/proposer/{expert.pk}/", typed


def one_expert_for_a_need() -> Round:
    need = DecisionFactory(need__seats=6).need
    expert = ExpertFactory(network=need.network)
    url, typed = proposing(need, expert)
    rows = Proposal.objects.filter(need=need, expert=expert)
    return Round(tries=all_send(officers(need.network), url, **typed), granted=rows.count)


def the_last_seat_of_a_need() -> Round:
    need = DecisionFactory(need__seats=1).need
    tries = []
    for client in officers(need.network):
        url, typed = proposing(need, ExpertFactory(network=need.network))
        tries.append(Try(client=client, url=url, typed=typed))
    return Round(tries=tries, granted=Proposal.objects.filter(need=need).count)


def the_only_need_that_a_call_allows() -> Round:
    first = NeedFactory(call__needs_per_association=1)
    shared = {"association": first.association, "network": first.network, "call": first.call}
    drafts = [first, *NeedFactory.create_batch(PEOPLE - 1, **shared)]
    base = f"/association/{first.association.slug}/besoins"
    tries = [
        Try(client=client, url=f"{base}/{draft.pk}/deposer/", typed={})
        for client, draft in zip(members(first.association), drafts, strict=True)
    ]
    filed = Need.objects.filter(call=first.call, state="filed")
    return Round(tries=tries, granted=filed.count)


def the_envelope_of_a_call() -> Round:
    call = CallFactory(quorum=0)
    Envelope.objects.create(call=call, funder=FunderFactory(), amount=Decimal(12_000))
    shared = {"state": "admissible", "call": call, "network": call.network}
    needs = NeedFactory.create_batch(PEOPLE, filed_at=timezone.now(), **shared)
    typed = {"verdict": "favourable", "amount": "10000", "letter": "Un besoin clair."}
    tries = []
    for client, need in zip(officers(call.network), needs, strict=True):
        Decision.objects.create(need=need)
        url = f"/reseau/{call.network.slug}/decisions/{need.pk}/decider/"
        tries.append(Try(client=client, url=url, typed=typed))
    decided = Decision.objects.filter(need__call=call, state="decided")
    return Round(tries=tries, granted=decided.count)


def the_signature_of_a_party() -> Round:
    release = ReleaseFactory()
    releases.approve(release, by=employer_actor(release.employer), scheme="CP")
    if unconfirmed(release, engine.reading_of(release, "CP", timezone.localdate())):
        releases.confirm_scheme(release, by=officer_actor(release.proposal.need.network))
    association = release.proposal.need.association
    # One person in several windows: two people could not sign as one, named before.
    person = MemberFactory(organisation=association).person
    releases.name_signatory(
        release.signatories.get(party="association"), by=association_actor(association),
        name=person.name, email=person.email, capacity="présidente",
    )  # fmt: skip
    url = f"/association/{association.slug}/mises-a-disposition/{release.pk}/signer/"
    rows = Signature.objects.filter(agreement__release=release)
    return Round(tries=all_send(browsers([person] * PEOPLE), url, agreed="on"), granted=rows.count)


def the_verdict_on_a_need() -> Round:
    need = NeedFactory(filed=True, call__questions=[])
    half, base = PEOPLE // 2, f"/reseau/{need.network.slug}/recevabilite/{need.pk}/"
    accepting = all_send(officers(need.network, half), base, then="accept")
    refusal = {"ground": "rules", "words": "Hors de l’appel."}
    rejecting = all_send(officers(need.network, half), f"{base}refuser/", **refusal)
    return Round(tries=accepting + rejecting, granted=acts_on(need, "accept", "reject"))


def a_verdict_or_a_withdrawal() -> Round:
    need = NeedFactory(filed=True, call__questions=[])
    half, base = PEOPLE // 2, f"/reseau/{need.network.slug}/recevabilite/{need.pk}/"
    refusal = {"ground": "rules", "words": "Hors de l’appel."}
    rejecting = all_send(officers(need.network, half), f"{base}refuser/", **refusal)
    url = f"/association/{need.association.slug}/besoins/{need.pk}/retirer/"
    withdrawing = all_send(members(need.association, half), url, reason="Le partenaire renonce.")
    return Round(tries=rejecting + withdrawing, granted=acts_on(need, "reject", "withdraw"))


def the_adoption_of_a_plan() -> Round:
    need = DecisionFactory(need__seats=6).need
    ExpertFactory(network=need.network)
    plan = open_plan(need.network, title="Printemps", call=None, by=officer_actor(need.network))
    scenario = plan.scenarios.get()
    compute(scenario)
    url = f"/reseau/{need.network.slug}/scenarios/{scenario.pk}/adopter/"
    return Round(tries=all_send(officers(need.network), url), granted=acts_on(plan, "adopt"))


RACES = [
    Race(
        name="one expert proposed twice",
        begin=one_expert_for_a_need,
        refusal="déjà proposée pour ce besoin",
        constraints=((Proposal, "proposals_pair_once"),),
    ),
    Race(
        name="the last seat of a need",
        begin=the_last_seat_of_a_need,
        refusal="Toutes les places de ce besoin sont prises",
    ),
    Race(
        name="the needs that a call allows",
        begin=the_only_need_that_a_call_allows,
        refusal="besoin",
    ),
    Race(
        name="the envelope of a call",
        begin=the_envelope_of_a_call,
        refusal="L’enveloppe serait dépassée de",
    ),
    Race(
        name="a signature",
        begin=the_signature_of_a_party,
        refusal="déjà signé",
        constraints=((Signature, "releases_signature_once"),),
    ),
    Race(
        name="accepting or rejecting a need",
        begin=the_verdict_on_a_need,
        refusal=f"{CHANGED}|n’est pas possible",
    ),
    Race(
        name="a verdict or a withdrawal",
        begin=a_verdict_or_a_withdrawal,
        refusal=f"{CHANGED}|n’est pas possible",
    ),
    Race(
        name="the places of a plan",
        begin=the_adoption_of_a_plan,
        refusal=f"{CHANGED}|n’est pas possible",
        constraints=((Proposal, "proposals_pair_once"),),
    ),
]
