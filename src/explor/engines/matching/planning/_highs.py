"""Calls to the solver HiGHS through scipy, for linear and for integer problems."""

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
    """An optimal solution of a linear program, with its proof.

    `value` is the cost, `x` the value of each variable, `reduced` the reduced cost of each column,
    `prices` the dual value of each row.
    """

    value: float
    x: Floats
    reduced: Floats
    prices: Floats


@dataclass(frozen=True, kw_only=True)
class IntegerResult:
    """A solution `x` of an integer program, with a bound on the optimum.

    `bound` is a lower bound of the cost; `proven` is whether `x` is proven optimal.
    """

    x: Floats
    bound: float
    proven: bool


class TimeOut(Exception):
    """Raised when the time limit is reached before any answer."""


class Impossible(ValueError):
    """The error raised when it is proven that no solution satisfies the constraints."""


def linear(
    cost: Floats,
    matrix: sparse.csr_array,
    low: Floats,
    high: Floats,
    upper: Floats,
    limit: float,
    first: Bools | None = None,
) -> Relaxed:
    """Minimise cost.x with low <= matrix x <= high and 0 <= x <= upper (infinite bounds allowed).

    `limit` is in seconds. `first`: the columns that the optimum probably uses. For performance the
    program is first solved on these columns only; columns that could improve the result, according
    to the dual values, are then added until there are none, so the result is optimal for all
    columns. Raises Impossible when nothing satisfies the rows, TimeOut when the time is over.
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
    """Solve the linear program of `linear` restricted to the columns at the positions `columns`.

    Returns the cost, the values of these columns, and the price (dual value) of every row. Raises
    Impossible when nothing satisfies the rows, TimeOut after `limit` seconds.
    """
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
    """Return the mask of the rows of `matrix` whose bounds can exclude a solution.

    A row without coefficients can do so only when zero is out of its bounds.
    """
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
    """Minimise cost.x under the bounds of `linear`, with integers for x.

    The solver stops when the relative gap between the cost and its bound is `close` or less.
    Returns None when the time (`limit`, in seconds) ends before any solution; raises Impossible
    when there is none.
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
    """Return the module scipy.optimize, imported on first use to save 20 MB of memory.

    It is typed as Any, since its type overloads do not accept sparse matrices.
    """
    return scipy.optimize
