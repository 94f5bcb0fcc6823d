"""The list, the page and the actions of missions, shared by the four roles."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.audit.views import file_of_list, reading
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui import hooks
from explor.ground.ui.amounts import counted
from explor.ground.workflow.pages import Verb, VerbPages

from .. import actions, pages, rules, selectors
from ..forms import (
    ClearForm,
    DepartForm,
    EndForm,
    InterruptForm,
    PostponeForm,
    ReturnForm,
    TickForm,
)
from ..models import ChecklistItem, Mission
from ..states import MISSION, State


def load(request: Request, pk: int) -> Mission:
    """Return the mission if the current actor may see it, or 404."""
    return get_object_or_404(
        selectors.with_related(Mission.objects.visible_to(request.actor)), pk=pk
    )


def load_item(request: Request, pk: int) -> ChecklistItem:
    """Return a checklist step, with its mission and related rows, or 404."""
    visible = Mission.objects.visible_to(request.actor)
    item = get_object_or_404(ChecklistItem.objects.filter(mission__in=visible), pk=pk)
    item.mission = load(request, item.mission_id)
    return item


VERBS = VerbPages(
    "missions",
    "missions/<int:pk>/",
    load=load,
    back=pages.url_of,
    workflow=MISSION,
    can=rules.can,
    crumb=pages.name_of,
    verbs=(
        Verb(
            actions.clear,
            "feu-vert",
            form=ClearForm,
            blockers=pages.blockers_of_clear,
            notes=pages.notes_of_clear,
            effects=pages.effects_of_clear,
        ),
        Verb(actions.suspend, "retirer-le-feu-vert", effects=pages.effects_of_suspend),
        Verb(
            actions.depart,
            "depart",
            form=DepartForm,
            blockers=pages.blockers_of_depart,
            effects=pages.effects_of_depart,
            done="Confirmer le départ : noté.",
        ),
        Verb(
            actions.undo_departure,
            "retirer-le-depart",
            blockers=pages.blockers_of_undo_departure,
            effects=pages.effects_of_undo_departure,
        ),
        Verb(
            actions.come_back,
            "retour",
            form=ReturnForm,
            effects=pages.effects_of_come_back,
            done="Confirmer le retour : noté.",
        ),
        Verb(
            actions.undo_return,
            "retirer-le-retour",
            label=pages.label_of_undo_return,
            blockers=pages.blockers_of_undo_return,
            effects=pages.effects_of_undo_return,
        ),
        Verb(
            actions.close,
            "clore",
            blockers=pages.blockers_of_close,
            effects=pages.effects_of_close,
        ),
        Verb(
            actions.close_without_report,
            "clore-sans-compte-rendu",
            can=rules.can_close_without_report,
            effects=pages.effects_of_close_without_report,
        ),
        Verb(
            actions.postpone,
            "reporter",
            form=PostponeForm,
            blockers=pages.blockers_of_lost_seat,
            arguments=lambda actor, form: form.move,
            effects=pages.effects_of_postpone,
            template="missions/postpone.html",
            context=pages.context_of_postpone,
        ),
        Verb(actions.cancel, "annuler", form=EndForm, effects=pages.effects_of_outcome("cancel")),
        Verb(
            actions.interrupt,
            "interrompre",
            form=InterruptForm,
            effects=pages.effects_of_outcome("interrupt"),
        ),
        Verb(
            actions.go_remote,
            "a-distance",
            form=EndForm,
            blockers=pages.blockers_of_lost_seat,
            effects=pages.effects_of_outcome("go_remote"),
        ),
    ),
)

STEPS = VerbPages(
    "missions",
    "missions/points/<int:pk>/",
    load=load_item,
    back=lambda actor, item: pages.url_of(actor, item.mission),
    crumb=lambda item: pages.name_of(item.mission),
    verbs=(
        Verb(
            actions.tick,
            "",
            label="Enregistrer",
            title=lambda actor, item: item.label,
            form=TickForm,
            can=rules.can_tick,
            on_word_of=pages.word_of_tick,
            done="C’est noté.",
        ),
    ),
)


def missions(request: Request) -> HttpResponse:
    """List the filtered missions that the current actor may see, or return them as a file."""
    filters = pages.filters_of(request.GET)
    results = selectors.search(request.actor, **filters)
    if file := file_of_list(request, "missions", pages.EXPORTED, results):
        return file
    rows = Paginator(results, 30).get_page(request.GET.get("page"))
    context = {
        "rows": [
            (mission, pages.url_of(request.actor, mission), pages.dates_of(mission))
            for mission in rows
        ],
        "page": rows,
        "filters": filters,
        "states": State.choices,
        "countries": selectors.countries_of(request.actor),
        "tools": hooks.get("missions.tools") if request.actor.role == "reseau" else [],
        "caption": counted(rows.paginator.count, "mission"),
        "columns": ["Mission", "Association", "Pays", "Dates", "État"],
    }
    return render_page(request, "missions/missions.html", context)


def mission(request: Request, pk: int) -> HttpResponse:
    """Show a mission: progress, preparation, who must act, what prevents the departure.

    An access to the travel data of the expert by anybody else is recorded, if the network records
    accesses.
    """
    instance, actor = load(request, pk), request.actor
    context = pages.context_of(request, instance)
    context["verbs"] = VERBS.buttons(actor, instance, refused=context["refused"])
    context["checklist"] = _lines(request, instance)
    page = render_page(request, "missions/mission.html", context)
    if actor.role == "expert" or not any(item.is_private for item, _ in context["checklist"]):
        return page
    network = instance.network_id
    return reading(page, by=actor, what="travel", about=instance, network=network)


def _lines(request: Request, mission: Mission) -> list[tuple[ChecklistItem, str]]:
    """Return the steps that the actor may see, each with the URL to tick it, "" if they may not."""
    every = selectors.checklist_of(mission)
    items = [each for each in every if rules.can_see(request.actor, each)]
    for item in items:
        item.mission = mission
    may = [STEPS.offers("tick", request.actor, item) for item in items]
    return [
        (item, STEPS.url(request.actor, "tick", item) if ticked else "")
        for item, ticked in zip(items, may, strict=True)
    ]
