"""The essential of the figures, in a few short sentences."""

from typing import Any


def plural(count: int, one: str, many: str = "") -> str:
    """« 3 missions », « 1 mission »; zero is singular in French."""
    return f"{count} {one if count < 2 else many or one + 's'}"


def opening(figures: dict[str, Any], *, year: int | None, network: str = "") -> str:
    """What a reader in a hurry should know; `network` named when the figures are those of one."""
    scope = (f"en {year}" if year else "", f"avec {network}" if network else "")
    begin = ", ".join(filter(None, scope))
    begin = f"{begin[0].upper()}{begin[1:]}, " if begin else ""
    told = [_missions(begin, figures), _given(figures), *_besides(figures)]
    return " ".join(filter(None, told))


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
    if not days:
        return ""
    told = (
        plural(people, "personne engagée", "personnes engagées") if people else "",
        plural(days, "jour d’expertise sur place", "jours d’expertise sur place"),
        plural(figures["associations"], "association servie", "associations servies"),
    )
    return f"{', '.join(filter(None, told))}."


def _besides(figures: dict[str, Any]) -> list[str]:
    seats, sheets = figures["seeking"], figures["sheets"]
    return [
        f"{plural(seats, 'place reste', 'places restent')} à pourvoir." if seats else "",
        f"{plural(sheets, 'fiche publiée', 'fiches publiées')}." if sheets else "",
    ]
