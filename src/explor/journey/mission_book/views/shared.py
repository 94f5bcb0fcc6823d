"""The pages of a mission book for its expert and its network; actions on entries and devices."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from explor.ground.audit.views import reading
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui.submit import submit
from explor.ground.workflow.pages import Verb, VerbPages, typed_changes
from explor.journey.missions.models import Mission

from .. import actions, pages, rules, selectors
from ..forms import CorrectionForm, EntryForm
from ..models import Device, DiaryEntry


def load(request: Request, pk: int) -> Mission:
    """Return a mission that the current actor may see, or raise 404."""
    visible = selectors.with_related(Mission.objects.visible_to(request.actor))
    return get_object_or_404(visible, pk=pk)


def load_entry(request: Request, mission: int, pk: int) -> DiaryEntry:
    """Return a diary entry that the current actor may see, or raise 404."""
    visible = DiaryEntry.objects.visible_to(request.actor).select_related("mission__need")
    return get_object_or_404(visible, mission=mission, pk=pk)


def load_device(request: Request, mission: int, pk: int) -> Device:
    """Return a mission book device that the current actor may see, or raise 404."""
    visible = Device.objects.visible_to(request.actor).select_related("mission__need", "person")
    return get_object_or_404(visible, mission=mission, pk=pk)


ENTRIES = VerbPages(
    "mission_book",
    "missions/<int:mission>/carnet/<int:pk>/",
    load=load_entry,
    back=lambda actor, entry: pages.book_url(actor, entry.mission),
    args_of=lambda entry: [entry.mission_id, entry.pk],
    crumb=pages.crumb_of,
    roles=("expert",),
    verbs=(
        Verb(
            actions.correct_entry,
            "",
            label="Enregistrer",
            title=pages.title_of,
            form=CorrectionForm,
            arguments=typed_changes,
            can=rules.can_correct,
            template="mission_book/correction.html",
            context=pages.context_of_correction,
            done="La note est corrigée.",
        ),
    ),
)

DEVICES = VerbPages(
    "mission_book",
    "missions/<int:mission>/carnet/telephones/<int:pk>/",
    load=load_device,
    back=lambda actor, device: pages.book_url(actor, device.mission),
    args_of=lambda device: [device.mission_id, device.pk],
    crumb=pages.crumb_of,
    roles=("expert", "reseau"),
    verbs=(
        Verb(
            actions.withdraw_device,
            "retirer",
            label="Retirer ce téléphone",
            danger=True,
            can=rules.can_withdraw,
            blockers=lambda actor, device: rules.missing_to_withdraw(device),
            effects=pages.effects_of_withdraw,
            done="Ce téléphone est retiré du carnet.",
        ),
    ),
)


def book(request: Request, pk: int) -> HttpResponse:
    """Show the diary of a mission to its expert, with the form to write an entry."""
    mission, actor = load(request, pk), request.actor
    form, today = None, timezone.localdate()
    may = rules.can_write(actor, mission, today)
    require(may or request.method != "POST")
    if may:
        form = EntryForm(request.POST or None, mission=mission, today=today)
        if submit(request, form, lambda: actions.write_entry(mission, by=actor, **form.values)):
            return done_redirect(request, pages.book_url(actor, mission), "La note est au carnet.")
    context = pages.context_of(actor, mission) | {"form": form}
    return render_page(request, "mission_book/expert_book.html", context)


def read(request: Request, pk: int) -> HttpResponse:
    """Show the diary of a mission to an officer of its network, and log that it was read.

    Nothing is logged when the network switched this log off.
    """
    mission, actor = load(request, pk), request.actor
    context = pages.context_of(actor, mission)
    page = render_page(request, "mission_book/reseau_book.html", context)
    return reading(page, by=actor, what="diary", about=mission, network=mission.network_id)
