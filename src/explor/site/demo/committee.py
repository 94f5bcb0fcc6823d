"""A demonstration committee that meets today: twelve needs, five members, one recusal."""

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
from explor.journey.committees.models import CommitteeMember, Verdict
from explor.journey.decisions import actions as decisions
from explor.journey.decisions.models import Decision
from explor.journey.decisions.selectors import letter_template
from explor.journey.meetings import actions as meetings
from explor.journey.needs import actions as needs

from .actors import DemoPeople, acting_as, member_of, officer_of, person
from .demo_data import DemoData, load_list
from .planning import describe_need
from .verdicts import declare_admissible

FILES = 12
MEMBERS = 5
SPLIT = 3  # index of the need on which members disagree
REMARKS = (
    "Le partenaire porte vraiment la demande.",
    "Objectifs clairs ; les suites restent à préciser.",
    "Dates serrées pour ce qui est attendu.",
    "Un besoin modeste et bien dit.",
)


# How the demonstration network announces that a need is deferred; see `LETTER_FIELDS`.
DEFERRED = """Bonjour,

Merci d’avoir présenté « [besoin] » ([numéro]). Le comité de « [appel] » l’a lu avec attention.
Décision : [décision].

[motifs]

Rien n’est perdu : appelez-nous, nous complétons le dossier ensemble pour le prochain comité.

[réexamen]

L’équipe de [réseau]"""


def add_committee(data: DemoData, people: DemoPeople) -> None:
    """Add a call for projects with twelve needs scored by its committee, which meets today."""
    network = next(each for each in people.networks if each.slug == "resacoop")
    call = _call(network)
    own = [each for each in people.projects if each[0].association.network_id == network.pk]
    files, used = [], set()
    for number in range(FILES):
        project, sector, place = own[number % len(own)]
        if (sector, place) in used:  # use another town instead of repeating the same need
            towns = load_list("places")[project.countries[0]][2:]
            place = towns[(towns.index(place) + 1) % len(towns)]
        used.add((sector, place))
        need = describe_need(data, project, call, sector, place, number)
        needs.submit(need, by=member_of(project.association))
        declare_admissible(need, by=officer_of(network))
        files.append(decisions.open_decision(need))
    seats = _seats(data, call, files)
    for number, decision in enumerate(files):
        for place_at_table, seat in enumerate(seats[1:]):
            _judge(data, seat, decision, number, place_at_table)
    meetings.plan_meeting(
        call, by=officer_of(network), on=timezone.now() + timedelta(hours=2),
        place="Salle du réseau et visioconférence",
    )  # fmt: skip
    decisions.edit_letter_template(
        letter_template(network, Verdict.DEFERRED), by=officer_of(network), text=DEFERRED
    )


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


def _seats(data: DemoData, call: Call, files: list[Decision]) -> list[CommitteeMember]:
    """Add and return a chair, three members, and one with a conflict of interest in the last need.

    Args:
        files: the decisions on the needs of the call, in order.
    """
    tied = Member.objects.filter(organisation=files[-1].need.association).select_related("person")
    chair = Person.objects.get(email="comite@explor.example")
    members: list[Any] = [chair, *(person(data) for _ in range(MEMBERS - 2)), tied[0].person]
    for number, who in enumerate(members):
        committees.join(who, call.slug, "chair" if number == 0 else "")
        seat = CommitteeMember.objects.get(call=call, person=who)
        committees.declare_interests(seat, by=acting_as(who, "comite", call))
    return list(call.committee.select_related("person").order_by("pk"))


def _judge(
    data: DemoData, seat: CommitteeMember, decision: Decision, number: int, at_table: int
) -> None:
    """Give the opinion of a member on a need, unless recused; some opinions stay drafts.

    Args:
        seat: the member of the committee.
        decision: the decision on the need.
        number: the index of the need in the call.
        at_table: the index of the member, without the chair.
    """
    if decision.need.recusals.filter(member=seat).exists():
        return
    low = number == SPLIT and at_table == 0
    levels = {
        each.pk: (0 if low else data.randint(1 + (number % 3), 4), "")
        for each in seat.call.criteria.all()
    }
    committees.give_opinion(
        decision.need, member=seat, by=acting_as(seat.person, "comite", seat.call),
        verdict="unfavourable" if low else data.choice(["favourable", "reserved"]),
        levels=levels, comment=data.choice(REMARKS),
        final=not (at_table == MEMBERS - 2 and number < 2),
    )  # fmt: skip
