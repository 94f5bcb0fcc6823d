"""A committee on the eve of its meeting: twelve files, five members, one tie, one disagreement."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from explor.actors.networks.models import Network
from explor.actors.organisations.models import Member
from explor.ground.accounts.models import Person
from explor.journey.calls import actions as calls
from explor.journey.calls.models import Call, Funder
from explor.journey.committees import actions as committees
from explor.journey.committees.models import CommitteeMember
from explor.journey.decisions import actions as decisions
from explor.journey.decisions.models import Decision
from explor.journey.meetings import actions as meetings
from explor.journey.needs import actions as needs

from .actors import Cast, acting_as, member_of, officer_of, person
from .chance import Chance, told
from .together import describe
from .verdicts import declare_admissible

FILES = 12
MEMBERS = 5
SPLIT = 3  # the file on which members stand apart
REMARKS = (
    "Le partenaire porte vraiment la demande.",
    "Objectifs clairs ; les suites restent à préciser.",
    "Dates serrées pour ce qui est attendu.",
    "Un besoin modeste et bien dit.",
)


def convene(chance: Chance, cast: Cast) -> None:
    """Twelve needs before a committee that has read them and meets today."""
    network = next(each for each in cast.networks if each.slug == "resacoop")
    call = _call(network)
    own = [each for each in cast.projects if each[0].association.network_id == network.pk]
    files, expected_version = [], set()
    for number in range(FILES):
        project, sector, place = own[number % len(own)]
        if (sector, place) in expected_version:  # the same need again: for the next town
            towns = told("places")[project.countries[0]][2:]
            place = towns[(towns.index(place) + 1) % len(towns)]
        expected_version.add((sector, place))
        need = describe(chance, project, call, sector, place, number)
        needs.submit(need, by=member_of(project.association))
        declare_admissible(need, by=officer_of(network))
        files.append(decisions.open_decision(need))
    seats = _seats(chance, call, files)
    for number, decision in enumerate(files):
        for place_at_table, seat in enumerate(seats[1:]):
            _judge(chance, seat, decision, number, place_at_table)
    meetings.plan_meeting(
        call, by=officer_of(network), on=timezone.now() + timedelta(hours=2),
        place="Salle du réseau et visioconférence",
    )  # fmt: skip


def _call(network: Network) -> Call:
    now, by = timezone.now(), officer_of(network)
    call = calls.draft(
        network, by=by, title="Appel d’été", rolling=False,
        presentation="Un appel dont le comité se réunit aujourd’hui (exemple).",
        opens_at=now - timedelta(days=50), closes_at=now + timedelta(minutes=5),
        committee_on=timezone.localdate(), needs_per_association=FILES,
    )  # fmt: skip
    calls.fund(call, by=by, funder=Funder.objects.get(slug="fonjep"), amount=Decimal(35_000))
    calls.open_call(call, by=by)
    return call


def _seats(chance: Chance, call: Call, files: list[Decision]) -> list[CommitteeMember]:
    """The chair, three members, and one who acts for an association that asks."""
    tied = Member.objects.filter(organisation=files[-1].need.association).select_related("person")
    chair = Person.objects.get(email="comite@explor.example")
    people: list[Any] = [chair, *(person(chance) for _ in range(MEMBERS - 2)), tied[0].person]
    for number, who in enumerate(people):
        committees.join(who, call.slug, "chair" if number == 0 else "")
        seat = CommitteeMember.objects.get(call=call, person=who)
        committees.declare_ties(seat, by=acting_as(who, "comite", call))
    return list(call.committee.select_related("person").order_by("pk"))


def _judge(
    chance: Chance, seat: CommitteeMember, decision: Decision, number: int, at_table: int
) -> None:
    """A final opinion of everyone who may give one; the last member keeps two drafts."""
    if decision.need.recusals.filter(member=seat).exists():
        return
    low = number == SPLIT and at_table == 0
    levels = {
        each.pk: (0 if low else chance.randint(1 + (number % 3), 4), "")
        for each in seat.call.criteria.all()
    }
    committees.give_opinion(
        decision.need, member=seat, by=acting_as(seat.person, "comite", seat.call),
        verdict="unfavourable" if low else chance.choice(["favourable", "reserved"]),
        levels=levels, comment=chance.choice(REMARKS),
        final=not (at_table == MEMBERS - 2 and number < 2),
    )  # fmt: skip
