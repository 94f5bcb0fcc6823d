"""Map position of a record.

Abroad, a town when it is named, else the centre of the country; in France, the seat of the
département.
"""

from collections.abc import Sequence

from explor.ground.reference.pages import centre_of, seat_of, towns_in

from ..engine import Place

TOWN, CENTRE, SEAT = "ville", "centre du pays", "chef-lieu du département"


def place_abroad(countries: Sequence[str], place: str) -> Place:
    """Return the map points of the towns of these countries that the text `place` names.

    Without such a town, return the centres of the countries; `Place.precision` says which.
    """
    if towns := [point for country in countries for point in towns_in(country, place)]:
        return Place(tuple(towns), TOWN)
    centres = tuple(filter(None, map(centre_of, countries)))
    return Place(centres, CENTRE) if centres else Place()


def place_in_france(department: str | None) -> Place:
    """Return the map point of the seat of a département; no point when it is unknown."""
    seat = seat_of(department or "")
    return Place((seat,), SEAT) if seat else Place()
