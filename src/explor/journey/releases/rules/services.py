"""Rules on the services of an employer, which approve a release before the employer grants it."""

from datetime import date

from explor.actors.lending.models import Approver
from explor.actors.lending.selectors import approvers_of
from explor.ground.http.actor import Actor

from ..models import Release, ServiceApproval
from ..states import State
from .access import is_concerned


def can_note_service(actor: Actor, release: Release) -> bool:
    """Return True for the employer and the network, while the approval of a service is awaited.

    Only before the employer grants the release.
    """
    waits = release.state in (State.REQUESTED, State.TAKEN_OVER) and actor.role in (
        "employeur",
        "reseau",
    )
    return waits and is_concerned(actor, release) and bool(services_awaited(release))


def approvals_of(release: Release) -> list[ServiceApproval]:
    """Return the approvals of services given since the current request; earlier ones are void."""
    return list(release.service_approvals.filter(at__gte=release.state_since))


def services_awaited(release: Release) -> list[Approver]:
    """Return the approvers whose approval may still be recorded.

    Once the service of the person is known, only the approvers of that service count.
    """
    noted = {(each.service, each.name) for each in approvals_of(release)}
    services = {service for service, _ in noted}
    return [
        each
        for each in approvers_of(release.employer_id)
        if (each.service, each.name) not in noted and (not services or each.service in services)
    ]


def missing_services(release: Release) -> list[str]:
    """Return which approvals of services are missing before the employer can grant; [] if none."""
    awaited = services_awaited(release)
    if not awaited:
        return []
    if approvals_of(release):
        return [
            f"Il manque l’accord de {each.name}, pour le service {each.service}."
            for each in awaited
        ]
    names = ", ".join(dict.fromkeys(each.service for each in awaited))
    return [f"Notez d’abord l’accord du service où travaille la personne ({names})."]


def missing_to_note_service(
    release: Release, approver: Approver, on: date, today: date
) -> list[str]:
    """Return why the approval of a service cannot be recorded, empty when it can.

    Reasons: it is not awaited, an approver of a lower rank comes first, or the day is in the
    future.
    """
    if on > today:
        return ["Un accord se note une fois donné : ce jour est à venir."]
    awaited = services_awaited(release)
    if approver not in awaited:
        return ["Cet accord n’est pas attendu pour cette personne."]
    first = next(each for each in awaited if each.service == approver.service)
    if first != approver:
        return [f"Dans ce service, {first.name} répond d’abord."]
    return []
