"""A committee of twelve members, who gave opinions on thirty needs, and its open meeting."""

from datetime import timedelta
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.actors.organisations.models import Organisation
from explor.journey.calls.models import Call, Criterion
from explor.journey.committees.models import CommitteeMember, Opinion, Score
from explor.journey.committees.rules.scoring import score_of
from explor.journey.decisions.models import Decision
from explor.journey.meetings.models import Meeting
from explor.journey.needs.models import Need

FILES, MEMBERS, CRITERIA = 30, 12, 4


def fill(random: Random, network: Network, association: Organisation, chair: Any) -> dict[str, int]:
    """Create the rows; return the primary keys of the call, the meeting and one of its needs."""
    now = timezone.now()
    call = Call.objects.create(
        network=network, title="Comité du banc", slug="banc-comite", state="closed", opens_at=now
    )
    criteria = [
        Criterion.objects.create(call=call, label=f"Critère {n}", weight=1 + n % 3, order=n)
        for n in range(CRITERIA)
    ]
    needs = Need.objects.bulk_create(
        Need(
            title=f"Dossier {n}", network=network, association=association, call=call,
            project=association.projects.first(), state="admissible", country="MG",
            min_days=7, max_days=15, days=10, filed_at=now,
            window_start=now.date(), window_end=now.date() + timedelta(days=60),
        )
        for n in range(FILES)
    )  # fmt: skip
    Decision.objects.bulk_create(Decision(need=need) for need in needs)
    seats = _seats(call, chair)
    _opinions(random, seats, needs, criteria)
    meeting = Meeting.objects.create(call=call, on=now, state="open")
    meeting.present.set(seats)
    return {"call": call.pk, "meeting": meeting.pk, "file": needs[0].pk}


def _seats(call: Call, chair: Any) -> list[CommitteeMember]:
    person = get_user_model()
    others = person.objects.bulk_create(
        person(email=f"c{n}@exemple.example", name=f"Membre {n}") for n in range(1, MEMBERS)
    )
    return CommitteeMember.objects.bulk_create(
        CommitteeMember(call=call, person=who, chair=who == chair, declared_at=timezone.now())
        for who in (chair, *others)
    )


def _opinions(
    random: Random, seats: list[CommitteeMember], needs: list[Need], criteria: list[Criterion]
) -> None:
    for seat in seats:
        for need in needs:
            levels = {each.pk: random.randint(0, 4) for each in criteria}
            opinion = Opinion.objects.create(
                member=seat, need=need, verdict="favourable", score=score_of(levels, criteria),
                comment="Un besoin clair.", final_at=timezone.now(),
            )  # fmt: skip
            Score.objects.bulk_create(
                Score(opinion=opinion, criterion_id=pk, level=level) for pk, level in levels.items()
            )
