"""Permissions on reports, evaluations, recommendations; conditions to submit, accept or undo.

Also when a report is late, and when a mission may close with or without it.
"""

from datetime import date, timedelta

from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import fold
from explor.journey.missions.models import Mission
from explor.journey.missions.states import properties_of
from explor.journey.proposals.rules import own_seat

from .models import JointEvaluation, Report
from .states import State

# The text to which the expert agrees. A change of its meaning needs a new `models.CONSENT_VERSION`:
# a summary agreed to under a former text is not published any more, until it is agreed to again.
CONSENT = "Je consens à la publication de ce résumé"

EVERY = timedelta(days=7)  # between two reminders of a late report
PATIENCE = timedelta(days=30)  # after its due date, before a mission closes without its report
VOICES = {
    "association": JointEvaluation.Voice.ASSOCIATION,
    "expert": JointEvaluation.Voice.EXPERT,
    "partenaire": JointEvaluation.Voice.PARTNER,
}


def can(actor: Actor, verb: str, report: Report) -> bool:
    """Return True for the mission's expert and network, when the workflow allows `verb`."""
    mission = report.mission
    own = (actor.role == "expert" and mission.expert_id == actor.scope) or (
        actor.role == "reseau" and mission.network_id == actor.scope
    )
    return own and report.workflow.allows(report.state, verb, actor.role)


def can_write(actor: Actor, report: Report) -> bool:
    """Return True for the expert back from the mission, while the report can be edited."""
    own = actor.role == "expert" and report.mission.expert_id == actor.scope
    return own and is_over(report.mission) and report.state in (State.DRAFT, State.RETURNED)


def can_publish_summary(actor: Actor, report: Report) -> bool:
    """Return True for the expert of a submitted report with a summary that is not public yet."""
    return _own_and_handed_in(actor, report) and not report.is_public


def can_withdraw_summary(actor: Actor, report: Report) -> bool:
    """Return True for the expert of a submitted report who agreed to publish the summary."""
    return _own_and_handed_in(actor, report) and report.public_consent


def _own_and_handed_in(actor: Actor, report: Report) -> bool:
    own = actor.role == "expert" and report.mission.expert_id == actor.scope
    return own and bool(report.public_summary) and report.state in (State.SUBMITTED, State.ACCEPTED)


def can_evaluate(actor: Actor, mission: Mission) -> bool:
    """Return True for the mission's expert or association, or for any field partner.

    The page of the partner checks the personal link.
    """
    if actor.role == "partenaire":
        return True
    own = {"association": mission.association_id, "expert": mission.expert_id}
    return actor.role in own and own[actor.role] == actor.scope


def can_recommend(actor: Actor, mission: Mission) -> bool:
    """Return True for the expert of the mission, while the report can be edited.

    Raises:
        Report.DoesNotExist: no report of the mission is open yet.
    """
    report = Report.objects.get(mission=mission.pk)
    report.mission = mission
    return can_write(actor, report)


def can_follow(actor: Actor, mission: Mission) -> bool:
    """Return True for the mission's association or network, which may update recommendations."""
    return (actor.role == "association" and mission.association_id == actor.scope) or (
        actor.role == "reseau" and mission.network_id == actor.scope
    )


def is_over(mission: Mission) -> bool:
    """Return True once the work of a mission has ended, so that a report is due."""
    return properties_of(mission.state).is_over


def is_begun(report: Report) -> bool:
    """Return True once somebody wrote in a report, even as a draft."""
    return report.state != State.DRAFT or report.version > 0


def missing_to_undo(mission: Mission) -> list[str]:
    """Return why the end of a mission cannot be undone, in French; empty when it can.

    The reasons are what exists since: a certificate, a report begun, evaluations.
    """
    built = []
    report = Report.objects.filter(mission=mission.pk).first()
    if report is not None and report.certificate_id is not None:
        built.append("L’attestation est émise : elle dit ces jours.")
    elif report is not None and (is_begun(report) or mission.recommendations.exists()):
        built.append("Le compte rendu est déjà commencé.")
    if mission.evaluations.exists():
        built.append("La mission est déjà évaluée.")
    return built


def missing_to_accept(actor: Actor, report: Report) -> list[str]:
    """Return a reason when an officer would accept their own report as an expert, else []."""
    return own_seat(actor, report.mission.expert)


def missing_to_submit(report: Report) -> list[str]:
    """Return why a report cannot be submitted, empty when it can.

    Reasons: nothing on what was done or its results, no recommendation, or the expert's name in the
    public summary.
    """
    missing = []
    if not report.done:
        missing.append("Racontez ce qui a été fait.")
    if not report.results:
        missing.append("Dites les résultats obtenus, même partiels.")
    name = fold(report.mission.expert.person.name)
    if name and name in fold(report.public_summary):
        missing.append("Retirez votre nom du résumé public : la fiche ne nomme personne.")
    if not report.mission.recommendations.exists():
        missing.append("Ajoutez au moins une recommandation, avec qui s’en charge et pour quand.")
    return missing


def missing_to_close(mission: Mission) -> list[str]:
    """Return why a mission cannot be closed (report not accepted), empty when it can."""
    if not properties_of(mission.state).needs_report:
        return []
    accepted = Report.objects.filter(mission=mission.pk, state=State.ACCEPTED).exists()
    return [] if accepted else ["Le compte rendu n’est pas encore accepté."]


def awaited_on(report: Report) -> date:
    """Return the day for which a report is awaited; one sent back is awaited from that day."""
    due = report.due or timezone.localdate(report.created_at)
    if report.state == State.RETURNED:
        return max(due, timezone.localdate(report.state_since))
    return due


def is_reminder_due(report: Report, today: date) -> bool:
    """Return whether to remind of a late report: weekly for a month, then one last time."""
    last, reminded = awaited_on(report) + PATIENCE, report.reminded_on
    if today > last:
        return reminded is None or reminded <= last
    return today > awaited_on(report) and (reminded is None or reminded <= today - EVERY)


def missing_to_do_without(mission: Mission) -> list[str]:
    """Return why a mission cannot be closed without its report, empty a month after it was due.

    Reasons: the report is not requested yet, is already submitted, or is not overdue by a month. A
    report sent back is due from that day.
    """
    report = Report.objects.filter(mission=mission.pk).first()
    if report is None:
        return ["Le compte rendu n’est pas encore demandé."]
    if report.state in (State.SUBMITTED, State.ACCEPTED):
        return ["Le compte rendu est remis : lisez-le, puis la mission se clôt."]
    last = awaited_on(report) + PATIENCE
    if timezone.localdate() > last:
        return []
    return [f"Le compte rendu est attendu jusqu’au {last:%d/%m/%Y} : relancez d’abord la personne."]
