"""Amounts of money as people write them: « 12 000,50 € », « 12,5 k€ », « 50 000 F CFA ».

A text with two meanings a thousand times apart, such as « 12.345 », is never accepted silently:
`read_amount` adds a remark, or raises: for « 12,345 », and for any such text if `strict`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, partial

from .currencies import currency_of

LONGEST = 120  # maximum characters of an amount with its words
NOISE = Decimal("0.00001")  # maximum error of a floating-point amount
CENT = Decimal("0.01")
LARGEST = Decimal("1e15")
EXPECTED = "attendu : « 12 000 € »"

_SPACES = r"\s\u00a0\u202f\u2007\u2009"
_FIGURES = rf"[0-9](?:[0-9.,'’{_SPACES}]*[0-9])?"
_SCALES = {"k": 10**3, "mille": 10**3, "millier": 10**3, "m": 10**6, "mio": 10**6,
           "million": 10**6, "md": 10**9, "mrd": 10**9, "milliard": 10**9}  # fmt: skip
_SCALE = r"(?P<scale>milliards?|milliers?|millions?|mille|mrds?|mds?|mio|m|k)"
_UNIT = re.compile(rf"{_SCALE}?\s*(?:d['’e]\s*)?(?P<unit>.*)", re.I | re.S)
_ONE = re.compile(rf"(?P<before>[^0-9]*?)(?P<figures>{_FIGURES}(?:e\+?[0-9]{{1,2}})?)(?P<after>.*)",
                  re.I | re.S)  # fmt: skip
_TWO = re.compile(
    rf"(?:entre|de|du)?\s*(?P<low>{_FIGURES}[^0-9]*?)\s*(?:\bet\b|\bà\b|[-–—])\s*"
    rf"(?P<high>{_FIGURES}.*)", re.I | re.S,
)  # fmt: skip
_ABOUT = re.compile(
    r"^\s*(?:environ|env\.?|approximativement|à peu près|près de|plus de|moins de|jusqu['’]à|"
    r"au moins|au plus|maximum|max\.?|minimum|min\.?|estimé à|[~≈≃<>])\s*|"
    r"\s*\(?\b(?:environ|env\.?|"
    r"ttc|ht|hors taxes?|toutes taxes comprises|estimation|estimés?|prévisionnel|maximum|minimum|"
    r"max|min)\b\.?\)?\s*$", re.I,
)  # fmt: skip
_GROUPED = re.compile(r"[0-9]{1,3}(?:([ '.,])[0-9]{3})(?:\1[0-9]{3})*")
_NEGATIVE = re.compile(r"^\s*[-−–]\s*[0-9]|^\s*[^0-9]{1,4}[-−]\s*[0-9]")


@dataclass(frozen=True, kw_only=True)
class Amount:
    """An amount to the cent, as it was interpreted.

    `currency` is an ISO 4217 code, None when the text does not say it. `upper` is the other bound
    of a range, whose lower bound is `value`. `remarks` are French texts on points to check.
    """

    value: Decimal
    currency: str | None = None
    upper: Decimal | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Unit:
    """The unit in the heading of a column of amounts: a currency and a factor (1,000 for k€).

    `fault` is the French reason why its currency is unknown, such as « F CFA » without a country.
    """

    currency: str | None = None
    factor: int = 1
    fault: str = ""


def read_amount(
    text: str, *, unit: Unit | None = None, countries: Sequence[str] = (), strict: bool = False
) -> Amount:
    """Return the amount in a text typed by people.

    Args:
        text: an amount, with or without currency, or a range of two.
        unit: the unit in the heading, for an amount without currency.
        countries: ISO codes of the countries that determine the currency of « F CFA » and
            « dinars ».
        strict: refuse ambiguous texts, ranges, estimates and fractions of a cent.

    Raises:
        ValueError: the text is not an amount, has two meanings that no remark settles, is negative
            or out of bounds, or its currency is unknown; the message in French says which.
    """
    bare = " ".join(re.sub(rf"[{_SPACES}]", " ", text).split())
    if not bare or len(bare) > LONGEST:
        raise _refused(text)
    if _NEGATIVE.match(bare):
        raise ValueError(f"montant incompris : « {bare[:60]} » est négatif")
    remarks: list[str] = []
    plain = _without_words(bare, remarks)
    read = partial(_read, unit=unit or Unit(), countries=countries, remarks=remarks, strict=strict)
    single = _ONE.fullmatch(plain)
    range_ = _TWO.fullmatch(plain)
    if range_ and _is_range(range_):
        amount = _range(range_, read, remarks)
    elif single and not re.search(r"[0-9]", single["after"] + single["before"]):
        amount = read(single["before"], single["figures"], single["after"])
    else:
        raise _refused(bare)
    if strict and remarks:
        raise ValueError(f"« {bare[:60]} » : {remarks[0]} ({EXPECTED})")
    return Amount(
        value=amount.value,
        currency=amount.currency,
        upper=amount.upper,
        remarks=tuple(dict.fromkeys(remarks)),
    )


@lru_cache(1000)
def unit_of(heading: str, countries: tuple[str, ...] = ()) -> Unit:
    """Return the unit in a heading: « Budget (k€) », « Coût en F CFA ».

    `countries` are ISO codes that determine the currency of a shared name.
    """
    faults = []
    for words in _units_in(heading):
        for name, scale in _readings_of(words):
            if not name and scale and len(scale) > 1:
                return Unit(factor=_factor(scale))
            try:
                currency, _ = currency_of(name, countries)
            except ValueError as fault:
                faults += [] if "inconnue" in str(fault) else [str(fault)]
            else:
                return Unit(currency=currency, factor=_factor(scale))
    return Unit(fault=faults[0] if faults else "")


def _units_in(heading: str) -> list[str]:
    """Return the parts of a heading that may be a unit: in brackets, after « en », at the end."""
    bare = " ".join(heading.replace("_", " ").split())
    inside = [a or b for a, b in re.findall(r"\(([^)]*)\)|\[([^\]]*)\]", bare)]
    outside = re.sub(r"\([^)]*\)|\[[^\]]*\]", "", bare)
    after = re.findall(r"\ben\s+(.+)$", outside)
    last = re.findall(r"[\s/](\S+)$", outside)
    return [re.sub(r"^en\s+", "", words.strip()) for words in (*inside, *after, *last)]


def _readings_of(words: str) -> list[tuple[str, str | None]]:
    """Return the possible (currency, scale) pairs of a unit: « k€ » is also « € » with « k »."""
    match = _UNIT.fullmatch(words)
    return [(words, None), *([(match["unit"], match["scale"])] if match else [])]


def _refused(text: str) -> ValueError:
    return ValueError(f"montant incompris : « {text.strip()[:60]} » ({EXPECTED})")


def _without_words(text: str, remarks: list[str]) -> str:
    """Remove words such as « environ », « TTC » and « ,- » from a text; add remarks on them."""
    text = re.sub(r"(?<=[0-9])[.,][-–—](?=\D|$)", "", text)
    while match := _ABOUT.search(text):
        remarks.append(f"« {match[0].strip(' ()')} » non gardé")
        text = (text[: match.start()] + " " + text[match.end() :]).strip()
    return text


def _is_range(match: re.Match[str]) -> bool:
    """Return whether two numbers with a dash are a range, instead of one number cut by a dash."""
    return not re.match(r"0[0-9]", match["high"])


def _range(match: re.Match[str], read: partial[Amount], remarks: list[str]) -> Amount:
    low, high = _ONE.fullmatch(match["low"].strip()), _ONE.fullmatch(match["high"].strip())
    if low is None or high is None or re.search("[0-9]", high["after"]):
        raise _refused(match[0])
    upper = read(high["before"], high["figures"], high["after"])
    after = low["after"].strip() or high["after"]
    value = read("", low["figures"], after)
    if value.currency is None:
        value = Amount(value=value.value, currency=upper.currency)
    if value.currency != upper.currency or value.value > upper.value:
        raise _refused(match[0])
    remarks.append(
        f"fourchette de {shown(value.value)} à {shown(upper.value)} : le plus bas est gardé, "
        "vérifiez"
    )
    return Amount(value=value.value, currency=value.currency, upper=upper.value)


def _read(
    before: str, figures: str, after: str, *, unit: Unit, countries: Sequence[str],
    remarks: list[str], strict: bool,
) -> Amount:  # fmt: skip
    before, after = before.strip(" :("), after.strip(" .;)")
    if before[-1:] in (".", ",") or after[:1] == ",":
        raise _refused(before + figures + after)
    currency, factor = _currency_of(before, after, countries, remarks)
    if unit.fault and not currency:
        raise ValueError(unit.fault)
    if unit.currency and currency and currency != unit.currency:
        remarks.append(f"{currency} dans la cellule, {unit.currency} dans l’en-tête : vérifiez")
    if factor is None:
        factor = unit.factor if currency in (None, unit.currency) else 1
    value = _number(figures, remarks, factor=factor, strict=strict)
    if value >= LARGEST:
        raise ValueError(f"montant démesuré : « {figures[:60]} »")
    cents = value.quantize(CENT, ROUND_HALF_UP)
    if abs(cents - value) > NOISE:
        remarks.append(f"arrondi au centime : {shown(cents)}")
    return Amount(value=cents, currency=currency or unit.currency)


def _currency_of(
    before: str, after: str, countries: Sequence[str], remarks: list[str]
) -> tuple[str | None, int | None]:
    """Return the (currency, factor) of an amount; None for each that is not written.

    `before` and `after` are the texts around the number. Raises ValueError for two currencies.
    """
    named = [name for name in (before, after) if name]
    if not named:
        return None, None
    scale = None
    if after:
        name, scale = _split_scale(after, countries)
        named = [each for each in (before, name) if each]
    currencies = []
    for name in named:
        code, remark = currency_of(name.strip(" ()."), countries)
        currencies.append(code)
        if remark:
            remarks.append(remark)
    if len(set(currencies)) > 1:
        raise ValueError(f"deux monnaies : {' et '.join(currencies)} ({EXPECTED})")
    return (currencies[0] if currencies else None), (_factor(scale) if scale else None)


def _split_scale(after: str, countries: Sequence[str]) -> tuple[str, str | None]:
    """Split a unit into currency and scale: « k€ », « millions d’euros », « MAD », « M FCFA »."""
    try:
        currency_of(after, countries)
    except ValueError:
        match = _UNIT.fullmatch(after)
        if match and match["scale"]:
            return match["unit"], match["scale"]
    return after, None


def _factor(scale: str | None) -> int:
    if not scale:
        return 1
    name = scale.lower()
    return _SCALES.get(name) or _SCALES[name.rstrip("s")]


def _number(figures: str, remarks: list[str], *, factor: int, strict: bool) -> Decimal:
    """Return the number in `figures` times a factor; add a remark if it is ambiguous."""
    text = figures.lower().replace("’", "'")
    if "e" in text:
        remarks.append(f"« {figures} » : nombre abrégé par un tableur, vérifiez")
        return Decimal(text.replace(",", ".")) * factor
    units, decimals = _parts(text)
    if units is None:
        raise ValueError(f"montant ambigu : « {figures[:60]} » ({EXPECTED})")
    value = Decimal(f"{units}.{decimals or 0}") * factor
    mark = _lone_mark(text)
    if not mark:
        return value
    if strict:
        raise ValueError(
            f"« {figures} » se lit de deux façons : écrivez « {shown(value * 1000 / factor)} » "
            f"ou « {shown(value / factor)} »"
        )
    if factor == 1 and mark == ",":
        raise ValueError(f"montant ambigu : « {figures} » ({EXPECTED})")
    value *= 1 if factor > 1 else 1000
    remarks.append(f"« {figures} » compris comme {shown(value)} : vérifiez")
    return value


def _lone_mark(text: str) -> str:
    """Return the separator if it could mean decimals or thousands, as in « 12.345 »; else ""."""
    match = re.fullmatch(r"[1-9][0-9]{0,2}([.,])[0-9]{3}", text)
    return match[1] if match else ""


def _parts(text: str) -> tuple[str | None, str]:
    """Return (whole part, decimals) of a number; (None, "") if it is malformed."""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return _ungrouped(text), ""
    mark, units, decimals = text[last], text[:last], text[last + 1 :]
    if _GROUPED.fullmatch(text) and text.count(mark) > 1:
        return _ungrouped(text), ""
    if not decimals.isdigit() or mark in units:
        return None, ""
    return _ungrouped(units), decimals


def _ungrouped(units: str) -> str | None:
    """Return the digits of a whole number; None if its groups do not have three digits."""
    if units.isdigit():
        return units
    return re.sub(r"\D", "", units) if _GROUPED.fullmatch(units) else None


def shown(value: Decimal) -> str:
    """Return a number in French notation: « 12 000,50 », « 12 000 »."""
    integer, _, cents = f"{value.quantize(CENT, ROUND_HALF_UP):.2f}".partition(".")
    grouped = f"{int(integer):,}".replace(",", "\u202f")
    return grouped if cents == "00" else f"{grouped},{cents}"
