"""Calls to HiGHS through scipy, with the statuses read: a value is never taken from a failure."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, sparse

from .roster import Bools, Floats

# scipy's own types of these two functions are overloads that sparse matrices do not satisfy.
_linprog: Any = optimize.linprog
_milp: Any = optimize.milp


@dataclass(frozen=True, kw_only=True)
class Relaxed:
    """A linear optimum: value, point, reduced costs at the lower bound and prices of the rows."""

    value: float
    x: Floats
    reduced: Floats
    upper_prices: Floats


@dataclass(frozen=True, kw_only=True)
class Whole:
    """An integer solution, a lower bound of the cost, and whether it is proven the best."""

    x: Floats
    bound: float
    proven: bool


class TimeOut(Exception):
    """The time limit came before any answer."""


class Impossible(ValueError):
    """No plan satisfies the limits: proven, whatever the time."""


def linear(
    cost: Floats,
    matrix: sparse.csr_array,
    low: Floats,
    high: Floats,
    upper: Floats,
    limit: float,
) -> Relaxed:
    """min cost.x with low <= matrix x <= high and 0 <= x <= upper (infinite ends allowed).

    Raises Impossible when nothing satisfies the rows, TimeOut when the time is over.
    """
    equal = low == high
    most, least = ~equal & np.isfinite(high), ~equal & np.isfinite(low)
    found = _linprog(
        cost,
        A_ub=sparse.vstack([matrix[most], -matrix[least]], format="csr"),
        b_ub=np.concatenate([high[most], -low[least]]),
        A_eq=matrix[equal],
        b_eq=high[equal],
        bounds=np.column_stack([np.zeros_like(upper), upper]),
        method="highs-ds",
        options={"time_limit": limit},
    )
    if found.status == 2:
        raise Impossible("no plan satisfies these limits")
    if found.status != 0:
        raise TimeOut
    prices = np.zeros(matrix.shape[0])
    prices[most] = found.ineqlin.marginals[: int(most.sum())]
    prices[equal] = found.eqlin.marginals
    return Relaxed(
        value=float(found.fun), x=found.x, reduced=found.lower.marginals, upper_prices=prices
    )


def integer(
    cost: Floats,
    matrix: sparse.csr_array,
    low: Floats,
    high: Floats,
    upper: Floats,
    limit: float,
    close: float = 0.0,
) -> Whole | None:
    """The same in whole numbers, within a share `close` of the bound.

    None when no solution was found in the time; raises Impossible when there is none.
    """
    used: Bools = np.diff(matrix.indptr) > 0
    found = _milp(
        cost,
        constraints=optimize.LinearConstraint(matrix[used], low[used], high[used]),
        bounds=optimize.Bounds(0, upper),
        integrality=np.ones(cost.size),
        options={"time_limit": limit, "mip_rel_gap": close},
    )
    if found.status == 2:
        raise Impossible("no plan satisfies these limits")
    if found.x is None:
        return None
    bound = found.mip_dual_bound
    return Whole(
        x=np.rint(found.x),
        bound=-np.inf if bound is None else float(bound),
        proven=found.status == 0,
    )
