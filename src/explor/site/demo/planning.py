"""A demonstration call whose selected needs all lack an expert, ready for a matching plan."""

from datetime import timedelta

from django.utils import timezone

from explor.actors.networks.models import Network
from explor.actors.projects.models import Project
from explor.ground.accounts.actions import open_account
from explor.journey.calls import actions as calls
from explor.journey.calls.models import Call
from explor.journey.committees import actions as committees
from explor.journey.committees.models import CommitteeMember
from explor.journey.decisions import actions as decisions
from explor.journey.needs import actions as needs
from explor.journey.needs.models import Need

from .actors import DemoPeople, acting_as, member_of, officer_of
from .demo_data import DemoData, fill, load_list
from .verdicts import declare_admissible

NEEDS = 80
PER_ASSOCIATION = 10  # the most that one association gets of the eighty
LANGUAGES = ("pt", "en", "es", "ar")


def add_call_to_plan(data: DemoData, people: DemoPeople) -> None:
    """Add eighty selected and announced needs of one network, each with free seats."""
    network = next(each for each in people.networks if each.slug == "resacoop")
    call = _call(network)
    own = [each for each in people.projects if each[0].association.network_id == network.pk]
    seat = _seat(call)
    criteria = list(call.criteria.values_list("pk", flat=True))
    for number in range(NEEDS):
        project, sector, town = own[number % len(own)]
        need = describe_need(data, project, call, sector, town, number)
        needs.submit(need, by=member_of(project.association))
        declare_admissible(need, by=officer_of(network))
        decision = decisions.open_decision(need)
        committees.give_opinion(
            need, member=seat, by=acting_as(seat.person, "comite", call), verdict="favourable",
            levels={each: (3 + (number + place) % 2, "") for place, each in enumerate(criteria)},
        )  # fmt: skip
        letter = "Le comité a retenu tous les besoins prêts de cet appel (exemple)."
        decisions.decide(decision, by=officer_of(network), verdict="favourable", letter=letter)
        decisions.announce(decision, by=officer_of(network))


def _call(network: Network) -> Call:
    now = timezone.now()
    call = calls.draft(
        network, by=officer_of(network), title="Grand appel de l’année", rolling=False,
        presentation="Un appel dont toutes les mises en relation se font ensemble (exemple).",
        opens_at=now - timedelta(days=60), closes_at=now + timedelta(days=1),
        committee_on=timezone.localdate() + timedelta(days=2),
        needs_per_association=PER_ASSOCIATION, quorum=1,
    )  # fmt: skip
    calls.open_call(call, by=officer_of(network))
    return call


def _seat(call: Call) -> CommitteeMember:
    """Add and return the only member of the committee, who reads every need."""
    reader = open_account(email="lecture@explor.example", name="Odile Montferrand")
    committees.join(reader, call.slug, "chair")
    seat = CommitteeMember.objects.select_related("person").get(call=call)
    return committees.declare_interests(seat, by=acting_as(reader, "comite", call))


def describe_need(
    data: DemoData, project: Project, call: Call, sector: str, place: str, number: int
) -> Need:
    """Add a need ready to submit.

    One need in four requires two languages, one in five requires two people."""
    theme, by = load_list("themes")[sector], member_of(project.association)
    title, objectives, expected = data.choice(theme["needs"])
    need = needs.begin(project, by=by, call=call, title=fill(title, place=place))
    start = timezone.localdate() + timedelta(days=data.randint(60, 240))
    spoken = [{"code": "fr", "level": "B1"}]
    if number % 4 == 0:
        spoken.append({"code": data.choice(LANGUAGES), "level": data.choice(["A2", "B1"])})
    changes = {
        "purpose": "carry_out",
        "mission_type": data.choice(theme["types"]),
        "objectives": objectives,
        "expected_results": expected,
        "skills": theme["skills"],
        "partner": project.association.partners.first(),
        "window_start": start,
        "window_end": start + timedelta(days=data.randint(25, 70)),
        "days": data.randint(7, 15),
        "seats": 1 + (number % 5 == 0),
    }
    return needs.describe(need, by=by, changes=changes, languages=spoken)
