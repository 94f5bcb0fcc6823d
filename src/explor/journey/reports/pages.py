"""URLs, tasks, progress, panel, facts and texts of reports, evaluations and recommendations."""

from typing import Any

from django.urls import reverse

from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.reference.selectors import label
from explor.ground.ui.amounts import counted
from explor.ground.ui.parts import Panel, ProgressStep, Task
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import name_of, url_of

from . import rules, selectors
from .models import JointEvaluation, Recommendation, Report
from .states import State

TO_DO = {
    "expert": "Écrire le compte rendu",
    "reseau": "Lire le compte rendu",
    "association": "Évaluer la mission",
}


def report_url(actor: Actor, report: Report) -> str:
    """Return the URL of the page where the expert writes, or of the mission for other roles."""
    if actor.role == "expert":
        return reverse("reports:expert_report", args=[report.mission_id])
    return url_of(actor, report.mission)


def waiting_for(actor: Actor) -> list[Task]:
    """Return the tasks of `actor` on reports, evaluations, recommendations, missions to close.

    At most 50 are on reports or their missions, and 50 on recommendations, for an association.
    """
    return [_task(actor, report) for report in selectors.awaited_of(actor)] + _follow_ups(actor)


def _task(actor: Actor, report: Report) -> Task:
    if actor.role == "reseau" and report.state == State.ACCEPTED:
        title, url = "Clore la mission", url_of(actor, report.mission)
    else:
        title, url = TO_DO[actor.role], report_url(actor, report)
    until = report.due if actor.role == "expert" else None
    return Task(title=title, url=url, why=name_of(report.mission), until=until)


def _follow_ups(actor: Actor) -> list[Task]:
    """Return the tasks of an association to update recommendations."""
    if actor.role != "association":
        return []
    return [
        Task(
            title=f"Dire où en est : {each}",
            url=reverse("reports:association_follow", args=[actor.key, each.pk]),
            why=name_of(each.mission),
            until=each.due,
        )
        for each in selectors.recommendations_due(actor)
    ]


def steps(need: Any, seat: int | None = None) -> list[ProgressStep]:
    """Return the progress bar step of the report of a need; of several, the first not accepted."""
    reports = selectors.of_seats(need.pk, seat)
    if not reports:
        return [ProgressStep(label="Compte rendu", state="next")]
    report = next((each for each in reports if each.state != State.ACCEPTED), reports[0])
    done = report.state == State.ACCEPTED
    return [
        ProgressStep(
            label="Compte rendu",
            state="done" if done else "present",
            when=report.submitted_at or report.due,
            note=report.get_state_display(),
        )
    ]


def for_mission(request: Request, mission: Mission) -> Panel | None:
    """Return the panel of a mission's report, evaluations and recommendations.

    Return None when the actor may not see the report, or when there is none.
    """
    actor = request.actor
    report = Report.objects.visible_to(actor).filter(mission=mission.pk).first()
    if report is None:
        return None
    report.mission = mission
    voices = list(JointEvaluation.objects.filter(mission=mission.pk).order_by("pk"))
    context = {
        "report": report,
        "role": actor.role,
        "voices": [(each, _marks(each), _language(each, mission)) for each in voices],
        "recommendations": _recommendations(actor, mission),
        "links": _links(actor, report, {each.voice for each in voices}),
    }
    return Panel(title="Retour de mission", template="reports/_panel.html", context=context)


def _language(each: JointEvaluation, mission: Mission) -> str:
    """Return the code of the language of an evaluation: that of the partner for a partner."""
    partner = mission.need.partner
    return partner.language if partner and each.voice == JointEvaluation.Voice.PARTNER else "fr"


def _marks(evaluation: JointEvaluation) -> str:
    """Return the three marks of an evaluation as text: « objectifs 4/5, utilité 5/5... »"""
    return (
        f"objectifs {evaluation.objectives_met}/5, utilité {evaluation.usefulness}/5, "
        f"travail commun {evaluation.cooperation}/5"
    )


def _recommendations(actor: Actor, mission: Mission) -> list[tuple[Recommendation, str]]:
    """Return the recommendations, each with the URL to change its status, or "" if not allowed."""
    may = rules.can_follow(actor, mission)
    return [
        (each, reverse(f"reports:{actor.role}_follow", args=[actor.key, each.pk]) if may else "")
        for each in mission.recommendations.order_by("due", "pk")
    ]


def _links(actor: Actor, report: Report, given: set[str]) -> list[tuple[str, str]]:
    """Return the links to what `actor` may do with the report, as (label, URL) pairs.

    Args:
        given: the voices that have already evaluated the mission.
    """
    key = [actor.key] if actor.key else []
    voice = rules.VOICES.get(actor.role)
    links = []
    if rules.can_write(actor, report):
        links.append(("Écrire le compte rendu", "report"))
    if rules.can(actor, "accept", report):
        links.append(("Accepter le compte rendu", "accept"))
        links.append(("Renvoyer à compléter", "send_back"))
    if rules.can_publish_summary(actor, report):
        links.append(("Consentir à la publication du résumé", "publish_summary"))
    if rules.can_withdraw_summary(actor, report):
        links.append(("Retirer le résumé de la fiche publique", "withdraw_summary"))
    if voice is not None and voice not in given:
        links.append(("Évaluer la mission", "evaluate"))
    if actor.role in ("expert", "reseau") and report.certificate_id is not None:
        links.append(("Attestation (PDF)", "certificate"))
    return [
        (words, reverse(f"reports:{actor.role}_{name}", args=[*key, report.mission_id]))
        for words, name in links
    ]


def engagement(mission: Mission) -> list[tuple[str, str]]:
    """Return the facts that the certificate of a mission states, as (label, value) pairs.

    Days that nobody recorded are stated as planned, never as real.
    """
    place = ", ".join(filter(None, [mission.place, label("countries", mission.country)]))
    facts = [("Mission", mission.need.title), ("Association", mission.association.name)]
    stay = mission.stay
    if stay is None:
        return [*facts, ("Pays du projet", place), ("Forme", "à distance, sans voyage")]
    dates = f"du {stay.start:%d/%m/%Y} au {stay.end:%d/%m/%Y}"
    days = f"{stay.days} jour{'s' if stay.days > 1 else ''}"
    when, length = ("Dates", "Durée sur place")
    if not stay.is_real:
        when, length = ("Dates prévues", "Durée prévue sur place")
    return [*facts, ("Lieu", place), (when, dates), (length, days)]


def public_results(mission: Mission) -> dict[str, str]:
    """Return `summary` and `recommendations` as texts, {} before the report is accepted.

    `summary` is "" without the expert's consent; `recommendations` says how many are applied.
    """
    report = Report.objects.filter(mission=mission.pk, state=State.ACCEPTED).first()
    if report is None:
        return {}
    statuses = list(mission.recommendations.order_by("pk").values_list("status", flat=True))
    done = statuses.count(Recommendation.Status.DONE)
    applied = counted(done, "recommandation appliquée", "recommandations appliquées")
    followed = f"{applied} sur {len(statuses)}" if statuses else ""
    summary = report.public_summary if report.is_public else ""
    return {"summary": summary, "recommendations": followed}


def context_of_report(actor: Actor, report: Report) -> dict[str, Any]:
    """Return the context of the report page besides its form.

    Keys: `report`, `missing` (why it cannot be submitted) and `recommendations`.
    """
    return {
        "report": report,
        "missing": rules.missing_to_submit(report),
        "recommendations": report.mission.recommendations.all(),
    }


# Texts of the confirmation page of each verb (workflow action).


def effects_of_submit(actor: Actor, report: Report) -> Effects:
    return Effects(
        happens=(
            Consequence("Le réseau lit votre compte rendu, puis l’accepte ou vous le renvoie."),
            Consequence("L’association peut évaluer la mission."),
        ),
        notified=(Notified("Le réseau, l’association", "« Compte rendu remis », à lire"),),
        undo=(
            Undo("Ensuite", "Vous n’écrivez plus, sauf si le réseau vous le renvoie à compléter."),
        ),
    )


def effects_of_accept(actor: Actor, report: Report) -> Effects:
    happens = [
        Consequence("L’attestation d’engagement est émise et scellée."),
        Consequence("La mission peut être close."),
        Consequence("L’association est interrogée sur les recommandations à leur date."),
    ]
    if report.is_public and report.public_summary:
        happens += [Consequence("Le résumé consenti peut paraître sur la fiche publique.")]
    return Effects(
        happens=happens,
        notified=(
            Notified("L’experte ou l’expert", "« Compte rendu accepté », l’attestation est prête"),
        ),
        undo=(Undo("Ensuite", "Un compte rendu accepté ne se rouvre pas."),),
    )


def effects_of_send_back(actor: Actor, report: Report) -> Effects:
    return Effects(
        happens=(Consequence("L’experte ou l’expert peut de nouveau écrire, puis remettre."),),
        notified=(Notified("L’experte ou l’expert", "« À compléter », et votre motif"),),
        undo=(Undo("Ensuite", "Vous pourrez accepter le compte rendu quand il sera remis."),),
    )


def effects_of_publish_summary(actor: Actor, report: Report) -> Effects:
    return Effects(
        happens=(Consequence("Le résumé peut paraître sur la fiche publique du projet."),),
        undo=(Undo("À tout moment", "Vous le retirez d’un clic."),),
    )


def effects_of_withdraw_summary(actor: Actor, report: Report) -> Effects:
    return Effects(
        happens=(
            Consequence("Le résumé quitte la fiche publique et les données ouvertes.", "Aussitôt"),
        ),
        undo=(Undo("À tout moment", "Vous pouvez y consentir de nouveau."),),
    )


EVALUATION = Effects(
    happens=(
        Consequence(
            "Votre évaluation se lit sur la page de la mission ; l’employeur n’y lit que les notes."
        ),
    ),
    undo=(Undo("Ensuite", "Une évaluation ne se reprend pas."),),
)


def kept_of(person: Person) -> list[str]:
    """Return sentences on the report data of a person that an erasure keeps."""
    if not Report.objects.filter(mission__expert__person=person).exists():
        return []
    return ["Vos comptes rendus restent avec la mission, sans votre nom."]
