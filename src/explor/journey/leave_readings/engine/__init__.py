"""The only bridge to the leave engine: readings of the schemes, and the tables of the law."""

from explor.engines.leave import FIELD, fields_of
from explor.engines.leave import SCHEMES as LEAVE_SCHEMES
from explor.engines.leave import Clause as LeaveClause
from explor.engines.leave import Paper as LeavePaper
from explor.engines.leave import Scheme as LeaveScheme
from explor.engines.leave import SchemeVerdict as LeaveReading
from explor.engines.leave import Wording as LeaveWording

from .readings import (
    FRANCE,
    STATUSES,
    MissionDates,
    all_papers,
    as_kept,
    ending_schemes,
    has_reading,
    latest_dates,
    leave_papers,
    leave_schemes,
    leave_wording,
    mission_dates,
    public_body_of,
    read_for_employer,
    read_leave,
    read_leave_of_all,
    subjects_of,
)
from .tables import (
    Cell,
    begin_request,
    cell_of,
    cells_of_scheme,
    cells_of_thresholds,
    end_request,
    faults_of_change,
    forget_tables,
    scheme_of,
    schemes_of_time,
    software_value,
    tables,
)

__all__ = [
    "FIELD",
    "FRANCE",
    "LEAVE_SCHEMES",
    "STATUSES",
    "Cell",
    "LeaveClause",
    "LeavePaper",
    "LeaveReading",
    "LeaveScheme",
    "LeaveWording",
    "MissionDates",
    "all_papers",
    "as_kept",
    "begin_request",
    "cell_of",
    "cells_of_scheme",
    "cells_of_thresholds",
    "end_request",
    "ending_schemes",
    "faults_of_change",
    "fields_of",
    "forget_tables",
    "has_reading",
    "latest_dates",
    "leave_papers",
    "leave_schemes",
    "leave_wording",
    "mission_dates",
    "public_body_of",
    "read_for_employer",
    "read_leave",
    "read_leave_of_all",
    "scheme_of",
    "schemes_of_time",
    "software_value",
    "subjects_of",
    "tables",
]
