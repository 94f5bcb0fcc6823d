"""Pictures generated from data: the cover of a project sheet, the dotted map of the world.

The same data always give the same picture.
"""

import itertools
import math
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Point = tuple[float, float]
Ring = list[Point]
Path = tuple[str, str]  # (CSS class of the colour, `d` attribute of an SVG path)

WIDTH, HEIGHT = 320, 180
# The frame into which the outline of a country is scaled: inside the central square, so that the
# cover can be cropped to 16:9, 5:4 or 1:1.
FRAME = (160, 20, 92, 88)
START: Point = (74, 128)
DISCS = ((196, 74, 19), (226, 46, 10), (232, 66, 4))  # discs drawn for a country without outline
STEP = 12  # distance between two dots of the map
COMMAND = re.compile(r"([MmLlHhVvzZ])([^MmLlHhVvzZ]*)")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
MOTIFS = {
    "AGRI": "land",
    "ENV": "land",
    "MAT": "land",
    "EAU": "water",
    "ENERGIE": "energy",
    "SANTE": "health",
    "SOCIAL": "health",
    "URG": "health",
    "EDUC": "school",
    "ACF": "school",
    "ECM": "school",
    "CULT": "culture",
    "GENRE": "culture",
    "DROITS": "culture",
}


@dataclass(frozen=True, kw_only=True)
class Cover:
    """The cover picture of a project sheet.

    `tint` is the name of its colours and `sun` is (x, y, radius). The others are SVG paths: the
    outline of the country, two hills (`far`, `near`), the motif of the sector, and the curve
    `trip`, which ends at (`x`, `y`).
    """

    tint: str
    sun: tuple[int, int, int]
    country: str
    far: str
    near: str
    motif: list[Path]
    trip: str
    x: int
    y: int


def cover(outline: str, *, sector: str, seed: str) -> Cover:
    """Return the cover of a project sheet.

    Args:
        outline: the SVG path of the country, "" when it has none.
        sector: the code of the first sector of the sheet.
        seed: a text that makes each picture different, such as the slug of the sheet.
    """
    rng = random.Random(seed)
    tint = MOTIFS.get(sector, "town")
    country, (x, y) = _country(outline)
    sun = (rng.choice((92, 106, 122)), rng.choice((52, 62, 72)), rng.choice((22, 27, 32)))
    return Cover(
        tint=tint,
        sun=sun,
        country=country,
        far=_hill(rng, 118, 11),
        near=_hill(rng, 138, 7),
        motif=DRAWN[tint](),
        trip=f"M74 128C{84 + x * 0.08:.0f} 14 {x * 0.75:.0f} {y - 50:.0f} {x:.0f} {y:.0f}",
        x=round(x),
        y=round(y),
    )


def dotted(paths: Iterable[str], *, height: int = 905) -> str:
    """Return one SVG path of horizontal lines that fill the areas inside `paths`.

    A `stroke-dasharray` displays the lines as dots. The map of the world then takes 4 kB, instead
    of more than 100 kB of outlines. `height` is the height of the map in the units of `paths`.
    """
    edges = [
        edge
        for path in paths
        for ring in rings(path)
        for edge in zip(ring, ring[1:] + ring[:1], strict=True)
    ]
    return "".join(_row(edges, row) for row in range(1, height // STEP))


def rings(path: str) -> list[Ring]:
    """Return the polygons of an SVG path made of straight lines, as lists of (x, y) points."""
    complete: list[Ring] = []
    ring: Ring = []
    at: Point = (0.0, 0.0)
    for command, text in COMMAND.findall(path):
        numbers = [float(each) for each in NUMBER.findall(text)]
        if command in "MmzZ" and ring:
            complete.append(ring)
            ring = []
        drawn = list(_points(command, numbers, at))
        ring.extend(drawn)
        at = drawn[-1] if drawn else at
    return [*complete, ring] if ring else complete


def _points(command: str, numbers: list[float], at: Point) -> Iterable[Point]:
    """Yield the absolute coordinates of the points of an SVG command that starts at `at`."""
    x, y = at
    moved = command.islower()
    if command in "HhVv":
        for number in numbers:
            if command in "Hh":
                x = x + number if moved else number
            else:
                y = y + number if moved else number
            yield x, y
        return
    for first, second in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = (x + first, y + second) if moved else (first, second)
        yield x, y


def _row(edges: list[tuple[Point, Point]], row: int) -> str:
    """Return an SVG path of the lines inside the polygons on the row of dots number `row`.

    Args:
        edges: the edges of the polygons, each with its two ends.
        row: the number of the row, from the top.
    """
    y = row * STEP + 0.37  # the fraction avoids the corners of the polygons
    crossed = sorted(
        a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        for a, b in edges
        if (a[1] <= y) != (b[1] <= y)
    )
    runs: list[tuple[int, int]] = []
    for start, end in zip(crossed[::2], crossed[1::2], strict=False):
        first, last = math.ceil(start / STEP), math.floor(end / STEP)
        if last < first:
            continue
        if runs and first <= runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], max(last, runs[-1][1]))
        else:
            runs.append((first, last))
    return "".join(f"M{a * STEP} {row * STEP}h{(b - a) * STEP}" for a, b in runs)


def _country(outline: str) -> tuple[str, Point]:
    """Return the outline of a country scaled to `FRAME`, as an SVG path, and its centre.

    Discs replace an outline that is missing or too small.
    """
    shapes = sorted(rings(outline), key=len, reverse=True)[:3]
    if not shapes or len(shapes[0]) < 8:
        discs = (
            f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0-{2 * r} 0z" for x, y, r in DISCS
        )
        return "".join(discs), (200, 72)
    left, top, width, height = FRAME
    xs, ys = zip(*shapes[0], strict=True)
    spread = max(max(xs) - min(xs), 1), max(max(ys) - min(ys), 1)
    scale = min(width / spread[0], height / spread[1])
    dx = left + (width - scale * spread[0]) / 2 - scale * min(xs)
    dy = top + (height - scale * spread[1]) / 2 - scale * min(ys)
    drawn = (
        "M" + "L".join(f"{x * scale + dx:.0f} {y * scale + dy:.0f}" for x, y in shape) + "z"
        for shape in shapes
        if len(shape) > 3
    )
    return "".join(drawn), (left + width / 2, top + height / 2)


def _hill(rng: random.Random, base: float, swing: float) -> str:
    points = [(i * WIDTH / 4, base + rng.uniform(-swing, swing)) for i in range(5)]
    path = f"M0 {HEIGHT}V{points[0][1]:.0f}"
    for (a, b), (c, d) in itertools.pairwise(points):
        path += f"C{(a + c) / 2:.0f} {b:.0f} {(a + c) / 2:.0f} {d:.0f} {c:.0f} {d:.0f}"
    return f"{path}V{HEIGHT}z"


def _water() -> list[Path]:
    waves = (f"M{-20 + 8 * i} {140 + i * 10}q20-7 40 0" + "t40 0" * 8 for i in range(4))
    return [("line", "".join(waves))]


def _land() -> list[Path]:
    rows = (f"M{160 + i * 5} 133Q{160 + i * 16} 146 {160 + i * 42} 182" for i in range(-7, 8))
    return [("line", "".join(rows))]


def _energy() -> list[Path]:
    houses = lights = ""
    for x, y, w, h in ((30, 160, 20, 15), (86, 168, 24, 18), (118, 158, 18, 13), (150, 170, 26, 19),
                       (198, 160, 20, 15), (226, 169, 24, 17), (278, 162, 20, 15)):  # fmt: skip
        houses += f"M{x} {y}v-{h}l{w / 2:.0f}-9 {w / 2:.0f} 9v{h}z"
        lights += f"M{x + 4} {y - h + 4}h4v5h-4zM{x + w - 8} {y - h + 4}h4v5h-4z"
    posts = "".join(f"M{x} 150v-44m-9 6h18m-15 8h12" for x in (66, 184, 302))
    wires = "".join(f"M{x} 112q59 20 118 0" for x in (-61, 57, 175, 293, -43, 75, 193))
    return [("cut", posts + wires), ("c4", houses), ("c2", lights)]


def _school() -> list[Path]:
    walls = doors = ""
    for x, y in ((40, 134), (82, 126), (124, 132)):
        walls += f"M{x} 164V{y + 10}L{x + 17} {y}L{x + 34} {y + 10}V164z"
        doors += f"M{x + 12} 164v-14a5 5 0 0 1 10 0v14z"
    book = "M200 168q18-12 36 0q18-12 36 0v-22q-18-12-36 0q-18-12-36 0zM236 146v22"
    return [("c1", walls), ("c5", doors), ("line", book)]


def _health() -> list[Path]:
    arches = (f"M{160 - r} 186a{r} {r * 0.62:.0f} 0 0 1 {2 * r} 0" for r in range(18, 160, 17))
    return [("line", "".join(arches))]


def _culture() -> list[Path]:
    arcades = (f"M{x} 182v-26a11 11 0 0 1 22 0v26z" for x in range(16, 310, 30))
    return [("c1", "".join(arcades)), ("line", "M0 138h320")]


def _town() -> list[Path]:
    walls = roofs = doors = ""
    for i in range(11):
        x, y, w, h = 8 + i * 29, 150 + (i * 7) % 11, 19, 12 + (i * 5) % 9
        walls += f"M{x} {y}v-{h}h{w}v{h}z"
        sloped = f"M{x - 3} {y - h}l{w / 2 + 3:.0f}-9 {w / 2 + 3:.0f} 9z"
        roofs += sloped if i % 3 else f"M{x - 1} {y - h - 3}h{w + 2}v4h-{w + 2}z"
        doors += f"M{x + 4} {y}v-7h4v7zM{x + 12} {y - h + 4}h4v4h-4z"
    lane = "M-10 176Q90 160 180 171T330 168"
    return [("c1", walls), ("c2", roofs), ("c5", doors), ("line", lane)]


DRAWN: dict[str, Callable[[], list[Path]]] = {
    "water": _water,
    "land": _land,
    "energy": _energy,
    "school": _school,
    "health": _health,
    "culture": _culture,
    "town": _town,
}
