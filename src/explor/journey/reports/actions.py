"""Actions after a mission: report, public summary, certificate, evaluations, recommendations.

Also the reminders of a late report, and the erasure of old texts.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.ground.accounts.actions import open_link, revoke_links
from explor.ground.accounts.models import Person
from explor.ground.audit import actions as audit
from explor.ground.files.actions import Drawn, discard, draw, keep_drawn
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.ui import hooks
from explor.ground.workflow.apart import each_apart
from explor.ground.workflow.bulk import insert_many
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.budgets.rules import blockers_of_erasure
from explor.journey.missions.models import Mission

from . import emails, rules, selectors
from .models import CONSENT_VERSION, JointEvaluation, Recommendation, Report
from .pages import engagement

hooks.define("reports.withdrawn", "callable(report, by=): remove the summary from public pages")

# Time to write a report after the mission; an example value.
DUE = timedelta(days=15)


@transaction.atomic
def open_report(mission: Mission) -> Report:
    """Return the report of a mission, created if new for the expert to write.

    When it is new, the expert is notified, and the field partner is asked to evaluate the mission.
    """
    report, made = Report.objects.get_or_create(
        mission=mission, defaults={"due": timezone.localdate() + DUE}
    )
    if made:
        audit.log(report, "open_report", by=SYSTEM)
        emails.opened(report)
        if mission.need.partner and mission.need.partner.email:
            ask_partner(mission, by=SYSTEM)
    return report


@transaction.atomic
def take_over(
    missions: Sequence[Mission], *, by: Actor, details: Sequence[dict[str, Any]]
) -> list[Report]:
    """Create the reports of missions that came back before Explor: no deadline, no message.

    `details` is the line of the file of each, for the journal.
    """
    reports = insert_many(Report(mission=mission) for mission in missions)
    audit.log_created(reports, "take_over", by=by, details=details)
    return reports


def follow_end(mission: Mission) -> None:
    """Open the report of a mission, unless the end of the mission was undone. Idempotent."""
    if rules.is_over(mission):
        open_report(mission)


@transaction.atomic
def follow_undo(mission: Mission) -> None:
    """Remove the report of a mission whose end was undone, and its links to the field partner.

    Idempotent. A report that somebody began is kept, and so is the report of a mission that is
    over. The field partner is notified when their links are revoked.
    """
    report = Report.objects.select_for_update().filter(mission=mission).first()
    if report is None or rules.is_over(mission) or rules.is_begun(report):
        return
    audit.log(report, "drop_report", by=SYSTEM, details={"mission": mission.pk})
    report.delete()
    if revoke_links(mission, by=SYSTEM, reason="La mission n’est pas finie."):
        emails.partner_called_off(mission)


def write(
    report: Report, *, by: Actor, changes: dict[str, Any], expected_version: int | None = None
) -> Report:
    """Save the changes of a report as a draft; nobody is notified before it is submitted.

    A consent to publish the summary is saved with the version of its text.

    Raises:
        EditConflict: the report changed since `expected_version`.
    """
    if "public_consent" in changes:
        version = CONSENT_VERSION if changes["public_consent"] else ""
        changes = changes | {"consent_version": version}
    return audit.update(report, "write", by=by, expected_version=expected_version, changes=changes)


def remind(today: date) -> int:
    """Remind by email of the reports that are late; return how many.

    The expert is reminded weekly for a month. The last reminder also goes to the network, which may
    then close the mission without the report.
    """
    late = Report.objects.late(today)

    def ask(report: Report) -> int:
        if not rules.is_reminder_due(report, today):
            return 0
        # The version does not change: a reminder makes no page outdated.
        known = late.filter(pk=report.pk, reminded_on=report.reminded_on)
        if not known.update(reminded_on=today):
            return 0
        audit.log(report, "remind", by=SYSTEM)
        emails.late(report, given_up=today > rules.awaited_on(report) + rules.PATIENCE)
        return 1

    return each_apart(selectors.with_related(late).order_by("pk"), ask, name="remind_reports")


def publish_summary(report: Report, *, by: Actor, expected_version: int | None = None) -> Report:
    """Record the consent of the expert to publish the summary, and the version of its wording.

    Raises:
        EditConflict: the report changed since `expected_version`.
    """
    return audit.update(
        report,
        "publish_summary",
        by=by,
        expected_version=expected_version,
        changes={"public_consent": True, "consent_version": CONSENT_VERSION},
        details={"version": CONSENT_VERSION},
    )


@transaction.atomic
def withdraw_summary(report: Report, *, by: Actor, expected_version: int | None = None) -> Report:
    """Withdraw the consent to the publication of the summary: no public page shows it any more.

    Raises:
        EditConflict: the report changed since `expected_version`.
    """
    row = audit.update(
        report,
        "withdraw_summary",
        by=by,
        expected_version=expected_version,
        changes={"public_consent": False, "consent_version": ""},
    )
    for remove in hooks.get("reports.withdrawn"):
        remove(row, by=by)
    return row


def withdraw_summaries(person: Person, *, by: Actor) -> None:
    """Withdraw the consents of an erased person to the publication of report summaries."""
    given = Report.objects.filter(mission__expert__person=person, public_consent=True)
    for report in given.select_related("mission__need__project"):
        withdraw_summary(report, by=by)


@transaction.atomic
def submit(report: Report, *, by: Actor, expected_version: int | None = None) -> Report:
    """Submit the report, for the network and the association to read.

    The network and the association are notified.

    Raises:
        ActionNotAllowed: see `rules.missing_to_submit`, or the report was submitted already.
        EditConflict: the report changed since `expected_version`.
    """
    changes = {"submitted_at": timezone.now()}
    audit.transition(
        report,
        "submit",
        by=by,
        expected_version=expected_version,
        check=rules.missing_to_submit,
        changes=changes,
    )
    emails.submitted(report)
    return report


@transaction.atomic
def send_back(
    report: Report, *, by: Actor, reason: str, expected_version: int | None = None
) -> Report:
    """Send a submitted report back to the expert, by email; `reason` says what to complete.

    Raises:
        ActionNotAllowed: the report is not submitted, or `reason` is blank.
        EditConflict: the report changed since `expected_version`.
    """
    audit.transition(report, "send_back", by=by, expected_version=expected_version, reason=reason)
    emails.sent_back(report, reason)
    return report


@transaction.atomic
def accept(report: Report, *, by: Actor, expected_version: int | None = None) -> Report:
    """Accept a submitted report and issue the expert's certificate, with a verification code.

    The expert is notified.

    Raises:
        ActionNotAllowed: the report is not submitted, or the officer is its expert.
        EditConflict: the report changed since `expected_version`.
    """
    drawn = _draw_certificate(report.mission)  # before the row is locked, as rendering is slow
    audit.transition(
        report,
        "accept",
        by=by,
        expected_version=expected_version,
        check=lambda row: rules.missing_to_accept(by, row),
    )
    report.certificate = keep_drawn(
        drawn, kind="certificate", owner=report, by=by, network=report.mission.network_id
    )
    audit.update(report, "certify", by=by, changes={"certificate": report.certificate})
    emails.accepted(report)
    return report


def _draw_certificate(mission: Mission) -> Drawn:
    facts = [("Numéro de la mission", mission.file_number), *engagement(mission)]
    return draw(
        template="document.typ",
        data={
            "issuer": {"name": mission.network.name, "accent": mission.network.accent},
            "reference": f"Attestation d’engagement, mission {mission.file_number}",
            "kicker": "Dispositif EXPLOR",
            "lead": (
                f"{mission.network.name} atteste que {mission.expert.person.name} a mené la "
                "mission ci-dessous, au service d’un projet de solidarité internationale."
            ),
            "facts": [list(fact) for fact in facts],
        },
        facts=facts,
        title="Attestation d’engagement",
    )


@transaction.atomic
def erase_texts(mission: Mission, now: datetime) -> None:
    """Erase the texts of an old mission and of its report, see `erase_written`; `now` is unused.

    Raises:
        ActionNotAllowed: the papers are public archives.
    """
    if reasons := blockers_of_erasure(mission):
        raise ActionNotAllowed(*reasons)
    erase_written(mission)


@transaction.atomic
def erase_written(mission: Mission, *, details: dict[str, Any] | None = None) -> None:
    """Erase the texts of a mission: report, certificate, evaluations, recommendations, notes.

    The notes are those on its outcome and on its clearance despite travel advice. Marks stay for
    figures, and a public summary stays, as it names nobody. The caller must have locked the mission
    and checked that the texts may be erased.
    """
    audit.log(mission, "erase_report", by=SYSTEM, details=details)
    report = Report.objects.filter(mission=mission).select_related("certificate").first()
    if report is not None:
        blank: dict[str, Any] = {"done": "", "results": "", "difficulties": "", "certificate": None}
        if not report.public_consent:
            blank["public_summary"] = ""
        Report.objects.filter(pk=report.pk).update(**blank)
        if report.certificate is not None:
            discard(report.certificate, reason="Au terme de sa conservation.", by=SYSTEM)
    Mission.objects.filter(pk=mission.pk).update(cause_note="", override="", override_by="")
    mission.evaluations.update(comment="", by="")
    mission.recommendations.all().delete()


@transaction.atomic
def recommend(mission: Mission, *, by: Actor, text: str, owner: str, due: date) -> Recommendation:
    """Add a recommendation after the mission, with who is in charge and when it is due."""
    made = Recommendation.objects.create(mission=mission, text=text, owner=owner, due=due)
    audit.log(made, "recommend", by=by)
    return made


def follow(
    recommendation: Recommendation,
    *,
    by: Actor,
    status: str,
    note: str = "",
    expected_version: int | None = None,
) -> Recommendation:
    """Change the status and the note of a recommendation.

    Raises:
        EditConflict: the recommendation changed since `expected_version`.
    """
    changes = {"status": status, "note": note}
    return audit.update(
        recommendation, "follow", by=by, expected_version=expected_version, changes=changes
    )


@transaction.atomic
def evaluate(mission: Mission, *, by: Actor, voice: str, **marks: Any) -> JointEvaluation:
    """Save the evaluation of a mission by the association, the expert or the field partner.

    Args:
        voice: a value of `JointEvaluation.Voice`.
        marks: three marks from 1 to 5 and a comment, as `EvaluationForm` names them.

    Raises:
        ActionNotAllowed: this party has already evaluated the mission, or a mark is not valid.
    """
    with integrity_errors_as(JointEvaluation):
        made = JointEvaluation.objects.create(mission=mission, voice=voice, by=str(by), **marks)
    audit.log(made, "evaluate", by=by, details={"mission": mission.pk})
    return made


@transaction.atomic
def ask_partner(mission: Mission, *, by: Actor) -> str:
    """Email the field partner a personal link to evaluate the mission; return the link's token.

    Raises:
        ActionNotAllowed: no field partner is known for this mission.
    """
    partner = mission.need.partner
    if partner is None:
        raise ActionNotAllowed("Aucun partenaire de terrain n’est connu pour cette mission.")
    secret = open_link(
        mission,
        name=partner.contact or partner.name,
        email=partner.email,
        by=by,
        language=partner.language,
        holder=partner,
    )
    emails.partner_invited(mission, secret)
    return secret
