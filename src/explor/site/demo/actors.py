"""Demonstration networks, organisations and their membership papers, projects and experts."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from explor.actors.experts import actions as experts
from explor.actors.experts.models import Employment, Expert
from explor.actors.networks import actions as networks
from explor.actors.networks.models import Network, Officer
from explor.actors.organisations import actions as organisations
from explor.actors.organisations.models import FieldPartner, Organisation
from explor.actors.projects import actions as projects
from explor.actors.projects.models import Project
from explor.ground.accounts.actions import open_account
from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import label
from explor.ground.ui.elision import of

from .demo_data import DemoData, fill, load_list

# Name, slug, legal form, region, départements, colour. These are real facts on the four networks
# of EXPLOR; their officers, addresses and settings are invented.
NETWORKS = (
    ("RESACOOP", "resacoop", "groupement d’intérêt public", "84",
     "01 03 07 15 26 38 42 43 63 69 73 74", "garance"),
    ("Centraider", "centraider", "association", "24", "18 28 36 37 41 45", "olive"),
    ("Lianes coopération", "lianes", "association", "32", "02 59 60 62 80", "lagon"),
    ("Pays de la Loire Coopération Internationale", "pdlci", "association", "52",
     "44 49 53 72 85", "indigo"),
)  # fmt: skip

# By rank in each group of ten experts: the status without employer, on a fixed term, part-time.
ALONE = {3: Employment.RETIRED, 5: Employment.SELF_EMPLOYED, 8: Employment.JOB_SEEKER}
ON_A_TERM, PART_TIME = 4, 6


@dataclass(kw_only=True)
class DemoPeople:
    """The demonstration networks, organisations, projects and experts.

    `projects` contains (project, code of its sector, place); `partners` is by primary key of the
    association.
    """

    networks: list[Network] = field(default_factory=list)
    associations: list[Organisation] = field(default_factory=list)
    employers: list[Organisation] = field(default_factory=list)
    projects: list[tuple[Project, str, str]] = field(default_factory=list)
    partners: dict[int, FieldPartner] = field(default_factory=dict)
    experts: list[Expert] = field(default_factory=list)


def person(data: DemoData, email: str = "") -> Person:
    """Create an account with an invented name and a verified address, invented if not given."""
    name = data.name()
    return open_account(email=email or data.email(name), name=name)


def acting_as(who: Person, role: str, holder: Any) -> Actor:
    """Return the actor for a person in a role; `holder` is the object the role applies to."""
    return Actor(
        person=who.pk, name=who.name, email=who.email, role=role, scope=holder.pk,
        key=getattr(holder, "slug", ""),
    )  # fmt: skip


def officer_of(network: Network) -> Actor:
    """Return the actor for the first officer of a network, to run actions in the demonstration."""
    officer = Officer.objects.filter(network=network).select_related("person").order_by("pk")[0]
    return acting_as(officer.person, "reseau", network)


def member_of(organisation: Organisation) -> Actor:
    """Return the actor for the first member of an organisation, to run demonstration actions."""
    member = organisation.members.select_related("person").order_by("pk")[0]
    return acting_as(member.person, organisation.kind, organisation)


def expert_actor(expert: Expert) -> Actor:
    """Return the actor for the person of an expert, to run demonstration actions."""
    return acting_as(expert.person, "expert", expert)


def add_people(data: DemoData) -> DemoPeople:
    """Add four networks, sixty associations, forty employers and three hundred experts."""
    people = DemoPeople()
    for rank, (name, slug, form, region, departments, accent) in enumerate(NETWORKS):
        network = Network.objects.create(
            name=name, slug=slug, legal_form=form, region=region, accent=accent,
            departments=departments.split(), email=f"contact@{slug}.example",
            # in the range of numbers that ARCEP reserves for fiction
            phone=f"04 65 71 00 {rank:02}",
        )  # fmt: skip
        for number in range(3):
            position = Officer.Position.DIRECTION if number == 2 else Officer.Position.OFFICER
            email = f"{('chargee', 'charge', 'direction')[number]}@{slug}.example"
            networks.add_officer(person(data, email), slug, position)
        people.networks.append(network)
    networks.add_coordinator(person(data, "coordination@explor.example"), "", "")
    for number in range(60):
        _association(data, people, people.networks[number % 4], number)
    for number in range(40):
        _employer(data, people, people.networks[number % 4], number)
    for number in range(300):
        _expert(data, people, number)
    return people


def _identity(data: DemoData, network: Network, name: str) -> dict[str, Any]:
    postcode, town = data.town(network.slug)
    return {
        "name": fill(name, town=town),
        "siret": data.siret(),
        "postcode": postcode,
        "city": town,
        "address": f"{data.randint(2, 90)} rue des Jardins",
        "representative": data.name(),
    }


def _association(data: DemoData, people: DemoPeople, network: Network, number: int) -> None:
    code, place, _ = data.place()
    sector = data.choice(sorted(load_list("themes")))
    pattern = load_list("people")["associations"][number % 15]
    fields = _identity(data, network, pattern)
    fields["name"] = fill(fields["name"], country=label("countries", code), place=place)
    who = person(data, "association@explor.example" if number == 0 else "")
    made = organisations.register(
        by=Actor(person=who.pk, name=who.name, role="association"),
        person=who, kind="association", network=network, structure_type="ASI",
        countries=[code], sectors=[sector], founded_on=date(2000 + number % 20, 3, 1),
        cer_signed_on=date(2024, 1, 1 + number % 28), general_interest=True,
        headcount=(0, 0, 2, 8, 35, None)[number % 6], members_count=20 + 3 * number,
        purpose=f"Agir avec les habitantes et habitants {of(place)}.", **fields,
    )  # fmt: skip
    people.associations.append(made)
    if number % 15 == 14:
        return
    organisations.verify(made, by=officer_of(network))
    by = member_of(made)
    people.partners[made.pk] = organisations.add_partner(
        made, by=by, name=f"Union des groupements {of(place)}", country=code, place=place,
        contact=data.name(), email=f"partenaire{number}@exemple.example",
    )  # fmt: skip
    for _ in range(1 if number % 3 else 2):
        _project(data, people, made, by, (code, place, sector))


def _project(
    data: DemoData, people: DemoPeople, owner: Organisation, by: Actor, about: tuple[str, str, str]
) -> None:
    code, place, sector = about
    theme = load_list("themes")[sector]
    start = data.day(-700, 90)
    texts = ("context", "audiences", "objectives", "activities", "results")
    made = projects.describe_new(
        owner, by=by, title=fill(data.choice(theme["projects"]), place=place),
        start=f"{start:%Y-%m}", end=f"{start + timedelta(days=data.choice([365, 730])):%Y-%m}",
        locality=place, countries=[code], sectors=[sector], sdgs=theme["sdgs"],
        budget=data.choice([None, Decimal(18_000), Decimal(42_500), Decimal(96_000)]),
        local_partners=f"Union des groupements {of(place)}",
        **{name: fill(theme[name], place=place) for name in texts},
    )  # fmt: skip
    people.projects.append((made, sector, place))


def _employer(data: DemoData, people: DemoPeople, network: Network, number: int) -> None:
    pattern, kind = load_list("people")["employers"][number % 12]
    public = kind in ("COMMUNE", "EPCI", "DEPT")
    who = person(data, "employeur@explor.example" if number == 0 else "")
    made = organisations.register(
        by=Actor(person=who.pk, name=who.name, role="employeur"),
        person=who, kind="employeur", network=network, is_public=public,
        structure_type=kind,
        headcount=data.choice([35, 120, 480, 2100]),
        inhabitants=data.choice([4200, 38_000]) if public else None,
        schemes=["MAD", "MCF", "CP"] if public else ["MCP", "CP", "CSI"],
        **_identity(data, network, pattern),
    )  # fmt: skip
    people.employers.append(made)
    if number % 13 != 12:
        organisations.verify(made, by=officer_of(network))


def add_papers(people: DemoPeople) -> None:
    """Add the membership papers of verified associations: most valid, some soon expired."""
    today = timezone.localdate()
    for network in people.networks:
        by = officer_of(network)
        networks.set_network(network, by=by, papers_needed=["cer", "statuts"])
    for number, each in enumerate(people.associations):
        each.refresh_from_db()
        if each.state != "verified" or each.cer_signed_on is None:
            continue
        by = officer_of(each.network)
        ends = {4: today + timedelta(days=20), 8: today}.get(number % 20)
        for kind, until in (("cer", None), ("statuts", ends), ("rapport", date(2027, 6, 30))):
            organisations.hand_paper(
                each, by=by, kind=kind, dated=each.cer_signed_on, valid_until=until
            )
        organisations.verify_again(each, by=by)
    organisations.watch(today + timedelta(days=1))


def _tie(employer: Organisation, number: int) -> dict[str, Any]:
    """Return the field values of an expert about status and employer.

    `number` is the rank of the expert: some are retired, on a fixed term, or part-time.
    """
    today, since = timezone.localdate(), date(2008 + number % 16, 9, 1)
    turn = (number // 4 + number // 40) % 10
    if turn in ALONE:
        return {"employment": ALONE[turn]}
    status = Employment.TENURED if employer.is_public else Employment.EMPLOYEE
    known: dict[str, Any] = {"employer": employer, "employed_since": since, "employment": status}
    if turn == ON_A_TERM:
        status = Employment.CONTRACT if employer.is_public else Employment.FIXED_TERM
        known |= {
            "employment": status,
            "employed_since": today - timedelta(days=500),
            "contract_ends": today + timedelta(days=400),
        }
    return known | {"part_time": turn == PART_TIME}


def _expert(data: DemoData, people: DemoPeople, number: int) -> None:
    employer = people.employers[number % 40]
    sector = data.choice(sorted(load_list("themes")))
    theme = load_list("themes")[sector]
    job, summary, experiences = data.choice(theme["jobs"])
    who = person(data, "expert@explor.example" if number == 0 else "")
    by = Actor(person=who.pk, name=who.name, role="expert")
    code, place, spoken = data.place()
    made = experts.open_profile(
        by=by, person=who, network=employer.network, job=job, summary=summary,
        experiences=f"{experiences}\nSéjour à {place} avec une association",
        department=employer.department, sectors=[sector], skills=theme["skills"],
        countries=[code], load=1, **_tie(employer, number),
    )  # fmt: skip
    levels = {"fr": "C2", **{each: data.choice(["A2", "B1", "B2", "C1"]) for each in spoken}}
    levels["fr"] = "C2"
    languages = [{"code": each, "level": level} for each, level in levels.items()]
    experts.describe(made, by=by, changes={}, languages=languages)
    for _ in range(2):
        start = data.day(10, 240)
        experts.add_availability(made, by=by, start=start, end=start + timedelta(days=60))
    if number % 12:
        experts.offer(made, by=by)
    people.experts.append(made)
