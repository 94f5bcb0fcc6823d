"""A sheet as JSON and back, without loss."""

from dataclasses import fields
from decimal import Decimal
from typing import Any

from explor.engines.interchange.dates import PartialDate
from explor.engines.interchange.money import Money
from explor.engines.interchange.sheet import Carrier, Goal, Link, Sheet, Status, StructureType


def sheet_to_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as JSON values; a blank is left out."""
    told = {f.name: _told(getattr(sheet, f.name)) for f in fields(sheet)}
    return {name: value for name, value in told.items() if value not in (None, [], {})}


def _told(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.iso()
    if isinstance(value, Money):
        return {"amount": str(value.amount), "currency": value.currency}
    if isinstance(value, tuple):
        return [_told(each) for each in value]
    if isinstance(value, Carrier | Goal | Link | StructureType):
        told = {f.name: _told(getattr(value, f.name)) for f in fields(value)}
        return {name: each for name, each in told.items() if each not in (None, [])}
    return value


def sheet_from_json(data: dict[str, Any]) -> Sheet:
    """The sheet that `sheet_to_json` wrote. KeyError or ValueError on anything else."""
    told = dict(data)
    carrier = dict(told.pop("carrier", {}))
    types = [StructureType(**each) for each in carrier.pop("structure_types", [])]
    budget = told.pop("budget", None)
    return Sheet(
        status=Status(told.pop("status")) if "status" in told else None,
        start=_date(told.pop("start", None)),
        end=_date(told.pop("end", None)),
        budget=Money(amount=Decimal(budget["amount"]), currency=budget["currency"])
        if budget
        else None,
        goals=tuple(Goal(**each) for each in told.pop("goals", [])),
        links=tuple(Link(**each) for each in told.pop("links", [])),
        carrier=Carrier(structure_types=tuple(types), **_tuples(carrier)),
        **_tuples(told),
    )


def _date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _tuples(told: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(v) if isinstance(v, list) else v for name, v in told.items()}
