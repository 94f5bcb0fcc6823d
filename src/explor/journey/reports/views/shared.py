"""Actions on reports, evaluations and recommendations, and the file of the certificate.

Each is under the URLs of the roles that may use it.
"""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.files.views.files import download
from explor.ground.http.request import Request
from explor.ground.workflow.pages import Verb, VerbPages, typed_changes
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import name_of, url_of

from .. import actions, pages, rules, selectors
from ..forms import EvaluationForm, FollowForm, RecommendForm, ReportForm
from ..models import Recommendation, Report
from ..states import REPORT


def load(request: Request, pk: int) -> Report:
    """Return the report of the mission `pk` if the current actor may see it, or 404."""
    visible = selectors.with_related(Report.objects.visible_to(request.actor))
    return get_object_or_404(visible, mission=pk)


def load_mission(request: Request, pk: int) -> Mission:
    """Return a mission whose report the current actor may see, or 404."""
    reports = Report.objects.visible_to(request.actor)
    visible = Mission.objects.visible_to(request.actor).filter(report__in=reports)
    return get_object_or_404(visible.select_related("need"), pk=pk)


def load_recommendation(request: Request, pk: int) -> Recommendation:
    """Return a recommendation of a mission whose report the current actor may see, or 404."""
    reports = Report.objects.visible_to(request.actor)
    recommendations = Recommendation.objects.select_related("mission__need")
    return get_object_or_404(recommendations, pk=pk, mission__report__in=reports)


# Actions of the expert: write and submit the report.
OWN = VerbPages(
    "reports",
    "missions/<int:pk>/",
    load=load,
    back=pages.report_url,
    args_of=lambda report: [report.mission_id],
    workflow=REPORT,
    roles=("expert",),
    can=rules.can,
    crumb=lambda report: name_of(report.mission),
    verbs=(
        Verb(
            actions.write,
            "compte-rendu",
            url_name="report",
            label="Enregistrer",
            form=ReportForm,
            arguments=typed_changes,
            can=rules.can_write,
            template="reports/expert_report.html",
            context=pages.context_of_report,
            done="C’est enregistré. Rien n’est encore remis.",
        ),
        Verb(
            actions.submit,
            "remettre",
            blockers=lambda actor, report: rules.missing_to_submit(report),
            effects=pages.effects_of_submit,
            leads_to=lambda actor, report: url_of(actor, report.mission),
            done="Votre compte rendu est remis. Merci.",
        ),
        Verb(
            actions.publish_summary,
            "resume-public",
            label="Consentir à la publication du résumé",
            lead=lambda actor, report: report.public_summary,
            can=rules.can_publish_summary,
            effects=pages.effects_of_publish_summary,
            leads_to=lambda actor, report: url_of(actor, report.mission),
            done="Votre accord est noté.",
        ),
        Verb(
            actions.withdraw_summary,
            "resume-retire",
            label="Retirer le résumé de la fiche publique",
            can=rules.can_withdraw_summary,
            effects=pages.effects_of_withdraw_summary,
            leads_to=lambda actor, report: url_of(actor, report.mission),
            done="Le résumé n’est plus public.",
        ),
    ),
)

# Actions of the network: accept the report or send it back.
NETWORK = VerbPages(
    "reports",
    "comptes-rendus/<int:pk>/",
    load=load,
    back=lambda actor, report: url_of(actor, report.mission),
    args_of=lambda report: [report.mission_id],
    workflow=REPORT,
    roles=("reseau",),
    can=rules.can,
    crumb=lambda report: name_of(report.mission),
    verbs=(
        Verb(
            actions.accept,
            "accepter",
            blockers=rules.missing_to_accept,
            effects=pages.effects_of_accept,
            done="Le compte rendu est accepté ; l’attestation est émise.",
        ),
        Verb(
            actions.send_back,
            "renvoyer",
            effects=pages.effects_of_send_back,
            done="Le compte rendu est renvoyé à compléter.",
        ),
    ),
)

MISSIONS = VerbPages(
    "reports",
    "missions/<int:pk>/",
    load=load_mission,
    back=url_of,
    crumb=name_of,
    verbs=(
        Verb(
            actions.recommend,
            "recommander",
            by=("expert",),
            label="Ajouter une recommandation",
            form=RecommendForm,
            can=rules.can_recommend,
            leads_to=lambda actor, mission: reverse("reports:expert_report", args=[mission.pk]),
            done="La recommandation est ajoutée.",
        ),
        Verb(
            actions.evaluate,
            "evaluer",
            by=("expert", "association"),
            label="Évaluer la mission",
            form=EvaluationForm,
            arguments=lambda actor, form: {"voice": rules.VOICES[actor.role], **form.marks},
            can=rules.can_evaluate,
            effects=pages.EVALUATION,
            done="Merci, votre évaluation est enregistrée.",
        ),
    ),
)

RECOMMENDATIONS = VerbPages(
    "reports",
    "recommandations/<int:pk>/",
    load=load_recommendation,
    back=lambda actor, recommendation: url_of(actor, recommendation.mission),
    crumb=lambda recommendation: name_of(recommendation.mission),
    verbs=(
        Verb(
            actions.follow,
            "",
            by=("association", "reseau"),
            label="Enregistrer",
            title=lambda actor, recommendation: recommendation.text,
            form=FollowForm,
            can=lambda actor, recommendation: rules.can_follow(actor, recommendation.mission),
            done="C’est noté.",
        ),
    ),
)


def certificate(request: Request, pk: int) -> FileResponse:
    """Serve the expert's certificate (PDF), or 404 before the report is accepted."""
    report = load(request, pk)
    if report.certificate is None:
        raise Http404
    return download(report.certificate, by=request.actor)
