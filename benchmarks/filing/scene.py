"""A call for projects about to close, and the associations that file in its last minutes."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from explor.actors.networks.models import Network, Officer
from explor.actors.organisations.models import FieldPartner, Member, Organisation
from explor.actors.projects.models import Project
from explor.ground.http.actor import SYSTEM
from explor.journey.calls.models import Call
from explor.journey.needs import actions
from explor.journey.needs.models import LanguageNeed, Need

LAST = 3  # seconds between the last submission on time and the closing of the call
RUSH = 20  # last seconds, in which a third of the associations submit
LATE = 10  # associations that submit after the call has closed
ALLOWED = 1  # needs that the call allows each association


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """An association with its own browser: when it submits its need, and whether twice."""

    session: str
    path: str
    needs: tuple[int, ...]
    at: float  # instant, seconds since the epoch
    twice: bool  # submits twice at the same instant
    late: bool

    def as_json(self) -> dict[str, Any]:
        """Return the values that the process of the applicants needs."""
        return asdict(self)


def draw(count: int, seconds: int) -> tuple[Call, list[Applicant]]:
    """Create a call that closes in `seconds`, and its applicants: one in four submits twice.

    One in five has two complete drafts, although the call allows one, and files both at once.
    """
    network = Network.objects.create(name="Banc", slug="banc", region="84", departments=["69"])
    officer = get_user_model().objects.create_user("reseau@exemple.example", name="Réseau")
    Officer.objects.create(network=network, person=officer)
    random = Random(1)
    call = _call(network, seconds)
    made = [_association(network, call, number) for number in range(count + LATE)]
    now = timezone.now()
    call.closes_at = now + timedelta(seconds=seconds)
    call.save(update_fields=["closes_at"])
    return call, [
        _applicant(number, association, needs, random, now, seconds, late=number >= count)
        for number, (association, needs) in enumerate(made)
    ]


def _call(network: Network, seconds: int) -> Call:
    now = timezone.now()
    return Call.objects.create(
        network=network, title="Banc", slug="banc", state="open", presentation="Banc d’essai.",
        opens_at=now - timedelta(days=30), closes_at=now + timedelta(seconds=seconds),
        needs_per_association=ALLOWED,
    )  # fmt: skip


def _association(network: Network, call: Call, number: int) -> tuple[Organisation, list[Need]]:
    association = Organisation.objects.create(
        network=network, kind="association", name=f"Association {number}", slug=f"a-{number}",
        state="verified", department="69", general_interest=True,
    )  # fmt: skip
    person = get_user_model().objects.create_user(f"a{number}@exemple.example", name=f"A{number}")
    Member.objects.create(organisation=association, person=person)
    partner = FieldPartner.objects.create(association=association, name="Union", country="MG")
    project = Project.objects.create(
        association=association, title="Jardins", countries=["MG"], sectors=["EAU"]
    )
    drafts = 2 if number % 5 == 0 else 1
    needs = [_need(project, call, partner, f"Besoin {number}.{n}") for n in range(drafts)]
    return association, needs


def _need(project: Project, call: Call, partner: FieldPartner, title: str) -> Need:
    """Create the complete draft of a need, which can be filed."""
    need = actions.begin(project, by=SYSTEM, call=call, title=title)
    start = timezone.localdate() + timedelta(days=120)
    values = {
        "partner": partner, "purpose": "carry_out", "mission_type": "training", "country": "MG",
        "objectives": "Former six personnes.", "expected_results": "Six personnes formées.",
        "sectors": ["EAU"], "skills": ["Gestion de l’eau"], "place": "Fenoarivo", "days": 10,
        "window_start": start, "window_end": start + timedelta(days=60), "context": "La nappe.",
    }  # fmt: skip
    Need.objects.filter(pk=need.pk).update(**values)
    LanguageNeed.objects.get_or_create(need=need, language="fr", defaults={"level": "B2"})
    return need


def _applicant(
    number: int,
    association: Organisation,
    needs: list[Need],
    random: Random,
    now: datetime,
    seconds: int,
    *,
    late: bool,
) -> Applicant:
    span = RUSH if number % 3 == 0 else seconds
    before = random.uniform(LAST, span)
    at = now.timestamp() + seconds + (random.uniform(1, LAST) if late else -before)
    client = Client()
    client.force_login(association.members.get().person)
    return Applicant(
        session=client.cookies["sessionid"].value,
        path=f"/association/{association.slug}/besoins/",
        needs=tuple(need.pk for need in needs),
        at=at,
        twice=number % 4 == 1,
        late=late,
    )
