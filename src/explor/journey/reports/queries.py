"""Reads about reports, evaluations and recommendations."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from explor.ground.common.actor import Actor
from explor.ground.common.parts import Panel, Step, Waiting
from explor.ground.common.request import Request
from explor.ground.reference.queries import label
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import url_of
from explor.journey.missions.states import State as MissionState

from . import rules
from .models import JointEvaluation, Recommendation, Report, ReportQuerySet
from .states import State

# A recommendation is asked about from a month before its date.
SOON = timedelta(days=30)


def whole(found: ReportQuerySet) -> ReportQuerySet:
    """The same reports with all that a page or a letter reads."""
    return found.select_related(
        "certificate",
        "mission__network",
        "mission__association",
        "mission__expert__person",
        "mission__need__partner",
        "mission__need__network",
    )


def waiting_for(actor: Actor) -> list[Waiting]:
    """A report to write, to accept; an evaluation to give; what follows."""
    wanted = {
        "expert": (State.DRAFT, State.RETURNED),
        "reseau": (State.SUBMITTED,),
        "association": (State.SUBMITTED, State.ACCEPTED),
    }[actor.hat]
    found = Report.objects.visible_to(actor).filter(state__in=wanted)
    found = found.select_related("mission__need").only("due", "mission__need__title")
    if actor.hat == "association":
        found = found.exclude(mission__evaluations__voice="association")
    told = {
        "expert": "Écrire le compte rendu",
        "reseau": "Lire le compte rendu",
        "association": "Évaluer la mission",
    }[actor.hat]
    return [
        Waiting(
            title=told,
            url=url_of(actor, report.mission)
            if actor.hat != "expert"
            else reverse("reports:expert_report", args=[report.mission_id]),
            why=report.mission.need.title,
            until=report.due if actor.hat == "expert" else None,
        )
        for report in found.order_by("due", "pk")[:50]
    ] + _follow_ups(actor)


def _follow_ups(actor: Actor) -> list[Waiting]:
    """A file to close for the network, recommendations to apply for the association."""
    if actor.hat == "reseau":
        done = Report.objects.visible_to(actor).filter(
            state=State.ACCEPTED,
            mission__state__in=(MissionState.RETURNED, MissionState.REMOTE),
        )
        done = done.select_related("mission__need").only("mission__need__title")
        return [
            Waiting(
                title="Clore la mission",
                url=url_of(actor, report.mission),
                why=report.mission.need.title,
            )
            for report in done.order_by("pk")[:50]
        ]
    if actor.hat != "association":
        return []
    today = timezone.localdate()
    awaited = Recommendation.objects.filter(
        mission__in=Mission.objects.visible_to(actor),
        mission__report__state=State.ACCEPTED,
        status__in=(Recommendation.Status.OPEN, Recommendation.Status.UNDERWAY),
        due__lte=today + SOON,
    ).select_related("mission__need")
    return [
        Waiting(
            title=f"Dire où en est : {each}",
            url=reverse("reports:association_follow", args=[actor.key, each.pk]),
            why=each.mission.need.title,
            until=each.due,
        )
        for each in awaited.order_by("due", "pk")[:50]
    ]


def steps(need: Any) -> list[Step]:
    """The report, accepted."""
    found = list(Report.objects.filter(mission__need=need.pk).order_by("pk"))
    if not found:
        return [Step(label="Compte rendu", state="next")]
    report = next((each for each in found if each.state != State.ACCEPTED), found[0])
    done = report.state == State.ACCEPTED
    return [
        Step(
            label="Compte rendu",
            state="done" if done else "present",
            when=report.submitted_at or report.due,
            note=report.get_state_display(),
        )
    ]


def for_mission(request: Request, mission: Mission) -> Panel | None:
    """The report of a mission, its voices and its recommendations, for this hat."""
    actor = request.actor
    report = Report.objects.visible_to(actor).filter(mission=mission.pk).first()
    if report is None:
        return None
    report.mission = mission
    voices = list(JointEvaluation.objects.filter(mission=mission.pk).order_by("pk"))
    given = {each.voice for each in voices}
    voice = rules.VOICES.get(actor.hat)
    context = {
        "report": report,
        "hat": actor.hat,
        "key": actor.key,
        "mission": mission,
        "voices": voices,
        "recommendations": list(mission.recommendations.order_by("due", "pk")),
        "may_evaluate": voice is not None and voice not in given,
        "may_follow": rules.can_follow(actor, mission),
        "may_write": rules.can_write(actor, report),
        "may_judge": rules.can(actor, "accept", report),
        "may_download": actor.hat in ("expert", "reseau") and report.certificate_id is not None,
    }
    return Panel(title="Retour de mission", template="reports/_panel.html", context=context)


def engagement(mission: Mission) -> list[tuple[str, str]]:
    """What a certificate says of a mission as it was lived, in pairs.

    Read when the report is accepted: a remote mission is not closed before, so a closed one with
    a cause was interrupted.
    """
    place = ", ".join(filter(None, [mission.place, label("countries", mission.country)]))
    facts = [("Mission", mission.need.title), ("Association", mission.association.name)]
    if mission.state == MissionState.REMOTE:
        return [*facts, ("Pays du projet", place), ("Forme", "à distance, sans voyage")]
    end = mission.end
    if mission.cause and mission.ended_on:
        end = max(mission.start, min(mission.end, mission.ended_on))
    days = (end - mission.start).days + 1
    dates = f"du {mission.start:%d/%m/%Y} au {end:%d/%m/%Y}"
    return [*facts, ("Lieu", place), ("Dates", dates), ("Durée sur place", f"{days} jours")]


def public_results(mission: Mission) -> dict[str, str]:
    """What anyone may read of the results: the summary consented to, and what followed."""
    report = Report.objects.filter(mission=mission.pk, state=State.ACCEPTED).first()
    if report is None:
        return {}
    statuses = list(mission.recommendations.order_by("pk").values_list("status", flat=True))
    done = statuses.count(Recommendation.Status.DONE)
    followed = f"{done} recommandation(s) appliquée(s) sur {len(statuses)}" if statuses else ""
    summary = report.public_summary if report.public_consent else ""
    return {"summary": summary, "recommendations": followed}


def lessons_of(needs: list[int]) -> dict[int, list[str]]:
    """What the missions of these needs recommended, by need."""
    found: dict[int, list[str]] = {}
    given = Recommendation.objects.filter(mission__need__in=needs).order_by("due", "pk")
    for need, text in given.values_list("mission__need", "text"):
        found.setdefault(need, []).append(text)
    return found
