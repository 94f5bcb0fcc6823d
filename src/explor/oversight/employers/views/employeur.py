"""Pages of an employer: summary in ten lines, calendar, yearly impact, value of a gift."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from explor.actors.lending.selectors import rules_of
from explor.ground.http.limits import COSTLY, limited
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.missions.models import Mission
from explor.journey.proposals.models import Proposal

from .. import actions, pages, rules, selectors
from ..forms import GiftForm
from ..models import MissionGift

PRIVATE = {"Cache-Control": "private, no-store"}
AROUND = timedelta(days=366)  # period of the calendar file, before and after today


def load_gift(request: Request, pk: int) -> MissionGift:
    """Return the gift of a mission that the actor may see, a blank one when none was entered.

    Raises:
        Http404: the actor may not see this mission.
    """
    visible = Mission.objects.visible_to(request.actor).select_related("employer", "need")
    return selectors.gift_of(get_object_or_404(visible, pk=pk))


GIFTS = VerbPages(
    "employers",
    "missions/<int:pk>/don/",
    load=load_gift,
    back=pages.list_url,
    roles=("employeur",),
    crumb=lambda gift: gift.mission.need.title,
    args_of=lambda gift: [gift.mission_id],
    verbs=(
        Verb(
            actions.value_gift,
            "",
            label="Enregistrer",
            title=pages.title_of_value,
            form=GiftForm,
            can=rules.can_value,
            effects=pages.EFFECTS,
            done="Les valeurs sont enregistrées.",
        ),
    ),
)


@role_required("employeur")
def brief(request: Request) -> HttpResponse:
    """Show the summary in ten lines for this employer in general, without a person or dates."""
    own = selectors.own_employer(request.actor)
    lines = pages.brief_of(own, rules_of(own))
    return render_page(request, "employers/brief.html", {"lines": lines, "employer": own})


@role_required("employeur")
def brief_of(request: Request, pk: int) -> HttpResponse:
    """Show the summary in ten lines for one proposal: its person and dates."""
    rows = Proposal.objects.visible_to(request.actor).with_related()
    proposal = get_object_or_404(rows, pk=pk)
    own = selectors.own_employer(request.actor)
    lines = pages.brief_of(own, rules_of(own), pages.case_of_proposal(proposal))
    context = {"lines": lines, "employer": own, "proposal": proposal}
    return render_page(request, "employers/brief.html", context)


@role_required("employeur")
def calendar(request: Request) -> HttpResponse:
    """Show the missions, proposals and closed periods of a year, by month and as a list."""
    actor = request.actor
    year = rules.year_of(request.GET.get("annee", ""), timezone.localdate())
    days = date(year, 1, 1), date(year, 12, 31)
    planned = selectors.planned_between(actor, *days)
    closed = selectors.closed_between(actor.scope or 0, *days)
    context = {
        "year": year,
        "months": pages.months_of(actor, year, planned, closed),
        "rows": pages.rows_of_calendar(actor, planned),
        "closed": [(pages.span(start, end), words) for start, end, words in closed],
        "columns": pages.CALENDAR_COLUMNS,
    }
    return render_page(request, "employers/calendar.html", context)


@role_required("employeur")
def calendar_file(request: Request) -> HttpResponse:
    """Return the calendar of the year before and the year after today as an iCalendar file."""
    actor, today = request.actor, timezone.localdate()
    announced = selectors.announced_between(actor, today - AROUND, today + AROUND)
    content = pages.calendar_file(actor, request.role.name, announced)
    disposition = {"Content-Disposition": 'attachment; filename="missions.ics"'}
    return HttpResponse(
        content, content_type="text/calendar; charset=utf-8", headers=PRIVATE | disposition
    )


@role_required("employeur")
def impact(request: Request) -> HttpResponse:
    """Show the results of the missions of a year, and what the employer gave for each."""
    actor = request.actor
    year = rules.year_of(request.GET.get("annee", ""), timezone.localdate())
    missions = selectors.missions_of_year(actor, year)
    lines = selectors.gift_lines(actor, year, missions)
    context = {
        "year": year,
        "impact": pages.impact_of(missions, selectors.published_sheets(missions), year),
        "rows": pages.rows_of_gifts(actor, lines),
        "totals": pages.totals(lines, by="association"),
        "columns": pages.COLUMNS,
    }
    return render_page(request, "employers/impact.html", context)


@limited(COSTLY)
@role_required("employeur")
def impact_file(request: Request) -> HttpResponse:
    """Return the impact sheet of a year as a PDF of one page."""
    today = timezone.localdate()
    year = rules.year_of(request.GET.get("annee", ""), today)
    missions = selectors.missions_of_year(request.actor, year)
    figures = pages.impact_of(missions, selectors.published_sheets(missions), year)
    own = selectors.own_employer(request.actor)
    disposition = {"Content-Disposition": f'attachment; filename="bilan-{year}.pdf"'}
    return HttpResponse(
        pages.impact_paper(own, figures, year, today),
        content_type="application/pdf",
        headers=PRIVATE | disposition,
    )
