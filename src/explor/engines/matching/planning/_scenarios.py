"""Comparison of two plans, and of a plan with the plan in which a pair is imposed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from explor.engines.matching.records import Expert, Need, Plan, Progress, Settings

from ._plan import plan
from ._preparation import Pair, PinError


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Changes from one plan to another; counts and totals are the second minus the first.

    `added`, `removed` and `moved` (new dates) are pairs of ids (need, expert); `lines` are French
    sentences, one per need changed and one per pair moved.
    """

    added: tuple[Pair, ...]
    removed: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    needs_served: int
    seats: int
    total: float
    lines: tuple[str, ...]


def compare(before: Plan, after: Plan) -> Difference:
    """Return the changes from the plan `before` to the plan `after`."""
    old = {(a.need, a.expert): a for a in before.assignments}
    new = {(a.need, a.expert): a for a in after.assignments}
    added, removed = sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys())
    moved = sorted(
        pair
        for pair in old.keys() & new.keys()
        if (old[pair].start, old[pair].end) != (new[pair].start, new[pair].end)
    )
    lines = []
    for need in sorted({n for n, _ in added} | {n for n, _ in removed}):
        gone = [e for n, e in removed if n == need]
        come = [e for n, e in added if n == need]
        lines.append(f"{need} : {', '.join(gone) or 'personne'} → {', '.join(come) or 'personne'}.")
    lines += [f"{need} : {expert} change de dates." for need, expert in moved]
    total = sum(a.score for a in new.values()) - sum(a.score for a in old.values())
    return Difference(
        added=tuple(added),
        removed=tuple(removed),
        moved=tuple(moved),
        needs_served=len({n for n, _ in new}) - len({n for n, _ in old}),
        seats=len(new) - len(old),
        total=round(total, 4),
        lines=tuple(lines),
    )


def scenarios(
    needs: Sequence[Need],
    experts: Sequence[Expert],
    variants: Mapping[str, Settings],
    pins: Iterable[Pair] = (),
    bans: Iterable[Pair] = (),
    *,
    progress: Progress | None = None,
) -> dict[str, Plan]:
    """Return one plan per variant of the settings, by name of variant.

    `pins` (imposed) and `bans` (excluded) are pairs of ids (need, expert). Among equally good plans
    for a variant, the plan with the most pairs of the first variant's plan is returned. Raises the
    same errors as `plan`.
    """
    plans: dict[str, Plan] = {}
    pins, bans = list(pins), list(bans)
    for k, (name, settings) in enumerate(variants.items()):
        if progress is not None:
            progress(k / len(variants), name)
        first = next(iter(plans.values()), None)
        plans[name] = plan(needs, experts, settings, pins, bans, previous=first or ())
    return plans


def why_not(
    needs: Sequence[Need],
    experts: Sequence[Expert],
    settings: Settings,
    base: Plan,
    pair: Pair,
    pins: Iterable[Pair] = (),
    bans: Iterable[Pair] = (),
) -> tuple[str, ...]:
    """Return French sentences on why a (need, expert) pair is not in the plan `base`.

    The season is solved again with the pair imposed: the sentences describe the losses and changes,
    or why it is impossible. `pair`, `pins` and `bans` are pairs of ids.
    """
    if pair in {(a.need, a.expert) for a in base.assignments}:
        return ("Cette personne est déjà retenue pour ce besoin.",)
    try:
        forced = plan(needs, experts, settings, [*pins, pair], bans, previous=base)
    except PinError as refused:
        return refused.reasons
    change = compare(base, forced)
    cost = []
    if change.needs_served < 0:
        lost = -change.needs_served
        words = "besoin resterait" if lost == 1 else "besoins resteraient"
        cost.append(f"{lost} {words} sans personne.")
    if change.seats < 0:
        fewer = -change.seats
        words = "place de moins serait pourvue"
        if fewer > 1:
            words = "places de moins seraient pourvues"
        cost.append(f"{fewer} {words}.")
    if not cost:
        points = f"{100 * change.total:+.1f}".replace(".", ",")
        cost.append(f"Le score total changerait de {points} points.")
    return (*cost, *change.lines)
