"""Templates are written to be read: short lines, one idea each."""

from . import house

LONGEST, MEAN = 120, 60  # characters


def lines() -> dict[str, list[str]]:
    """Return the lines of each template."""
    paths = house.SOURCE.rglob("templates/**/*.html")
    return {house.shown(path): path.read_text(encoding="utf-8").splitlines() for path in paths}


def test_no_template_line_is_too_long() -> None:
    long = {
        f"{name}:{number}": len(line)
        for name, text in lines().items()
        for number, line in enumerate(text, 1)
        if len(line) > LONGEST
    }
    assert long == {}


def test_template_lines_are_short_on_the_whole() -> None:
    lengths = [len(line) for text in lines().values() for line in text]
    assert 0 < sum(lengths) / len(lengths) <= MEAN


def test_no_page_hides_the_messages_of_django() -> None:
    """The layouts show `messages` as notices: a view that names its rows so shows them there."""
    hiding = [
        f"{house.shown(path)}:{number}"
        for path in house.python_files("src")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if '"messages":' in line
    ]
    assert hiding == []
