"""Gifts of employers for missions, by association: rows, totals, files."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import label, sort_key
from explor.ground.ui.amounts import euros
from explor.ground.workflow.pages import Consequence, Effects, Undo

from ..models import MissionGift
from ..rules import GiftLine

COLUMNS = [
    *("Mission", "Association", "Employeur", "Cadre", "Jours", "Valeur d’un jour"),
    *("Valeur du temps", "Don en argent", "Don en nature", "Total"),
]
NOT_VALUED = "non chiffrée"
EFFECTS = Effects(
    happens=(
        Consequence("La valeur est celle que vous fixez : Explor ne la calcule pas."),
        Consequence("L’association et le réseau lisent ce montant dans leurs tableaux."),
    ),
    undo=(Undo("À tout moment", "Vous pouvez changer ces valeurs, sur cette page."),),
)


def list_url(actor: Actor, gift: MissionGift) -> str:
    """Return the URL of the table of gifts for the year of departure of a gift's mission."""
    stay = gift.mission.stay
    year = stay.start.year if stay else gift.mission.start.year
    return f"{reverse('employers:employeur_impact', args=[actor.key])}?annee={year}"


def gift_url(actor: Actor, line: GiftLine) -> str:
    """Return the URL where the employer sets the value of a gift, "" in other roles."""
    if actor.role != "employeur":
        return ""
    return reverse("employers:employeur_value_gift", args=[actor.key, line.mission.pk])


def title_of_value(actor: Actor, gift: MissionGift) -> str:
    """Return the title of the page that sets the value of a mission's gift."""
    return f"Ce que vous donnez pour {gift.mission.file_number}"


def rows_of_gifts(actor: Actor, lines: Iterable[GiftLine]) -> list[dict[str, Any]]:
    """Return the rows of the table of gifts, as dicts: the `GiftLine` as `line`, amounts in French.

    `url` is where the employer sets the value, "" in other roles.
    """
    return [
        {
            "line": each,
            "number": each.mission.file_number,
            "scheme": label("leave_schemes", each.mission.release.scheme),
            "daily": NOT_VALUED if each.daily is None else euros(each.daily),
            "time": NOT_VALUED if each.time is None else euros(each.time),
            "money": euros(each.money),
            "total": euros(each.total),
            "url": gift_url(actor, each),
        }
        for each in lines
    ]


def totals(lines: Iterable[GiftLine], *, by: str) -> list[tuple[str, str, int]]:
    """Return (name, total in French, number of missions) for each party, then for all together.

    Args:
        by: the party that the totals are grouped by: "association" or "employer".
    """
    sums: dict[int, list[Any]] = {}
    everything, count = Decimal(0), 0
    for each in lines:
        party = getattr(each.mission, by)
        row = sums.setdefault(party.pk, [party.name, Decimal(0), 0])
        row[1] += each.total
        row[2] += 1
        everything, count = everything + each.total, count + 1
    rows = sorted(sums.values(), key=lambda row: sort_key(row[0]))
    return [(name, euros(total), size) for name, total, size in rows] + (
        [("Ensemble", euros(everything), count)] if len(rows) > 1 else []
    )


def exported(lines: Iterable[GiftLine]) -> list[list[object]]:
    """Return the rows of the files, in the columns of `COLUMNS`, with amounts as numbers.

    The value of a day and that of the time are blank when the day has no value.
    """
    return [
        [
            f"{each.mission.file_number} {each.mission.need.title}",
            each.mission.association.name,
            each.mission.employer.name if each.mission.employer else "",
            label("leave_schemes", each.mission.release.scheme),
            each.days,
            "" if each.daily is None else each.daily,
            "" if each.time is None else each.time,
            each.money,
            each.words,
            each.total,
        ]
        for each in lines
    ]


def written(rows: Iterable[Iterable[object]]) -> list[list[object]]:
    """Return the rows with amounts in the French format of CSV files: « 1350,50 »."""
    return [
        [f"{each:.2f}".replace(".", ",") if isinstance(each, Decimal) else each for each in row]
        for row in rows
    ]
