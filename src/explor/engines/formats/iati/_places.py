"""Countries, regions and localities of an activity and of its transactions."""

from functools import cache
from typing import Any

from babel import Locale

from explor.engines.formats.sheets import fold

from ._dac import region_name
from ._remarks import Remarks
from ._texts import name_of

DAC_REGIONS = (None, "", "1")


def countries_of(activity: Any, remarks: Remarks) -> tuple[str, ...]:
    """Return the ISO codes of the countries without duplicates, or names where no code is given.

    A code whose written name is that of another country is kept, with a remark.
    """
    every = [each for each in _every(activity, "recipient-country") if not _is_region(each)]
    for each in every:
        _remark_other_name(each, remarks)
    countries = [_country(each) for each in every]
    remarks.count("pays sans code ni nom", "pays sans code ni nom", countries.count(None))
    return tuple(dict.fromkeys(filter(None, countries)))


def _every(activity: Any, tag: str) -> list[Any]:
    return [*activity.findall(tag), *activity.findall(f"transaction/{tag}")]


def _is_region(element: Any) -> bool:
    """Return whether a publisher put the code of a region in the place of a country."""
    return bool(region_name((element.get("code") or "").strip()))


def _remark_other_name(element: Any, remarks: Remarks) -> None:
    code, name = (element.get("code") or "").strip().upper(), name_of(element) or ""
    named = _codes_by_name().get(fold(name), "")
    if code and named and named != code:
        remarks.add(
            f"Pays : le code {code} est retenu, mais le nom écrit est « {name} » ({named})."
        )


@cache
def _codes_by_name() -> dict[str, str]:
    """Return {folded French or English name: ISO code} of the countries, from the CLDR (Babel)."""
    return {
        fold(name): code
        for language in ("en", "fr")
        for code, name in Locale(language).territories.items()
        if len(code) == 2
    }


def _country(element: Any) -> str | None:
    return (element.get("code") or "").strip().upper() or name_of(element)


def regions_of(activity: Any, remarks: Remarks) -> tuple[str, ...]:
    """Return the French names of the regions without duplicates; add a remark for unnamed ones.

    The code of a region in the place of a country counts too.
    """
    names: dict[str, None] = {}
    misplaced = [each for each in _every(activity, "recipient-country") if _is_region(each)]
    for element in [*_every(activity, "recipient-region"), *misplaced]:
        code = (element.get("code") or "").strip()
        known = region_name(code) if element.get("vocabulary") in DAC_REGIONS else ""
        name = known or name_of(element)
        if name:
            names[name] = None
        else:
            remarks.count("région sans nom connu", "régions sans nom connu", 1, f"code {code[:20]}")
    return tuple(names)


def locality_of(activity: Any, remarks: Remarks) -> str | None:
    names = [name_of(each.find("name")) for each in activity.findall("location")]
    remarks.count("lieu sans nom", "lieux sans nom", names.count(None))
    return ", ".join(dict.fromkeys(filter(None, names))) or None
