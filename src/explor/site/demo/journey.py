"""Demonstration needs and missions in every state, created by the actions of each role."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from explor.actors.experts.models import Employment, Expert
from explor.actors.organisations.models import Organisation
from explor.actors.projects.models import Project
from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.journey.admissibility import actions as admissibility
from explor.journey.calls import actions as calls
from explor.journey.calls.models import Call, Funder
from explor.journey.committees import actions as committees
from explor.journey.committees.models import CommitteeMember
from explor.journey.decisions import actions as decisions
from explor.journey.decisions.models import Decision
from explor.journey.needs import actions as needs
from explor.journey.needs.models import Need
from explor.journey.proposals import actions as proposals
from explor.journey.proposals.models import Proposal

from . import departures
from .actors import DemoPeople, acting_as, expert_actor, member_of, officer_of, person
from .demo_data import DemoData, fill, load_list
from .verdicts import declare_admissible

# The final state of each need; the list is repeated until there are `NEEDS` needs.
FATES = (
    "draft", "filed", "mission:preparing", "returned", "committee", "mission:returned", "decided",
    "mission:closed", "unfavourable", "search", "mission:requested", "proposed", "mission:cleared",
    "filed", "mission:away", "agreed", "mission:signing", "inadmissible", "mission:cancelled",
    "search", "mission:remote", "draft", "mission:interrupted", "withdrawn", "mission:closed",
    "lost", "mission:postponed", "committee", "mission:written", "deferred",
)  # fmt: skip
NEEDS = 80
# The status of the expert whom a fate calls for, when one is left in the network.
WHO_LEAVES = {
    "mission:closed": Employment.RETIRED,
    "mission:preparing": Employment.FIXED_TERM,
    "agreed": Employment.RETIRED,
    "mission:cleared": Employment.FIXED_TERM,
    "mission:signing": Employment.TENURED,
}


def play_missions(data: DemoData, people: DemoPeople) -> None:
    """Add calls for projects and eighty needs; bring each need to a state of `FATES` in turn."""
    opened = _calls(data, people)
    turns = {network.pk: count(7 * n) for n, network in enumerate(people.networks)}
    available = {network.pk: _available_experts(people, network.pk) for network in people.networks}
    for number in range(NEEDS):
        project, sector, place = people.projects[number % len(people.projects)]
        network = project.association.network_id
        pool = opened[network]
        call = pool[number % len(pool)]
        fate = FATES[next(turns[network]) % len(FATES)]
        need = _begin(data, project, call, sector, place)
        _play(data, people, need, fate, available[network])


def _available_experts(people: DemoPeople, network: int) -> list[Expert]:
    return [e for e in people.experts if e.network_id == network and e.state == "available"]


def _calls(data: DemoData, people: DemoPeople) -> dict[int, list[Call]]:
    funders = [
        Funder.objects.create(name=name, slug=slug, level=level, siret=data.siret())
        for name, slug, level in (
            ("Fonjep", "fonjep", "national"),
            ("Ministère de l’Europe et des Affaires étrangères", "meae", "national"),
            ("Région (exemple)", "region-exemple", "regional"),
        )
    ]
    calls.join_funder(person(data, "financeur@explor.example"), "fonjep", "")
    opened: dict[int, list[Call]] = {}
    for network in people.networks:
        by = officer_of(network)
        titles = (
            ["Appel de printemps", "Appel d’automne"]
            if network.slug == "resacoop"
            else ["Au fil de l’eau"]
        )
        opened[network.pk] = [_call(data, network, by, title, funders) for title in titles]
    return opened


def _call(data: DemoData, network: Any, by: Actor, title: str, funders: list[Funder]) -> Call:
    now = timezone.now()
    call = calls.draft(
        network, by=by, title=title, rolling=title.startswith("Au fil"),
        presentation="Pour les associations du réseau qui préparent, mènent ou évaluent un projet.",
        opens_at=now - timedelta(days=40), needs_per_association=12,
        closes_at=None if title.startswith("Au fil") else now + timedelta(days=25),
        committee_on=timezone.localdate() + timedelta(days=40),
    )  # fmt: skip
    for funder, amount in zip(funders, (30_000, 45_000, 20_000), strict=True):
        calls.fund(call, by=by, funder=funder, amount=Decimal(amount))
    for number in range(3):
        first = network.slug == "resacoop" and number == 0
        known = Person.objects.filter(email="comite@explor.example").first() if first else None
        who = known or person(data, "comite@explor.example" if first else "")
        committees.join(who, call.slug, "chair" if number == 0 else "")
        seat = CommitteeMember.objects.get(call=call, person=who)
        committees.declare_interests(seat, by=acting_as(who, "comite", call))
    return calls.open_call(call, by=by)


def _begin(data: DemoData, project: Project, call: Call, sector: str, place: str) -> Need:
    theme = load_list("themes")[sector]
    title, objectives, expected = data.choice(theme["needs"])
    by = member_of(project.association)
    need = needs.begin(project, by=by, call=call, title=fill(title, place=place))
    start = timezone.localdate() + timedelta(days=data.randint(60, 150))
    partner = project.association.partners.first()
    needs.describe(
        need,
        by=by,
        changes={
            "purpose": data.choice(["prepare", "carry_out", "evaluate"]),
            "mission_type": data.choice(theme["types"]),
            "objectives": objectives,
            "expected_results": expected,
            "skills": theme["skills"],
            "partner": partner,
            "window_start": start,
            "window_end": start + timedelta(days=45),
            "days": data.randint(7, 15),
        },
        languages=[{"code": "fr", "level": "B2"}],
    )
    return need


def _play(data: DemoData, people: DemoPeople, need: Need, fate: str, experts: list[Expert]) -> None:
    by, officer = member_of(need.association), officer_of(need.network)
    if fate == "draft":
        text = "Combien de personnes au juste ? Le partenaire doit nous le dire."
        needs.comment(need, by=by, field="objectives", text=text)
        return
    needs.submit(need, by=by)
    if fate == "filed":
        return
    if fate == "returned":
        admissibility.request_changes(
            need, by=officer, message="Précisez qui sera formé, et le lieu exact.",
            answer_by=timezone.now() + timedelta(days=14),
            fields={"objectives": "Combien de personnes ?"}, papers={},
        )  # fmt: skip
        return
    if fate == "inadmissible":
        words = "Le partenaire n’est pas encore connu du réseau."
        admissibility.reject(need, by=officer, ground="partner", words=words)
        return
    if fate == "withdrawn":
        needs.withdraw(need, by=by, reason="Le projet est reporté d’un an.")
        return
    declare_admissible(need, by=officer)
    _judge(data, need, fate, officer)
    if fate in ("proposed", "agreed", "lost") or fate.startswith("mission:"):
        _propose(data, need, fate, officer, experts)


def _judge(data: DemoData, need: Need, fate: str, officer: Actor) -> None:
    decision = decisions.open_decision(need)
    members = list(need.call.committee.select_related("person").order_by("pk"))
    for member in members[: 1 if fate == "committee" else 3]:
        levels = {each.pk: (data.randint(2, 4), "") for each in need.call.criteria.all()}
        committees.give_opinion(
            decision.need, member=member, by=acting_as(member.person, "comite", need.call),
            verdict="favourable", levels=levels, comment="Objectifs clairs, partenaire solide.",
        )  # fmt: skip
    if fate == "committee":
        return
    verdict = {"unfavourable": "unfavourable", "deferred": "deferred"}.get(fate, "favourable")
    decisions.decide(decision, by=officer, verdict=verdict, letter=LETTERS[verdict])
    if fate != "decided":
        decisions.announce(Decision.objects.get(need=need), by=officer)


LETTERS = {
    "favourable": "Le comité a apprécié un besoin né du terrain et des objectifs mesurables.",
    "deferred": "Le comité souhaite relire le dossier quand le partenaire aura confirmé les dates.",
    "unfavourable": "Le besoin peut trouver sa réponse sur place ; le comité propose d’en parler.",
}


def _propose(data: DemoData, need: Need, fate: str, officer: Actor, experts: list[Expert]) -> None:
    expert = _chosen(data, fate, experts)
    start: date = need.window_start + timedelta(days=data.randint(0, 20))  # type: ignore[operator, assignment]
    made = proposals.introduce(
        need=need, expert=expert, start=start, end=start + timedelta(days=(need.days or 7) - 1),
        by=officer, message="Vos parcours se ressemblent : faites connaissance.",
        override="Choix fait pour la démonstration.",
    )  # fmt: skip
    if fate == "proposed":
        proposals.accept(made, party="expert", by=expert_actor(expert))
        return
    agree(made, need.association)
    if fate == "lost":
        proposals.lose(made, by=expert_actor(expert), reason="Un imprévu familial.")
    elif fate.startswith("mission:"):
        departures.play_mission(data, made, fate.removeprefix("mission:"), officer)


def _chosen(data: DemoData, fate: str, experts: list[Expert]) -> Expert:
    wanted = [at for at, each in enumerate(experts) if each.employment == WHO_LEAVES.get(fate)]
    return experts.pop(wanted[0] if wanted else data.randrange(len(experts)))


def agree(made: Proposal, association: Organisation) -> None:
    """Accept the proposal for the expert, the association and the employer."""
    proposals.accept(made, party="expert", by=expert_actor(made.expert))
    proposals.accept(made, party="association", by=member_of(association))
    if made.employer:
        proposals.accept(made, party="employeur", by=member_of(made.employer))
