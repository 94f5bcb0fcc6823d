"""Short French sentences that sum up the public figures."""

from typing import Any


def plural(count: int, one: str, many: str = "") -> str:
    """Return a number and its noun, `one` or `many` (by default `one` and an « s »).

    « 0 mission », « 1 mission », « 3 missions »: zero is singular in French.
    """
    return f"{count} {one if count < 2 else many or one + 's'}"


def heading(*, year: int | None, network: str = "") -> str:
    """Return the heading of the page of figures, with the network and the year selected, if any."""
    parts = ("Les chiffres d’EXPLOR", f"avec {network}" if network else "")
    return " ".join(filter(None, (*parts, f"en {year}" if year else "")))


def opening(figures: dict[str, Any], *, year: int | None, network: str = "") -> str:
    """Return the sentences at the top of the page, for a year and the name of a network if any."""
    scope = (f"en {year}" if year else "", f"avec {network}" if network else "")
    begin = ", ".join(filter(None, scope))
    begin = f"{begin[0].upper()}{begin[1:]}, " if begin else ""
    sentences = [_missions(begin, figures), _given(figures), *_besides(figures)]
    return " ".join(filter(None, sentences))


def _missions(begin: str, figures: dict[str, Any]) -> str:
    missions, over = figures["missions"], figures["over"]
    if not missions:
        return f"{begin}aucune mission engagée." if begin else "Aucune mission engagée encore."
    where = sum(bool(row["missions"]) for row in figures["lists"]["countries"])
    return (
        f"{begin}{plural(missions, 'mission engagée', 'missions engagées')} dans {where} pays : "
        f"{plural(over, 'terminée')}, {missions - over} en préparation ou en cours."
    )


def _given(figures: dict[str, Any]) -> str:
    people, days = figures["people"]["count"], figures["days"]
    least = "au moins " if figures["people"]["note"] else ""
    if not days:
        return ""
    parts = (
        least + plural(people, "personne engagée", "personnes engagées") if people else "",
        plural(days, "jour d’expertise sur place", "jours d’expertise sur place"),
        plural(figures["associations"], "association servie", "associations servies"),
    )
    return f"{', '.join(filter(None, parts))}."


def _besides(figures: dict[str, Any]) -> list[str]:
    seats, sheets = figures["seeking"], figures["sheets"]
    return [
        f"{plural(seats, 'place reste', 'places restent')} à pourvoir." if seats else "",
        f"{plural(sheets, 'fiche publiée', 'fiches publiées')}." if sheets else "",
    ]
