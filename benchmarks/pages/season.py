"""Thousands of rows created directly in the database, without the actions that precede them."""

from datetime import date, timedelta
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from explor.actors.experts.models import Availability, Consent, Expert, LanguageSkill
from explor.actors.networks.models import Network, Officer
from explor.actors.organisations.models import Member, Organisation
from explor.actors.projects.models import Project
from explor.journey.calls.models import Call
from explor.journey.decisions.models import Decision
from explor.journey.missions.models import Mission
from explor.journey.needs.models import Need
from explor.journey.proposals.models import Proposal
from explor.journey.releases.models import Release
from explor.journey.sheets.models import ProjectSheet
from explor.site.demo.demo_data import load_list

from . import committee

SIZE = 5_000
TO_READ = 500  # needs filed, whose admissibility is not judged yet
STATES = ("preparing", "cleared", "away", "returned", "closed")


def fill(size: int = SIZE) -> dict[str, Any]:
    """Create `size` sheets, needs and missions in four networks; return rows by name."""
    random = Random(1)
    network, person = _network()
    association = _organisation(network, "association")
    employer = _organisation(network, "employeur")
    # Not the officer: whoever acts for an association neither examines nor judges its needs.
    member = get_user_model().objects.create_user("membre@exemple.example", name="Membre du banc")
    for owner in (association, employer):
        Member.objects.create(organisation=owner, person=member)
    _sheets(random, network, size)
    experts = _experts(random, network, employer, size)
    need = _missions(random, network, association, employer, experts)
    mission = Mission.objects.filter(state="away").first()
    judged = committee.fill(random, network, association, person)
    return {"person": person, "network": network, "need": need, "mission": mission, **judged}


def _network() -> tuple[Network, Any]:
    network = Network.objects.create(name="Banc", slug="banc", region="84", departments=["69"])
    person = get_user_model().objects.create_user("banc@exemple.example", name="Banc d’essai")
    Officer.objects.create(network=network, person=person)
    return network, person


def _organisation(network: Network, kind: str) -> Organisation:
    return Organisation.objects.create(
        network=network, kind=kind, name=f"{kind} du banc", slug=f"banc-{kind}", state="verified"
    )


def _sheets(random: Random, network: Network, size: int) -> None:
    places, themes = load_list("places"), load_list("themes")
    rows = []
    for number in range(size):
        country, sector = random.choice(sorted(places)), random.choice(sorted(themes))
        theme, place = themes[sector], random.choice(places[country][2:])
        title = random.choice(theme["projects"]).format(place=place)
        start = timezone.localdate() - timedelta(days=random.randint(0, 3000))
        rows.append(
            ProjectSheet(
                network=network, slug=f"banc-{number}", state="published", title=title,
                content={"title": title, "objectives": theme["objectives"]},
                countries=[country], sectors=[sector], sdgs=theme["sdgs"], year=start.year,
                start_on=start, end_on=start + timedelta(days=700), purpose=theme["objectives"],
                rest=theme["context"].format(place=place), locality=place,
                published_at=timezone.now() - timedelta(minutes=number),
            )
        )  # fmt: skip
    ProjectSheet.objects.bulk_create(rows, batch_size=1000)


def random_day(random: Random) -> date:
    """Return a random day of the last twenty years."""
    return timezone.localdate() - timedelta(days=random.randint(30, 7300))


def _experts(random: Random, network: Network, employer: Organisation, size: int) -> list[Expert]:
    person = get_user_model()
    people = person.objects.bulk_create(
        [person(email=f"e{n}@exemple.example", name=f"Experte {n}") for n in range(size)]
    )
    themes, rows = load_list("themes"), []
    for someone in people:
        sector = random.choice(sorted(themes))
        job, summary, experiences = random.choice(themes[sector]["jobs"])
        rows.append(
            Expert(
                person=someone, network=network, employer=employer, state="available", job=job,
                summary=summary, experiences=experiences, sectors=[sector], load=20,
                skills=themes[sector]["skills"], employment="salarie",
                employed_since=random_day(random),
            )
        )  # fmt: skip
    experts = Expert.objects.bulk_create(rows)
    today = timezone.localdate()
    free = (today, today + timedelta(days=365))
    LanguageSkill.objects.bulk_create(
        [LanguageSkill(expert=e, language="fr", level="C2") for e in experts]
    )
    Availability.objects.bulk_create([Availability(expert=e, days=free) for e in experts])
    Consent.objects.bulk_create([Consent(expert=e, network=network) for e in experts])
    return list(experts)


def _missions(
    random: Random,
    network: Network,
    association: Organisation,
    employer: Organisation,
    experts: list[Expert],
) -> Need:
    """Create ten missions for one expert in ten; return a need that has no mission yet."""
    needs = _needs(network, association, len(experts) + 1)
    releases = _releases(employer, experts, needs)
    Mission.objects.bulk_create(
        [
            Mission(
                release=r, need=r.proposal.need, network=network, association=association,
                country="MG", employer=employer, expert=r.proposal.expert, place="Fenoarivo",
                start=r.proposal.start, end=r.proposal.end, state=random.choice(STATES),
                min_days=7, max_days=15,
            )
            for r in releases
        ],
        batch_size=1000,
    )  # fmt: skip
    return needs[-1]


def _needs(network: Network, association: Organisation, count: int) -> list[Need]:
    """Create `count` needs with an announced decision, and `TO_READ` more that are only filed."""
    call = Call.objects.create(
        network=network, title="Banc", slug="banc", state="open", opens_at=timezone.now()
    )
    project = Project.objects.create(association=association, title="Projet du banc")
    common = {
        "network": network, "association": association, "project": project, "call": call,
        "country": "MG", "place": "Fenoarivo", "min_days": 7, "max_days": 15, "days": 10,
        "purpose": "carry_out", "sectors": ["EAU"], "state": "admissible",
        "window_start": timezone.localdate() + timedelta(days=30),
        "window_end": timezone.localdate() + timedelta(days=90), "filed_at": timezone.now(),
    }  # fmt: skip
    needs = Need.objects.bulk_create(
        [Need(title=f"Besoin {n}", **common) for n in range(count)], batch_size=1000
    )
    waiting = {**common, "state": "filed"}
    Need.objects.bulk_create([Need(title=f"Besoin à lire {n}", **waiting) for n in range(TO_READ)])
    Decision.objects.bulk_create(
        [Decision(need=n, state="announced", verdict="favourable") for n in needs], batch_size=1000
    )
    return list(needs)


def _releases(employer: Organisation, experts: list[Expert], needs: list[Need]) -> list[Release]:
    """Create the releases by employers: ten needs per expert, except the last need."""
    spans = [timezone.localdate() + timedelta(days=20 * n - 100) for n in range(10)]
    pairs = [(experts[n // 10], spans[n % 10], need) for n, need in enumerate(needs[:-1])]
    proposals = Proposal.objects.bulk_create(
        [
            Proposal(
                need=need, expert=expert, employer=employer, state="agreed", start=start,
                end=start + timedelta(days=9), answer_by=timezone.now(),
            )
            for expert, start, need in pairs
        ],
        batch_size=1000,
    )  # fmt: skip
    Need.objects.filter(pk__in=[need.pk for need in needs[:-1]]).take_seat()
    return Release.objects.bulk_create(
        [
            Release(proposal=i, employer=employer, state="agreed", scheme="MCP", answer_by=i.start)
            for i in proposals
        ],
        batch_size=1000,
    )
