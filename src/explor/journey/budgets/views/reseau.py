"""Pages where a network manages the budgets of its missions."""

from django.shortcuts import get_object_or_404

from explor.ground.http.request import Request
from explor.ground.workflow.pages import Verb, VerbPages, typed_changes
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import name_of, url_of

from .. import actions, pages, rules
from ..forms import LineEdit, LineNew
from ..models import BudgetLine


def load_mission(request: Request, pk: int) -> Mission:
    """Return a mission of this network, or raise 404."""
    visible = Mission.objects.visible_to(request.actor).select_related("need")
    return get_object_or_404(visible, pk=pk)


def load_line(request: Request, pk: int) -> BudgetLine:
    """Return a budget line of a mission of this network, or raise 404."""
    visible = BudgetLine.objects.visible_to(request.actor).select_related("mission__need")
    return get_object_or_404(visible, pk=pk)


MISSIONS = VerbPages(
    "budgets",
    "budget/missions/<int:pk>/",
    load=load_mission,
    back=url_of,
    crumb=name_of,
    roles=("reseau",),
    verbs=(
        Verb(
            actions.plan,
            "",
            label="Enregistrer",
            title="Un poste du budget",
            form=LineNew,
            can=rules.can_keep,
            done="Le poste est au budget.",
        ),
    ),
)

LINES = VerbPages(
    "budgets",
    "budget/<int:pk>/",
    load=load_line,
    back=lambda actor, line: url_of(actor, line.mission),
    crumb=lambda line: name_of(line.mission),
    roles=("reseau",),
    verbs=(
        Verb(
            actions.book,
            "",
            label="Enregistrer",
            title="Un poste du budget",
            form=LineEdit,
            arguments=typed_changes,
            can=rules.can_change,
            template="budgets/reseau_line.html",
            context=lambda actor, line: {"line": line},
            done="C’est enregistré.",
        ),
        Verb(
            actions.drop,
            "retirer",
            label="Retirer le poste",
            title=pages.title_of_drop,
            danger=True,
            can=rules.can_change,
            blockers=lambda actor, line: rules.missing_to_drop(line),
            effects=pages.DROP,
            done="Le poste est retiré.",
        ),
    ),
)
