"""Administration pages of accounts, sessions, second factors and personal links."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.accounts import actions as account_actions
from explor.ground.accounts import rules as account_rules
from explor.ground.accounts import selectors as accounts
from explor.ground.accounts.models import FactorReset, Person, PersonalLink, Session
from explor.ground.accounts.states import FACTOR_RESET
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.reference.selectors import verb_label
from explor.ground.roles.registry import role_required, role_types, roles_of
from explor.ground.ui.days import date_format
from explor.ground.ui.elision import of
from explor.ground.workflow.pages import Verb, VerbPages

from .. import pages
from ..forms import ConfirmForm, ReasonForm, ResetForm

PER_PAGE = 30


def load_person(request: Request, pk: int) -> Person:
    return get_object_or_404(Person, pk=pk)


def load_session(request: Request, pk: int, digest: str) -> Session:
    """Return the session of person `pk` that has this digest; raise 404 when there is none."""
    session = accounts.session_of(load_person(request, pk), digest)
    if session is None:
        raise Http404
    return session


def load_reset(request: Request, pk: int) -> FactorReset:
    return get_object_or_404(FactorReset.objects.select_related("person"), pk=pk)


def load_link(request: Request, pk: int) -> PersonalLink:
    return get_object_or_404(accounts.valid_links(), pk=pk)


def can_administer(actor: Actor, subject: object) -> bool:
    """Return whether `actor` may administer accounts; `subject` is unused."""
    return account_rules.can_administer(actor)


def can_decide_reset(actor: Actor, reset: FactorReset) -> bool:
    """Return whether `actor` may approve or decline the reset of a second factor."""
    return account_rules.can_decide_reset(actor)


def blockers_of_lock(actor: Actor, person: Person) -> list[str]:
    others = accounts.active_administrators().exclude(person=person).count()
    return account_rules.blockers_of_lock(actor, person, others)


def blockers_of_request(actor: Actor, person: Person) -> list[str]:
    factor, request = accounts.has_factor(person), accounts.has_request(person)
    return account_rules.blockers_of_request(actor, person, factor, request)


ACCOUNT = VerbPages(
    "administration",
    "comptes/<int:pk>/",
    load=load_person,
    back=lambda actor, person: pages.url("account", person.pk),
    verbs=(
        Verb(
            account_actions.request_reset,
            "second-facteur",
            label="Demander la remise à zéro du second facteur",
            form=ResetForm,
            can=can_administer,
            blockers=blockers_of_request,
            notes=pages.notes_of_request,
            effects=pages.effects_of_request,
            done="La demande attend une autre personne.",
        ),
        Verb(
            account_actions.end_sessions,
            "terminer-les-sessions",
            label="Terminer toutes ses sessions",
            form=ConfirmForm,
            can=can_administer,
            effects=pages.effects_of_end_sessions,
            done="Les sessions sont terminées.",
        ),
        Verb(
            account_actions.lock_account,
            "fermer",
            label="Fermer le compte",
            danger=True,
            form=ReasonForm,
            can=lambda actor, person: can_administer(actor, person) and person.is_active,
            blockers=blockers_of_lock,
            effects=pages.effects_of_lock,
            done="Le compte est fermé.",
        ),
        Verb(
            account_actions.unlock_account,
            "rouvrir",
            label="Rouvrir le compte",
            form=ReasonForm,
            can=lambda actor, person: can_administer(actor, person) and not person.is_active,
            effects=pages.effects_of_unlock,
            done="Le compte est rouvert.",
        ),
    ),
)
SESSION = VerbPages(
    "administration",
    "comptes/<int:pk>/sessions/<slug:digest>/",
    load=load_session,
    back=lambda actor, session: pages.url("account", session.person),
    crumb=lambda session: f"Session ouverte le {date_format(session.opened_at, 'd/m/Y')}",
    args_of=lambda session: [session.person, session.digest],
    verbs=(
        Verb(
            account_actions.end_session,
            "terminer",
            label="Terminer cette session",
            form=ConfirmForm,
            can=can_administer,
            effects=pages.effects_of_end_session,
            done="La session est terminée.",
        ),
    ),
)
RESET = VerbPages(
    "administration",
    "seconds-facteurs/<int:pk>/",
    load=load_reset,
    back=lambda actor, reset: pages.url("reset", reset.pk),
    workflow=FACTOR_RESET,
    crumb=lambda reset: f"Second facteur {of(reset.person.name)}",
    verbs=(
        Verb(
            account_actions.approve_reset,
            "approuver",
            can=can_decide_reset,
            blockers=account_rules.blockers_of_decision,
            effects=pages.effects_of_approval,
            done="Le second facteur est remis à zéro.",
        ),
        Verb(
            account_actions.decline_reset,
            "refuser",
            can=can_decide_reset,
            effects=pages.effects_of_decline,
            done="La demande est refusée.",
        ),
    ),
)
LINK = VerbPages(
    "administration",
    "liens/<int:pk>/",
    load=load_link,
    back=lambda actor, link: pages.url("links"),
    crumb=lambda link: link.name,
    verbs=(
        Verb(
            account_actions.revoke_link,
            "revoquer",
            label="Révoquer ce lien",
            danger=True,
            form=ReasonForm,
            can=can_administer,
            effects=pages.effects_of_revocation,
            done="Le lien est révoqué.",
        ),
    ),
)


@role_required("administration")
def people(request: Request) -> HttpResponse:
    """List the accounts, filtered by a part of the name or address, and the resets to decide."""
    q = request.GET.get("q", "").strip()
    page = Paginator(accounts.people(q), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "q": q,
        "page": page,
        "columns": ["Personne", "Adresse", "Compte", "Depuis"],
        "resets": accounts.resets_to_decide(),
    }
    return render_page(request, "administration/accounts.html", context)


@role_required("administration")
def account(request: Request, pk: int) -> HttpResponse:
    """Show an account: its person, roles, sessions and latest journal entries."""
    person = load_person(request, pk)
    actor = request.actor
    sessions = accounts.sessions_of(person)
    lines = Entry.objects.about(person).order_by("-rank")[:20]
    context = {
        "person": person,
        "facts": pages.facts_of_person(person, accounts.has_factor(person)),
        "roles": [(role_types()[each.kind].label, each.name) for each in roles_of(person)],
        "sessions": [(each, SESSION.url(actor, "end_session", each)) for each in sessions[:30]],
        "resets": FactorReset.objects.filter(person=person)[:10],
        "lines": [(each, verb_label(each.verb, each.kind)) for each in lines],
        "verbs": ACCOUNT.buttons(actor, person),
    }
    return render_page(request, "administration/account.html", context)


@role_required("administration")
def reset(request: Request, pk: int) -> HttpResponse:
    """Show a request to reset a second factor, with buttons to approve or decline it."""
    instance = load_reset(request, pk)
    context = {
        "title": f"Second facteur {of(instance.person.name)}",
        "back": pages.url("account", instance.person_id),
        "crumb": instance.person.name,
        "facts": pages.facts_of_reset(instance),
        "verbs": RESET.buttons(request.actor, instance),
    }
    return render_page(request, "administration/facts.html", context)


@role_required("administration")
def links(request: Request) -> HttpResponse:
    """List the valid personal links, mostly those of field partners."""
    q = request.GET.get("q", "").strip()
    page = Paginator(accounts.valid_links(q), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(each, LINK.url(request.actor, "revoke_link", each)) for each in page]
    columns = ["Nom", "Adresse", "Dossier", "Expire le", "Révoquer"]
    context = {"q": q, "page": page, "rows": rows, "columns": columns}
    return render_page(request, "administration/links.html", context)
