"""Database queries on reports, evaluations and recommendations."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.ground.rights.selectors import authored, records
from explor.journey.budgets.selectors import OldPaper, old_paper
from explor.journey.missions.models import Mission, MissionQuerySet
from explor.journey.missions.selectors import ended_before
from explor.journey.missions.states import states_where

from .models import JointEvaluation, Recommendation, Report, ReportQuerySet
from .states import State

# A recommendation is a task of the association from a month before its due date.
SOON = timedelta(days=30)
AWAITED = {
    "expert": (State.DRAFT, State.RETURNED),
    "reseau": (State.SUBMITTED,),
    "association": (State.SUBMITTED, State.ACCEPTED),
}


def with_related(reports: ReportQuerySet) -> ReportQuerySet:
    """Return the same reports, fetched with the related rows that pages and emails use."""
    return reports.select_related(
        "certificate",
        "mission__network",
        "mission__association",
        "mission__expert__person",
        "mission__need__partner",
        "mission__need__network",
    )


def of_seats(need: int, seat: int | None) -> list[Report]:
    """Return the reports of the missions of a need; that of the proposal `seat` if given."""
    reports = Report.objects.filter(mission__need=need).order_by("pk")
    return list(reports if seat is None else reports.filter(mission__release__proposal=seat))


def awaited_of(actor: Actor) -> ReportQuerySet:
    """Return the reports on which `actor` must act, by due date, fifty at most.

    An expert writes them, a network accepts them and closes their missions, an association
    evaluates their missions.
    """
    awaited = Q(state__in=AWAITED[actor.role])
    if actor.role == "reseau":
        to_close = states_where(needs_report=True)
        awaited |= Q(state=State.ACCEPTED, mission__state__in=to_close)
    reports = Report.objects.visible_to(actor).filter(awaited)
    reports = reports.select_related("mission__need").only(
        "due", "state", "mission__created_at", "mission__need__title"
    )
    if actor.role == "association":
        reports = reports.exclude(mission__evaluations__voice="association")
    return reports.order_by("due", "pk")[:50]


def recommendations_due(actor: Actor) -> list[Recommendation]:
    """Return the 50 first open recommendations, visible to `actor`, late or due within 30 days.

    Only those of missions whose report is accepted.
    """
    awaited = Recommendation.objects.filter(
        mission__in=Mission.objects.visible_to(actor),
        mission__report__state=State.ACCEPTED,
        status__in=(Recommendation.Status.OPEN, Recommendation.Status.UNDERWAY),
        due__lte=timezone.localdate() + SOON,
    ).select_related("mission__need")
    return list(awaited.order_by("due", "pk")[:50])


def lessons_of(needs: list[int]) -> dict[int, list[str]]:
    """Return {need: texts of the recommendations of its missions}; needs are primary keys."""
    texts: dict[int, list[str]] = {}
    given = Recommendation.objects.filter(mission__need__in=needs).order_by("due", "pk")
    for need, text in given.values_list("mission__need", "text"):
        texts.setdefault(need, []).append(text)
    return texts


def with_old_texts(before: datetime) -> MissionQuerySet:
    """Return the missions ended before an instant with texts that `erase_written` would erase."""
    here = {"mission": OuterRef("pk")}
    texts = ~Q(done="", results="", difficulties="") | ~Q(public_summary="") & Q(
        public_consent=False
    )
    reports = Report.objects.filter(texts | Q(certificate__isnull=False), **here)
    words = JointEvaluation.objects.filter(**here).exclude(comment="", by="")
    advice = Recommendation.objects.filter(**here)
    noted = ~Q(cause_note="", override="", override_by="")
    return ended_before(before).filter(Exists(reports) | Exists(words) | Exists(advice) | noted)


def old_texts(mission: Mission) -> list[OldPaper]:
    """Return as `OldPaper` objects what `erase_written` would erase of a mission, oldest first."""
    papers = [old_paper(each, each.created_at) for each in mission.recommendations.all()]
    spoken = [each for each in mission.evaluations.all() if each.comment or each.by]
    papers += [old_paper(each, each.at) for each in spoken]
    report = getattr(mission, "report", None)
    if report is not None and report.has_texts:
        papers.append(old_paper(report, report.created_at))
    if report is not None and report.certificate is not None:
        document = report.certificate
        papers.append(old_paper(document, document.uploaded_at, document.size))
    if mission.cause_note or mission.override or mission.override_by:
        papers.append(old_paper(mission, mission.created_at))
    return sorted(papers, key=lambda paper: (paper.day, paper.row))


def own_reports(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the reports of the missions of a person, for the copy of their data."""
    own = Report.objects.filter(mission__expert__person=person)
    yield from records(own, also={"mission": "mission__need__title"})


def own_evaluations(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the evaluations that a person wrote, for themselves or for their organisation."""
    rows = JointEvaluation.objects.all()
    own = rows.filter(voice="expert", mission__expert__person=person)
    own = own | authored(person, rows, verbs=("evaluate",))
    yield from records(own, also={"mission": "mission__need__title"}, without=("by",))
