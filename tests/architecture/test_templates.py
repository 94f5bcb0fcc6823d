"""The lines of templates are shorter than a limit, and no view uses a reserved variable name."""

from . import house

LONGEST, MEAN = 120, 60  # characters


def lines() -> dict[str, list[str]]:
    """Return the lines of each template, by the path of the template."""
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


def test_the_mean_length_of_template_lines_is_short() -> None:
    lengths = [len(line) for text in lines().values() for line in text]
    assert 0 < sum(lengths) / len(lengths) <= MEAN


def test_no_view_gives_a_template_a_variable_called_messages() -> None:
    """Layouts show the variable `messages` as notices, so no view may use this name for rows."""
    hiding = [
        f"{house.shown(path)}:{number}"
        for path in house.python_files("src")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if '"messages":' in line
    ]
    assert hiding == []
