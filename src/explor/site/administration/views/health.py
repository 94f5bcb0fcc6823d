"""Administration pages of bad email addresses and of the health of the installation."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from procrastinate.contrib.django.models import ProcrastinateJob

from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.mail import actions as mail_actions
from explor.ground.mail import rules as mail_rules
from explor.ground.mail import selectors as mail
from explor.ground.mail.models import BadAddress, Message
from explor.ground.mail.pages import deliveries
from explor.ground.privacy import pages as privacy_pages
from explor.ground.privacy.selectors import last_report
from explor.ground.roles.registry import role_required
from explor.ground.workflow.pages import Verb, VerbPages

from .. import actions, pages, rules
from ..forms import ConfirmForm
from ..selectors import health, site

PER_PAGE = 30
RECENT = 10  # maximum number of failed jobs and messages shown


def load_address(request: Request, pk: int) -> BadAddress:
    return get_object_or_404(BadAddress, pk=pk)


def load_message(request: Request, pk: int) -> Message:
    return get_object_or_404(mail.failed_messages(), pk=pk)


def load_job(request: Request, pk: int) -> ProcrastinateJob:
    return get_object_or_404(health.failed_jobs(), pk=pk)


ADDRESS = VerbPages(
    "administration",
    "adresses/<int:pk>/",
    load=load_address,
    back=lambda actor, address: pages.url("bad_addresses"),
    verbs=(
        Verb(
            mail_actions.forget_bad_address,
            "oublier",
            label="Écrire de nouveau à cette adresse",
            form=ConfirmForm,
            can=lambda actor, address: mail_rules.can_forget_bad_address(actor),
            effects=pages.effects_of_forget,
            done="L’adresse n’est plus signalée.",
        ),
    ),
)
MESSAGE = VerbPages(
    "administration",
    "messages/<int:pk>/",
    load=load_message,
    back=lambda actor, message: pages.url("health"),
    crumb=lambda message: message.subject,
    verbs=(
        Verb(
            mail_actions.retry_message,
            "renvoyer",
            label="Renvoyer ce message",
            form=ConfirmForm,
            can=lambda actor, message: mail_rules.can_retry_message(actor),
            blockers=lambda actor, message: mail_rules.missing_to_retry(message),
            effects=pages.effects_of_retry_message,
            done="Le message repart.",
        ),
    ),
)
JOB = VerbPages(
    "administration",
    "taches/<int:pk>/",
    load=load_job,
    back=lambda actor, job: pages.url("health"),
    crumb=lambda job: job.task_name,
    verbs=(
        Verb(
            actions.retry_job,
            "relancer",
            label="Relancer cette tâche",
            form=ConfirmForm,
            can=lambda actor, job: rules.can_retry_job(actor),
            effects=pages.effects_of_retry_job,
            done="La tâche est remise en file.",
        ),
    ),
)


@role_required("administration")
def bad_addresses(request: Request) -> HttpResponse:
    """List the email addresses that permanently refused a message."""
    q = request.GET.get("q", "").strip()
    page = Paginator(mail.bad_addresses_list(q), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(each, ADDRESS.url(request.actor, "forget_bad_address", each)) for each in page]
    columns = ["Adresse", "Réponse reçue", "Depuis", "Oublier"]
    context = {"q": q, "page": page, "rows": rows, "columns": columns}
    return render_page(request, "administration/bad_addresses.html", context)


@role_required("administration")
def state(request: Request) -> HttpResponse:
    """Show the health page: jobs, messages, storage, backups, version, checks."""
    actor, report, backups = request.actor, last_report(), health.recent_backups()
    context = {
        "jobs": health.counts_of_jobs(),
        "deliveries": deliveries(),
        "failed_jobs": [
            (each, JOB.url(actor, "retry_job", each)) for each in health.failed_jobs()[:RECENT]
        ],
        "failed_messages": [
            (each, MESSAGE.url(actor, "retry_message", each))
            for each in mail.failed_messages()[:RECENT]
        ],
        "facts": pages.facts_of_health(backups[0] if backups else None),
        "backups": pages.rows_of_backups(backups),
        "backup_columns": ["Faite le", "Fichier", "Taille", "Documents"],
        "findings": list(site.findings()),
        "report": report,
        "erased": privacy_pages.report_rows(report),
        "erased_columns": ["Données", "Effacées", "Prévenues", "Gardées"],
        "columns": ["Contrôle", "Résultat", "Que faire"],
        "job_columns": ["Tâche", "Essais", "Relancer"],
        "message_columns": ["Message", "Erreur", "Renvoyer"],
    }
    return render_page(request, "administration/health.html", context)
