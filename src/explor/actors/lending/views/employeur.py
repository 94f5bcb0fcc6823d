"""Pages where an employer reads and sets its lending rules."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.organisations.models import Organisation
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.forms import CreateForm
from explor.ground.workflow.pages import Verb, VerbPages

from .. import actions, pages, rules, selectors
from ..forms import ApproverForm, PeriodForm, RulesForm
from ..models import Approver, ClosedPeriod, LendingRules


def load(request: Request) -> LendingRules:
    """Return the rules of the employer of the current role, blank when none are set.

    Raises:
        Http404: the actor may not see this employer.
    """
    own = Organisation.objects.visible_to(request.actor).select_related("network")
    return selectors.rules_of(get_object_or_404(own, pk=request.actor.scope))


def load_period(request: Request, pk: int) -> ClosedPeriod:
    """Return a closed period of the employer, else 404."""
    visible = LendingRules.objects.visible_to(request.actor)
    rows = ClosedPeriod.objects.filter(rules__in=visible).select_related("rules__employer")
    return get_object_or_404(rows, pk=pk)


def load_approver(request: Request, pk: int) -> Approver:
    """Return an approver of the employer, else 404."""
    visible = LendingRules.objects.visible_to(request.actor)
    rows = Approver.objects.filter(rules__in=visible).select_related("rules__employer")
    return get_object_or_404(rows, pk=pk)


RULES = VerbPages(
    "lending",
    "regles/",
    load=load,
    back=pages.url_of,
    roles=("employeur",),
    crumb=lambda lending: "Vos règles",
    args_of=lambda lending: [],
    verbs=(
        Verb(
            actions.set_lending_rules,
            "modifier",
            label="Enregistrer",
            title="Vos règles de prêt",
            form=RulesForm,
            can=rules.can_set,
            effects=pages.SET,
            button=False,
            done="Vos règles sont enregistrées.",
        ),
        Verb(
            actions.add_closed_period,
            "periodes/ajouter",
            label="Fermer ces jours",
            title="Une période où personne ne part",
            form=PeriodForm,
            can=rules.can_set,
            effects=pages.PERIOD,
            button=False,
            done="La période est fermée.",
        ),
        Verb(
            actions.add_approver,
            "services/ajouter",
            label="Ajouter",
            title="L’accord d’un service",
            form=ApproverForm,
            can=rules.can_set,
            effects=pages.APPROVER,
            button=False,
            done="Cet accord sera demandé.",
        ),
    ),
)
PERIODS = VerbPages(
    "lending",
    "regles/periodes/<int:pk>/",
    load=load_period,
    back=pages.url_of_row,
    roles=("employeur",),
    crumb=lambda period: "Vos règles",
    verbs=(
        Verb(
            actions.remove_closed_period,
            "retirer",
            label="Rouvrir ces jours",
            title=pages.title_of_remove_period,
            form=CreateForm,
            can=lambda actor, period: rules.can_set(actor, period.rules),
            effects=pages.REOPENED,
            done="Ces jours sont de nouveau ouverts.",
        ),
    ),
)
APPROVERS = VerbPages(
    "lending",
    "regles/services/<int:pk>/",
    load=load_approver,
    back=pages.url_of_row,
    roles=("employeur",),
    crumb=lambda approver: "Vos règles",
    verbs=(
        Verb(
            actions.remove_approver,
            "retirer",
            label="Retirer cet accord",
            title=pages.title_of_remove_approver,
            form=CreateForm,
            can=lambda actor, approver: rules.can_set(actor, approver.rules),
            effects=pages.NO_LONGER,
            done="Cet accord n’est plus demandé.",
        ),
    ),
)


@role_required("employeur")
def own_rules(request: Request) -> HttpResponse:
    """Show the rules of the employer, with a link to change each of them."""
    lending, actor = load(request), request.actor
    names = ("set_lending_rules", "add_closed_period", "add_approver")
    context = {
        **pages.context_of(lending),
        "urls": {name: RULES.url(actor, name, lending) for name in names}
        | {"edit": reverse("organisations:employeur_edit", args=[actor.key])},
        "own": True,
    }
    return render_page(request, "lending/rules.html", context)
