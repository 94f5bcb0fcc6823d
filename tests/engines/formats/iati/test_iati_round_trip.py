"""IATI files that Explor writes, read back by Explor."""

from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explor.engines.formats import Goal, Money, PartialDate, Status
from explor.engines.formats.iati import (
    Activity,
    Party,
    Publisher,
    Role,
    Stage,
    Theme,
    activities_xml,
    check_iati,
    read_activities,
)
from explor.engines.formats.sheets import clean_line, clean_markdown
from explor.ground.reference.selectors import terms
from support.soak import length

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PUBLISHER = Publisher(
    ref="FR-RCS-732829320",
    name="Réseau exemple",
    vocabulary_uri="https://explor.example/api/v1/referentiels/sectors",
)
WORDS = ("Des puits", "l’eau", "de la vallée", "pour", "trois villages", "été", "équipes")
LINES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n\n".join)
THEMES = tuple(Theme(code=e.code, label=e.label, dac="14030") for e in terms("sectors").values())
COUNTRY_CODES = tuple(terms("countries"))
STATUSES = {
    Stage.PIPELINE: Status.UPCOMING,
    Stage.UNDER_WAY: Status.ONGOING,
    Stage.FINALISATION: Status.FINISHED,
    Stage.CLOSED: Status.FINISHED,
    Stage.CANCELLED: Status.TO_CONFIRM,
    Stage.SUSPENDED: Status.TO_CONFIRM,
}


@st.composite
def activities(draw):
    start = draw(st.dates(date(2000, 1, 1), date(2026, 1, 1)))
    days = draw(st.integers(0, 2000))
    end = date.fromordinal(start.toordinal() + days)
    carrier, funder = draw(LINES), draw(LINES)
    parties = [Party(name="Réseau exemple", role=Role.ACCOUNTABLE)]
    parties.append(Party(name=carrier, role=Role.IMPLEMENTING))
    if funder.casefold() != carrier.casefold():
        parties.append(Party(name=funder, role=Role.FUNDER))
    return Activity(
        number="P7",
        title=draw(LINES),
        stage=draw(st.sampled_from(Stage)),
        countries=tuple(
            draw(st.lists(st.sampled_from(COUNTRY_CODES), min_size=1, max_size=5, unique=True))
        ),
        themes=tuple(draw(st.lists(st.sampled_from(THEMES), min_size=1, max_size=4, unique=True))),
        parties=tuple(parties),
        description=draw(TEXTS),
        objectives=draw(TEXTS),
        start=PartialDate.from_date(start),
        end=PartialDate.from_date(end),
        goals=tuple(
            Goal(number=n) for n in draw(st.lists(st.integers(1, 17), max_size=4, unique=True))
        ),
        budget=draw(
            st.none() | st.decimals(0, 10**9, places=2).map(lambda d: Money(amount=Decimal(d)))
        ),
        results=tuple(draw(st.lists(TEXTS, max_size=1))),
    )


@settings(max_examples=length(40, 2000), deadline=None, suppress_health_check=list(HealthCheck))
@given(activities())
def test_an_iati_activity_that_explor_writes_is_read_back_with_equal_fields(activity):
    data = activities_xml([activity], publisher=PUBLISHER, now=NOW)
    assert check_iati(data, today=NOW.date()).errors == ()
    (read,) = read_activities(data)
    sheet = read.sheet
    assert read.source_id == "FR-RCS-732829320-EXPLOR-P7"
    assert (sheet.title, sheet.start, sheet.end) == (
        clean_line(activity.title),
        activity.start,
        activity.end,
    )
    assert (sheet.status, sheet.countries) == (STATUSES[activity.stage], activity.countries)
    assert sheet.sectors == tuple(theme.label for theme in activity.themes)
    assert (sheet.goals, sheet.budget) == (activity.goals, activity.budget)
    assert sheet.context == clean_markdown(activity.description)
    assert sheet.objectives == clean_markdown(activity.objectives)
    assert sheet.results == (clean_markdown(activity.results[0]) if activity.results else None)
    own = {role: [p.name for p in activity.parties if p.role == role] for role in Role}
    assert sheet.lead_organisation.name == own[Role.IMPLEMENTING][0]
    assert list(sheet.other_funders) == own[Role.FUNDER]
    assert sheet.local_partners is None


def test_a_result_of_several_paragraphs_satisfies_the_schema(shared):
    activity = Activity(
        number="P7",
        hierarchy=2,
        title="Des puits",
        stage=Stage.CANCELLED,
        countries=("SN",),
        themes=THEMES[:2],
        parties=(Party(name="Réseau exemple", role=Role.ACCOUNTABLE),),
        description="Un.\n\nDeux.",
        start=PartialDate(year=2026, month=3),
        results=("Deux équipes.\n\nUn plan.",),
    )
    data = activities_xml([activity], publisher=PUBLISHER, now=NOW)
    check = check_iati(data, today=NOW.date(), schemas=shared("data/iati/iati-2.03"))
    assert (check.findings, check.schema) == ((), True)
