"""Calls to the solver HiGHS through scipy; a failure of the solver raises an exception."""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy
from scipy import sparse

from explor.engines.matching.records import Bools, Floats, Ints

TINY = 1e-9


@dataclass(frozen=True, kw_only=True)
class Relaxed:
    """A linear optimum: its value, its point, the reduced costs of columns, the prices of rows."""

    value: float
    x: Floats
    reduced: Floats
    prices: Floats


@dataclass(frozen=True, kw_only=True)
class IntegerResult:
    """An integer solution, a lower bound of the cost, and whether it is proven the best."""

    x: Floats
    bound: float
    proven: bool


class TimeOut(Exception):
    """Raised when the time limit is reached before any answer."""


class Impossible(ValueError):
    """Raised when it is proven that no plan satisfies the limits."""


def linear(
    cost: Floats,
    matrix: sparse.csr_array,
    low: Floats,
    high: Floats,
    upper: Floats,
    limit: float,
    first: Bools | None = None,
) -> Relaxed:
    """Minimise cost.x with low <= matrix x <= high and 0 <= x <= upper (infinite ends allowed).

    `first`: the columns that the optimum probably uses. For performance they are solved alone; then
    the columns that could improve the result, by the prices found, are added until there are none,
    so that the optimum is that of all columns. Raises Impossible when nothing satisfies the rows,
    TimeOut when the time is over.
    """
    over = time.monotonic() + limit
    columns = np.arange(cost.size) if first is None else np.flatnonzero(first)
    while True:
        left = max(0.01, over - time.monotonic())
        try:
            value, x, prices = _solved(cost, matrix, low, high, upper, left, columns)
        except Impossible:
            if columns.size == cost.size:
                raise
            columns = np.arange(cost.size)  # no proof: other columns could satisfy the rows
            continue
        reduced = cost - matrix.T @ prices
        called = reduced < -TINY
        called[columns] = False
        if not called.any():
            point = np.zeros(cost.size)
            point[columns] = x
            return Relaxed(value=value, x=point, reduced=reduced, prices=prices)
        columns = np.union1d(columns, np.flatnonzero(called))


def _solved(
    cost: Floats,
    matrix: sparse.csr_array,
    low: Floats,
    high: Floats,
    upper: Floats,
    limit: float,
    columns: Ints,
) -> tuple[float, Floats, Floats]:
    """Solve with these columns alone; return the value, the point and the price of every row."""
    part = matrix if columns.size == cost.size else matrix[:, columns]
    needed = _needed(part, low, high)
    equal = needed & (low == high)
    most, least = needed & ~equal & np.isfinite(high), needed & ~equal & np.isfinite(low)
    result = _solvers().linprog(
        cost[columns],
        A_ub=sparse.vstack([part[most], -part[least]], format="csr"),
        b_ub=np.concatenate([high[most], -low[least]]),
        A_eq=part[equal],
        b_eq=high[equal],
        bounds=np.column_stack([np.zeros(columns.size), upper[columns]]),
        method="highs-ds",
        options={"time_limit": limit},
    )
    if result.status == 2:
        raise Impossible("no plan satisfies these limits")
    if result.status != 0:
        raise TimeOut
    prices = np.zeros(matrix.shape[0])
    prices[equal] = result.eqlin.marginals
    prices[most] += result.ineqlin.marginals[: int(most.sum())]
    prices[least] -= result.ineqlin.marginals[int(most.sum()) :]
    return float(result.fun), result.x, prices


def _needed(matrix: sparse.csr_array, low: Floats, high: Floats) -> Bools:
    """Return the rows that constrain; an empty row only does when zero is out of its bounds."""
    needed: Bools = (np.diff(matrix.indptr) > 0) | (low > 0) | (high < 0)
    return needed


def integer(
    cost: Floats,
    matrix: sparse.csr_array,
    low: Floats,
    high: Floats,
    upper: Floats,
    limit: float,
    close: float = 0.0,
) -> IntegerResult | None:
    """Minimise as `linear` does, in whole numbers, within a share `close` of the bound.

    Returns None when the time ends before any solution; raises Impossible when there is none.
    """
    used, solvers = _needed(matrix, low, high), _solvers()
    result = solvers.milp(
        cost,
        constraints=solvers.LinearConstraint(matrix[used], low[used], high[used]),
        bounds=solvers.Bounds(0, upper),
        integrality=np.ones(cost.size),
        options={"time_limit": limit, "mip_rel_gap": close},
    )
    if result.status == 2:
        raise Impossible("no plan satisfies these limits")
    if result.x is None:
        return None
    bound = result.mip_dual_bound
    return IntegerResult(
        x=np.rint(result.x),
        bound=-np.inf if bound is None else float(bound),
        proven=result.status == 0,
    )


def _solvers() -> Any:
    """Return scipy.optimize, loaded at the first use to spare memory: pages do not need its 20 MB.

    It is typed as Any, since its type overloads do not accept sparse matrices.
    """
    return scipy.optimize
