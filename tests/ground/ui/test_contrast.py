"""The contrast of the colours used together, in light and dark themes, according to WCAG 2.2."""

import re
from pathlib import Path

import pytest

import explor.ground.ui
from explor.ground.ui.components import ACCENTS

CSS = Path(explor.ground.ui.__file__).parent / "styles/tokens.css"
TEXT, MARK = 4.5, 3.0  # WCAG 1.4.3 for text, 1.4.11 for meaningful graphics
TONES = ("good", "warn", "bad", "info")
GROUNDS = ("paper", "sheet", "well", *(f"{tone}-bg" for tone in TONES), "accent-bg")
PAIRS = [
    *(("ink", ground, TEXT) for ground in GROUNDS),
    *(("link", ground, TEXT) for ground in GROUNDS),
    *(("soft", ground, TEXT) for ground in ("paper", "sheet", "accent-bg")),
    *((tone, f"{tone}-bg", TEXT) for tone in TONES),
    *((tone, ground, TEXT) for tone in TONES for ground in ("paper", "sheet")),
    ("main-on", "main", TEXT),
    ("main-on", "main-hover", TEXT),
    *(("main", ground, MARK) for ground in ("paper", "sheet", *(f"{t}-bg" for t in TONES))),
    *(("edge", ground, MARK) for ground in ("paper", "sheet", "accent-bg")),
    # Fields and their labels also appear on the background of filters.
    *((fore, "well", TEXT) for fore in ("ink", "soft", "link", "accent")),
    ("edge", "well", MARK),
    ("main", "well", MARK),
    *(("accent", ground, TEXT) for ground in ("paper", "sheet", "accent-bg")),
    ("accent", "rule", MARK),
]


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def palettes() -> dict[tuple[str, str], dict[str, str]]:
    """Return the colours of each theme (light, dark) and each accent."""
    css = CSS.read_text()
    day, rest = css.split("@media (prefers-color-scheme: dark)", 1)
    night = rest.split("@media print", 1)[0]
    found = {}
    common: dict[str, str] = {}
    for name, part in (("day", day), ("night", night)):
        blocks = re.findall(r'(:root|\[data-accent="(\w+)"\]) \{(.*?)\}', part, re.DOTALL)
        own = {key or ACCENTS[0][0]: colours(body) for _, key, body in blocks}
        common = own[ACCENTS[0][0]]
        for key, _ in ACCENTS:
            found[name, key] = {**common, **own[key]}
    return found


def colours(body: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", body))


PALETTES = palettes()


def test_the_computed_contrast_of_black_on_white_is_21():
    assert contrast("#000", "#ffffff") == pytest.approx(21)


def test_each_accent_has_its_own_colour_in_the_light_and_in_the_dark_theme():
    assert len(PALETTES) == 2 * len(ACCENTS) == 16
    assert len({palette["accent"] for palette in PALETTES.values()}) == 16


@pytest.mark.parametrize("hour", ["day", "night"])
def test_every_pair_of_colours_has_enough_contrast(hour):
    faint = [
        (key, fore, back, round(contrast(palette[fore], palette[back]), 2), least)
        for (time, key), palette in PALETTES.items()
        if time == hour
        for fore, back, least in PAIRS
        if contrast(palette[fore], palette[back]) < least
    ]
    assert faint == []
