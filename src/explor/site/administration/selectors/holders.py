"""Queries on the holders of roles: who has which role."""

from collections.abc import Iterator
from dataclasses import dataclass

from explor.ground.accounts.models import Person
from explor.ground.roles.registry import RoleType, role_types


@dataclass(frozen=True, kw_only=True)
class Holder:
    """One person who holds one role: a line of the list of roles.

    `pk` is the primary key of the row that gives the role; `key` and `name` are the slug and the
    name of the network or funder, if any.
    """

    role_type: RoleType
    pk: int
    key: str
    name: str
    position: str
    person: Person

    def __str__(self) -> str:
        return f"{self.person.name}, {self.name}"


def administered_types() -> list[RoleType]:
    """Return the role types whose holders administrators can list and withdraw."""
    return [each for each in role_types().values() if each.roster and each.withdraw]


def holders_of(role_type: RoleType, *, key: str = "") -> Iterator[Holder]:
    """Yield the holders of a role, only in the network or funder with the slug `key` if given.

    Nothing is yielded for a role type whose holders cannot be listed.
    """
    if role_type.roster is None:
        return
    rows = role_type.roster()
    for row in rows.filter(role_key=key) if key else rows:
        yield _holder(role_type, row)


def holder(kind: str, pk: int) -> Holder | None:
    """Return the holder of the role type `kind` whose row is `pk`, or None."""
    role_type = next((each for each in administered_types() if each.kind == kind), None)
    row = role_type.roster().filter(pk=pk).first() if role_type and role_type.roster else None
    return _holder(role_type, row) if role_type and row else None


def _holder(role_type: RoleType, row: object) -> Holder:
    return Holder(
        role_type=role_type,
        pk=row.pk,  # type: ignore[attr-defined]
        key=row.role_key,  # type: ignore[attr-defined]
        name=row.role_name,  # type: ignore[attr-defined]
        position=row.position_name,  # type: ignore[attr-defined]
        person=row.person,  # type: ignore[attr-defined]
    )
