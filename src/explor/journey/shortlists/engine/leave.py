"""The leave schemes evaluated for each expert of a pool, in the format of the matching engine."""

from collections.abc import Iterable, Mapping
from datetime import date

from explor.actors.experts.models import Expert
from explor.actors.organisations.models import Organisation
from explor.engines import matching
from explor.journey.leave_readings.engine import latest_dates, read_leave_of_all
from explor.journey.leave_readings.rules import with_house_rules
from explor.journey.leave_readings.selectors import house_objections_of_all
from explor.journey.needs.models import Need

from .records import expert_id


def leave_for_need(
    need: Need, experts: Iterable[Expert], employers: Mapping[int, Organisation], on: date
) -> dict[str, tuple[matching.Scheme, ...]]:
    """Return the leave schemes by expert id, evaluated for the latest departure of a need.

    Empty when the need has no dates. The schemes are evaluated again for the chosen dates, when the
    release is requested. An objection of the employer's lending rules leaves a scheme to check.

    Args:
        employers: the employers of the experts, by primary key.
    """
    dates = latest_dates(need)
    if dates is None:
        return {}
    by_expert: dict[str, tuple[matching.Scheme, ...]] = {}
    same: dict[tuple[matching.Scheme, ...], tuple[matching.Scheme, ...]] = {}
    earliest = max(need.window_start or on, on)
    people = list(experts)
    house = house_objections_of_all(people, need, on)
    for pk, read in read_leave_of_all(people, employers, need, dates, on=on, earliest=earliest):
        readings = with_house_rules(read, house.get(pk, ()))
        schemes = tuple(
            matching.Scheme(code=each.code, verdict=each.verdict, file_by=each.file_by)
            for each in readings
        )
        by_expert[expert_id(pk)] = same.setdefault(schemes, schemes)  # share equal tuples
    return by_expert
