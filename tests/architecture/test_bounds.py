"""Every date and number that a person types has bounds: one place declares the fields of forms."""

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django import forms

from explor.ground.ui.fields import DayField, MomentField

from . import house

BARE = {
    *("DateField", "DateTimeField", "IntegerField", "DecimalField", "FloatField", "DurationField"),
    "EmailField",  # longer than a column of the database holds
}
FIELDS = "src/explor/ground/ui/fields.py"
MESSAGES = "src/explor/ground/ui/apps.py"  # gives the fields of Django their messages in French
# What parses a date: the bounds of a request, and files that Explor writes itself or distributes.
PARSERS = {"fromisoformat", "strptime", "parse_date", "parse_datetime"}
MAY_PARSE = {
    "src/explor/ground/http/bounds.py": "the one place",
    "src/explor/ground/reference/selectors.py": "the lists of reference of the repository",
    "src/explor/ground/audit/rules/blocks.py": "a head of the journal, that Explor wrote",
    "src/explor/ground/encryption/fields.py": "a day that Explor encrypted",
    "src/explor/journey/admissibility/selectors.py": "a cursor, checked there",
    "src/explor/journey/missions/pages/home.py": "a day of a checklist, that the database wrote",
    "src/explor/journey/releases/forms.py": "a stamp signed by Explor",
    "src/explor/site/home/notice.py": "the day of the declaration, in the repository",
    "src/explor/site/administration/selectors/upkeep.py": "the note of a rehearsal of restore",
}
# Where a text of a request may become a number.
MAY_COUNT = {"src/explor/ground/http/bounds.py", "src/explor/ground/http/limits.py"}


def files() -> Iterator[Path]:
    """Yield the files of the application; the engines never read a request."""
    for path in house.python_files("src"):
        if "engines" not in path.parts:
            yield path


def names_used(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (object, attribute) for each attribute of a name in a file."""
    for node in ast.walk(house.tree_of(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.value.id, node.attr


def test_no_form_uses_a_django_date_number_or_email_field_instead_of_our_bounded_ones() -> None:
    bare = {
        f"{house.shown(path)}: {owner}.{name}"
        for path in files()
        if house.shown(path) not in (FIELDS, MESSAGES)
        for owner, name in names_used(path)
        if owner == "forms" and name in BARE
    }
    assert bare == set()


def form_classes() -> Iterator[type[forms.BaseForm]]:
    """Yield every class of form of the application."""
    for path in files():
        if path.stem == "forms" or "forms" in path.parts:
            parts = path.relative_to(house.ROOT / "src").with_suffix("").parts
            module = import_module(".".join(parts).removesuffix(".__init__"))
            for _, each in inspect.getmembers(module, inspect.isclass):
                if issubclass(each, forms.BaseForm) and each.__module__ == module.__name__:
                    yield each


def is_bounded(field: forms.Field) -> bool:
    match field:
        case DayField() | MomentField():
            return True
        case forms.DecimalField():
            return field.min_value is not None and None not in (field.max_digits,)
        case forms.IntegerField():
            return None not in (field.min_value, field.max_value)
        case forms.DateField() | forms.DateTimeField():
            return False
    return True


def test_every_date_and_number_of_every_form_has_bounds() -> None:
    """Check the fields that forms take from models too."""
    every = [
        (f"{form.__module__}.{form.__name__}.{name}", field)
        for form in form_classes()
        for name, field in form.base_fields.items()
    ]
    assert len(every) > 300
    assert [name for name, field in every if not is_bounded(field)] == []


def test_only_listed_files_parse_a_date() -> None:
    parsing = {
        house.shown(path) for path in files() for _, name in names_used(path) if name in PARSERS
    } | {
        house.shown(path)
        for path in files()
        for node in ast.walk(house.tree_of(path))
        if isinstance(node, ast.ImportFrom) and any(a.name in PARSERS for a in node.names)
    }
    assert parsing == set(MAY_PARSE)


def test_only_listed_files_test_whether_a_text_is_made_of_digits() -> None:
    """`isdigit` accepts « ² », which `int` refuses; `int` refuses a text of 5,000 digits."""
    reading = {
        house.shown(path)
        for path in files()
        for node in ast.walk(house.tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in ("isdigit", "isdecimal", "isnumeric")
    }
    listed = MAY_COUNT | {
        "src/explor/ground/accounts/selectors.py",  # counts the digits of a telephone number
        "src/explor/actors/projects/forms.py",  # a part of a date, matched later
        "src/explor/ground/rights/selectors/ties.py",  # a reference that Explor wrote
        "src/explor/site/config/testing.py",  # the name of a folder
    }
    assert reading <= listed


# Forms that need no idempotency key: those of the sign-in library, and of repeatable views.
WITHOUT_KEY = (
    *("ground/ui/templates/account/", "ground/ui/templates/mfa/", "ground/ui/templates/layouts/"),
    *("ground/accounts/templates/accounts/sign_in_again.html", "site/demo/templates/"),
    "ground/accounts/templates/accounts/unsent.html",  # the key is among the fields that were kept
)


def test_every_form_that_acts_submits_an_idempotency_key() -> None:
    keyless = {
        house.shown(path)
        for path in house.SOURCE.rglob("templates/**/*.html")
        for form in re.findall(r"<form\b[^>]*post.*?</form>", path.read_text("utf-8"), re.DOTALL)
        if "{% once %}" not in form
    }
    assert {
        each for each in keyless if not each.removeprefix("src/explor/").startswith(WITHOUT_KEY)
    } == set()
