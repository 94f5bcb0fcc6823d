"""The services and lending rules of the employer, on the page of a release."""

from typing import Any

from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.workflow.pages import Consequence, Effects, Undo
from explor.journey.leave_readings.selectors import house_objections
from explor.journey.proposals.pages import links_of

from .. import rules
from ..models import Release
from ..states import State
from .employers import unasked

OWN = "Ce sont les règles de l’employeur, non celles de la loi : il peut passer outre."


def context_of(actor: Actor, release: Release) -> dict[str, Any]:
    """Return the context on the employer: services, lending rules, links.

    Only the employer and the network see the rules and the services: `house` (objections of the
    lending rules), `services` (approvals recorded), `services_missing` (sentences) and
    `services_to_ask` (approvers). Before the grant only, but for the approvals. All see `links`.
    """
    links = links_of(actor, release.proposal)
    if actor.role not in ("employeur", "reseau") or release.employer_id is None:
        return {"links": links}
    awaited = release.state in (State.REQUESTED, State.TAKEN_OVER)
    return {
        "links": links,
        "house": house_of(release) if awaited else [],
        "services": rules.approvals_of(release)
        if awaited
        else list(release.service_approvals.all()),
        "services_missing": rules.missing_services(release) if awaited else [],
        "services_to_ask": rules.services_awaited(release) if awaited else [],
    }


def house_of(release: Release) -> list[str]:
    """Return the objections of the employer's lending rules to a release not yet granted."""
    proposal = release.proposal
    received = release.requested_on or timezone.localdate(release.created_at)
    return house_objections(
        proposal.expert, proposal.need_id, proposal.start, proposal.end, received
    )


def notes_of_approve(actor: Actor, release: Release) -> list[str]:
    """Return the objections of the employer's lending rules, which do not prevent granting.

    Without employer, return the employer that the profile names since and that nobody asked.
    """
    house = house_of(release) if release.employer_id else []
    return [*house, OWN] if house else unasked(actor, release)


def options_of_service(actor: Actor, release: Release) -> dict[str, Any]:
    """Return the form arguments: the approvers whose approval may be recorded."""
    return {"awaited": rules.services_awaited(release)}


def effects_of_service(actor: Actor, release: Release) -> Effects:
    return Effects(
        happens=(
            Consequence("L’accord est noté, avec son jour, à votre nom."),
            Consequence("Quand tous ceux du service ont dit oui, le départ peut être accordé."),
        ),
        undo=(Undo("Ensuite", "Un accord noté ne se retire pas ; vous pouvez encore refuser."),),
    )
