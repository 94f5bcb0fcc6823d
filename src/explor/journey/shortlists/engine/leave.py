"""The leave schemes of everyone in a pool, as the matching engine reads them."""

from collections.abc import Iterable, Mapping
from datetime import date

from explor.actors.experts.models import Expert
from explor.actors.organisations.models import Organisation
from explor.engines import matching
from explor.journey.leave_readings.engine import latest_dates, read_leave_of_all
from explor.journey.needs.models import Need

from .records import expert_id


def leave_for_need(
    need: Need, experts: Iterable[Expert], employers: Mapping[int, Organisation], on: date
) -> dict[str, tuple[matching.Scheme, ...]]:
    """Return the leave schemes by expert id, read for the latest departure of a need.

    They are read again for the dates chosen, when the release is asked.
    """
    dates = latest_dates(need)
    if dates is None:
        return {}
    by_expert: dict[str, tuple[matching.Scheme, ...]] = {}
    same: dict[tuple[matching.Scheme, ...], tuple[matching.Scheme, ...]] = {}
    for pk, readings in read_leave_of_all(experts, employers, need.association, dates, on=on):
        schemes = tuple(
            matching.Scheme(code=each.code, verdict=each.verdict, file_by=each.file_by)
            for each in readings
        )
        by_expert[expert_id(pk)] = same.setdefault(schemes, schemes)  # few differ: kept once
    return by_expert
