"""Engines are used through the public names of their packages, never through private modules."""

import ast
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from . import house

FILES = list(house.python_files("src", "benchmarks"))


def package_of(path: Path) -> tuple[str, ...]:
    """Return the package of a file as a list of names: explor, engines, matching, text."""
    root = house.SOURCE.parent if path.is_relative_to(house.SOURCE) else house.ROOT
    return path.parent.relative_to(root).parts


def imports_of(tree: ast.Module, package: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the full name and the line of each import in a file of a package.

    `from a import b` counts as both `a` and `a.b`, since `b` may be a module.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((tuple(alias.name.split(".")), node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = (*above, *(node.module.split(".") if node.module else ()))
            yield module, node.lineno
            yield from (((*module, alias.name), node.lineno) for alias in node.names)


def is_module(name: tuple[str, ...]) -> bool:
    """Return whether a full name is that of a module of Explor."""
    return house.SOURCE.parent.joinpath(*name).with_suffix(".py").exists()


def private_imports(tree: ast.Module, package: tuple[str, ...]) -> list[tuple[str, int]]:
    """Return the private modules of other packages that a file imports, with the lines."""
    return sorted(
        {
            (".".join(name), line)
            for name, line in imports_of(tree, package)
            if name[:2] == ("explor", "engines")
            and name[-1].startswith("_")
            and is_module(name)
            and name[:-1] != package
        }
    )


def test_no_package_imports_a_private_module_of_another_one() -> None:
    assert [
        f"{house.shown(path)}:{line} {module}"
        for path in FILES
        for module, line in private_imports(house.tree_of(path), package_of(path))
    ] == []


@pytest.mark.parametrize(
    "line",
    [
        "import explor.engines.matching.text._words",
        "from explor.engines.matching.text._words import fold",
        "from explor.engines.matching.text import _words",
        "from ..text._words import fold",
        "from ..text import _words",
    ],
)
def test_an_import_of_a_private_module_is_recognised_in_every_form(line: str) -> None:
    words = "explor.engines.matching.text._words"
    ranking = ("explor", "engines", "matching", "ranking")
    assert private_imports(ast.parse(line), ranking) == [(words, 1)]


def test_a_package_may_import_its_own_private_modules() -> None:
    text = ("explor", "engines", "matching", "text")
    assert private_imports(ast.parse("from . import _words\nfrom ._words import fold"), text) == []


@pytest.mark.parametrize("engine", ["matching", "formats"])
def test_a_package_of_an_engine_has_private_modules_and_lists_its_public_names(engine: str) -> None:
    for package in (house.SOURCE / "engines" / engine).iterdir():
        if not (package / "__init__.py").exists():
            continue
        modules = {path.stem for path in package.glob("*.py")} - {"__init__"}
        assert sorted(name for name in modules if not name.startswith("_")) == []
        assert "__all__" in (package / "__init__.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("engine", ["matching", "formats"])
def test_an_engine_made_of_packages_has_no_other_public_module(engine: str) -> None:
    modules = (path.stem for path in (house.SOURCE / "engines" / engine).glob("*.py"))
    assert [name for name in modules if not name.startswith("_")] == []


def missing_names(tree: ast.Module) -> list[str]:
    """Return the names that a file imports from modules of Explor that do not have them."""
    return [
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and not node.level and node.module
        if node.module.partition(".")[0] == "explor"
        for alias in node.names
        if not hasattr(import_module(node.module), alias.name)
        and find_spec(f"{node.module}.{alias.name}") is None
    ]


def test_every_name_that_a_benchmark_imports_from_explor_exists() -> None:
    assert [
        f"{house.shown(path)} {name}"
        for path in house.python_files("benchmarks")
        for name in missing_names(house.tree_of(path))
    ] == []
