"""Plans of a season: the best plan with its proof, its check, and its comparison with others.

A plan also has reserve experts, the reasons for empty seats and the profiles to recruit.
"""

from ._assignment import Assignment, assign
from ._plan import plan
from ._preparation import PinError
from ._problem import Cancelled
from ._recruitment import would_serve
from ._scenarios import Difference, compare, scenarios, why_not
from ._validator import faults_of

__all__ = [
    "Assignment",
    "Cancelled",
    "Difference",
    "PinError",
    "assign",
    "compare",
    "faults_of",
    "plan",
    "scenarios",
    "why_not",
    "would_serve",
]
