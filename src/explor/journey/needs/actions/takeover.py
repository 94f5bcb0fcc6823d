"""Action that creates the needs of imported missions, which were never filed in Explor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.actors.organisations.models import Organisation
from explor.actors.projects.models import Project
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.workflow.bulk import insert_many
from explor.ground.workflow.slugs import free_slug
from explor.journey.calls.models import Call
from explor.journey.calls.states import State as CallState

from ..models import Need
from ..states import State

BEFORE_EXPLOR = "Missions d’avant Explor"
LONGEST = 366  # the longest imported mission, in days: a longer one has a wrong date


@dataclass(frozen=True, kw_only=True)
class NeedBefore:
    """The need of a mission that began before Explor.

    Attributes:
        call: the call of the network that it answered, None when there was none or it is unknown.
        fields: values of the fields of the need, `title` at least.
        details: the row of the imported file, for the journal.
    """

    association: Organisation
    project: Project
    call: Call | None
    fields: dict[str, Any]
    details: dict[str, Any]


@transaction.atomic
def take_over(needs: Sequence[NeedBefore], *, network: Network, by: Actor) -> list[Need]:
    """Create the needs of missions that began before Explor, without checking any rule of a call.

    One seat of each counts as taken, by the proposal that the same transaction creates. The needs
    without call are attached to a closed call made for them.
    """
    without = _call_of(network, by=by) if any(each.call is None for each in needs) else None
    rows = [
        Need(
            network=network,
            association=each.association,
            project=each.project,
            call=each.call or without,
            state=State.TAKEN_OVER,
            min_days=1,
            max_days=LONGEST,
            taken_seats=1,
            **each.fields,
        )
        for each in needs
    ]
    insert_many(rows)
    audit.log_created(rows, "take_over", by=by, details=[each.details for each in needs])
    return rows


def _call_of(network: Network, *, by: Actor) -> Call:
    """Return the call that holds the imported missions of a network without call, created if new.

    `free_slug` takes a lock, so that two jobs do not create it twice.
    """
    own = Call.objects.filter(network=network, of_taken_over=True)
    if known := own.first():
        return known
    slug = free_slug(f"{network.slug}-avant-explor", Call, length=80, default="appel")
    if known := own.first():
        return known
    call = Call.objects.create(
        network=network,
        title=BEFORE_EXPLOR,
        slug=slug,
        state=CallState.ENDED,
        opens_at=timezone.now(),
        min_days=1,
        max_days=LONGEST,
        questions=[],
        of_taken_over=True,
    )
    audit.log(call, "take_over", by=by, target=call.state)
    return call
