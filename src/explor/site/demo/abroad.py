"""Demonstration emergency contacts, incidents and a confidential report, all invented."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone

from explor.ground.accounts.models import Person
from explor.journey.emergency_contacts import actions as contacts
from explor.journey.emergency_contacts.models import EmergencyContact
from explor.journey.incidents import actions as incidents
from explor.journey.missions.models import Mission
from explor.journey.missions.states import State

from .actors import expert_actor, member_of, officer_of
from .demo_data import DemoData

TIES = ("un proche", "quelqu’un de ma famille", "une personne amie")


def add_contacts_and_incidents(data: DemoData) -> None:
    """Add emergency contacts to two missions in three, and incidents to some missions abroad."""
    travelling = Mission.objects.filter(state__in=(State.CLEARED, State.AWAY))
    travelling = travelling.select_related("need", "network", "association", "expert__person")
    for number, mission in enumerate(travelling.order_by("pk")):
        if number % 3 < 2:
            _give(data, mission, number)
    away = [mission for mission in travelling.order_by("pk") if mission.state == State.AWAY]
    networks = set[int]()
    for mission in away:
        if mission.network_id not in networks:
            _happen(mission)
        networks.add(mission.network_id)
    if away:
        first = next((each for each in away if each.network.slug == "resacoop"), away[0])
        _answer_to(first.expert.person, "mission@explor.example")
        member = first.association.members.select_related("person").order_by("pk")[0]
        _answer_to(member.person, "accueil@explor.example")


def _answer_to(who: Person, email: str) -> None:
    """Give an account an address that has a sign-in button in the demonstration."""
    Person.objects.filter(pk=who.pk).update(email=email)
    EmailAddress.objects.filter(user_id=who.pk).update(email=email)


def _give(data: DemoData, mission: Mission, number: int) -> None:
    contacts.give_contact(
        EmergencyContact(mission=mission),
        by=expert_actor(mission.expert),
        changes={
            "name": data.name(),
            "tie": TIES[number % len(TIES)],
            # in the range of numbers that ARCEP reserves for fiction
            "phone": f"06 39 98 00 {number:02}",
            "language": "fr",
        },
    )


def _happen(mission: Mission) -> None:
    officer, today, now = officer_of(mission.network), timezone.localdate(), timezone.now()
    fall = incidents.report(
        mission,
        by=expert_actor(mission.expert),
        on=today - timedelta(days=1),
        level="serious",
        accident=True,
        place="Sur la piste, à une heure du village",
        what="Chute de moto en revenant de l’atelier. Poignet douloureux, je marche sans peine.",
        done="Le dispensaire a posé une attelle. Radio demain, en ville.",
    )
    incidents.note_measure(
        fall,
        by=officer,
        at=now - timedelta(hours=3),
        what="Appel à la personne : elle est accompagnée par le partenaire jusqu’à l’hôpital.",
        informed="L’association et l’employeur, au téléphone",
    )
    incidents.report(
        mission,
        by=member_of(mission.association),
        on=today - timedelta(days=2),
        level="nuisance",
        place="Atelier",
        what="Coupures de courant chaque après-midi : les séances passent au matin.",
    )
    incidents.confide(
        mission,
        by=member_of(mission.association),
        on=today - timedelta(days=2),
        place="Bureau du partenaire",
        what="Une personne de l’équipe d’accueil parle aux stagiaires d’une façon déplacée.",
    )
