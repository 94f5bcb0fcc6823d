"""A log-log plot as SVG: seconds of CPU against the number of needs."""

import math
from collections.abc import Mapping, Sequence
from html import escape

Points = Sequence[tuple[float, float]]
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 760, 460, 60, 40, 230, 50
COLOURS = ("#0b5394", "#c0392b", "#2e7d32", "#8e5ea2", "#b8860b", "#455a64", "#d81b60", "#00838f")


def slope(points: Points) -> float:
    """Return the exponent of growth of a series of points, by least squares on logarithms."""
    x = [math.log(a) for a, _ in points]
    y = [math.log(b) for _, b in points]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    over = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return over / sum((a - mean_x) ** 2 for a in x)


def loglog(title: str, series: Mapping[str, Points]) -> str:
    """Return the SVG of several named series; each name is followed by its exponent."""
    every = [point for points in series.values() for point in points]
    low_x, high_x = min(a for a, _ in every), max(a for a, _ in every)
    low_y = 10 ** math.floor(math.log10(min(b for _, b in every)))
    high_y = 10 ** math.ceil(math.log10(max(b for _, b in every)))

    def at(a: float, b: float) -> tuple[float, float]:
        across = math.log(a / low_x) / math.log(high_x / low_x)
        up = math.log(b / low_y) / math.log(high_y / low_y)
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (
            HEIGHT - TOP - BOTTOM
        )

    drawn = [_text(LEFT, 22, title, "start")]
    for needs in sorted({a for a, _ in every}):
        drawn.append(_text(at(needs, low_y)[0], HEIGHT - BOTTOM + 18, f"{needs:g}"))
    drawn.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, "needs"))
    for power in range(round(math.log10(low_y)), round(math.log10(high_y)) + 1):
        y = at(low_x, 10.0**power)[1]
        drawn.append(_line([(LEFT, y), (WIDTH - RIGHT, y)], "#ddd", 1))
        drawn.append(_text(LEFT - 6, y + 4, f"{10.0**power:g} s", "end"))
    ends = []
    for (name, points), colour in zip(series.items(), COLOURS * 3, strict=False):
        places = [at(*point) for point in sorted(points)]
        drawn.append(_line(places, colour, 2))
        drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        grows = f" (n^{slope(points):.2f})" if len(points) > 2 else ""
        ends.append((places[-1][1], name + grows, colour))
    below = 0.0
    for y, name, colour in sorted(ends):
        below = max(y + 4, below + 15)
        drawn.append(_text(WIDTH - RIGHT + 8, below, name, "start", colour))
    body = "\n".join(drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{escape(title)}</title>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _line(places: Points, colour: str, width: int) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def _text(x: float, y: float, text: str, anchor: str = "middle", colour: str = "#222") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">'
        f"{escape(text)}</text>"
    )
