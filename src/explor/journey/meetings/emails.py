"""Messages about the meetings of a committee."""

from django.urls import reverse
from django.utils import timezone

from explor.engines.french.dates import moment_fr
from explor.ground.mail.actions import notify

from .models import Meeting


def convened(meeting: Meeting) -> None:
    """Notify the members of when and where the committee meets."""
    when = timezone.localtime(meeting.on)
    where = f", {meeting.place}" if meeting.place else ""
    _to_members(
        meeting,
        "plan_meeting",
        f"Comité le {moment_fr(when)}",
        f"Le comité de « {meeting.call.title} » se réunit le {moment_fr(when)}{where}. "
        "Rendez vos avis avant : la séance les reprend dossier par dossier.",
    )


def cancelled(meeting: Meeting) -> None:
    """Notify the members that the meeting is cancelled."""
    when = timezone.localtime(meeting.on)
    body = f"La séance du {moment_fr(when)} est annulée."
    _to_members(meeting, "cancel", f"Comité annulé : {meeting.call.title}", body)


def to_sign(meeting: Meeting) -> None:
    """Ask the chair to sign the minutes."""
    for member in meeting.call.committee.filter(chair=True).select_related("person"):
        notify(
            to=member.person.email,
            kind="meetings.end_meeting",
            subject=f"Procès-verbal à signer : {meeting.call.title}",
            body="La séance est close. Relisez le procès-verbal, puis signez-le.",
            about=meeting,
            url=reverse("meetings:comite_meeting", args=[meeting.call.slug, meeting.pk]),
            urgent=True,
        )


def _to_members(meeting: Meeting, verb: str, subject: str, body: str) -> None:
    for member in meeting.call.committee.select_related("person").order_by("pk"):
        notify(
            to=member.person.email,
            kind=f"meetings.{verb}",
            subject=subject,
            body=body,
            about=meeting,
            url=reverse("committees:comite_needs", args=[meeting.call.slug]),
            urgent=True,
        )
