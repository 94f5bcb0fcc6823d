"""Templates are written to be read: short lines, one idea each."""

from . import house

LONGEST, MEAN = 120, 60  # characters
# Templates with lines still too long. Remove a name with each; add none.
PENDING = {
    "src/explor/ground/imports/templates/imports/file.html",
    "src/explor/journey/decisions/templates/decisions/_panel_call.html",
    "src/explor/journey/decisions/templates/decisions/ranking.html",
    "src/explor/journey/needs/templates/needs/_way.html",
    "src/explor/journey/planning/templates/planning/reseau_plan.html",
    "src/explor/journey/reports/templates/reports/_panel.html",
    "src/explor/journey/shortlists/templates/shortlists/_candidate.html",
    "src/explor/journey/shortlists/templates/shortlists/reseau_shortlist.html",
}


def lines() -> dict[str, list[str]]:
    """Return the lines of each template."""
    paths = house.SOURCE.rglob("templates/**/*.html")
    return {house.shown(path): path.read_text(encoding="utf-8").splitlines() for path in paths}


def test_no_template_line_is_too_long() -> None:
    long = {
        f"{name}:{number}": len(line)
        for name, text in lines().items()
        for number, line in enumerate(text, 1)
        if len(line) > LONGEST and name not in PENDING
    }
    assert long == {}


def test_template_lines_are_short_on_the_whole() -> None:
    lengths = [len(line) for text in lines().values() for line in text]
    assert 0 < sum(lengths) / len(lengths) <= MEAN
