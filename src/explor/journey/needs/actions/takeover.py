"""The need of a mission that began before Explor: nobody filed it nor judged it here."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.actors.organisations.models import Organisation
from explor.actors.projects.models import Project
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.workflow.slugs import free_slug
from explor.journey.calls.models import Call
from explor.journey.calls.states import State as CallState

from ..models import Need
from ..states import State

BEFORE_EXPLOR = "Missions d’avant Explor"
LONGEST = 366  # days of a mission taken over, so that two dates in disorder are seen


@transaction.atomic
def take_over(
    *,
    network: Network,
    association: Organisation,
    project: Project,
    call: Call | None,
    by: Actor,
    details: dict[str, Any],
    **fields: Any,
) -> Need:
    """Create the need of a mission that began before Explor; no rule of a call judges it.

    Args:
        call: the call of the network that it answered, None when it answered none that is known.
        details: the line of the file, for the journal.
        fields: values of the fields of the need, `title` at least.
    """
    need = Need.objects.create(
        network=network,
        association=association,
        project=project,
        call=call or _call_of(network, by=by),
        state=State.TAKEN_OVER,
        min_days=1,
        max_days=LONGEST,
        **fields,
    )
    audit.log(need, "take_over", by=by, target=need.state, details=details)
    return need


def _call_of(network: Network, *, by: Actor) -> Call:
    """Return the row that holds the missions of a network without a call, created if new.

    The choice of its slug makes two jobs wait for each other.
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
