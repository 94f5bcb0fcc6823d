"""An engine shows a small public face: its private modules stay its own."""

import ast
from pathlib import Path

import pytest

from . import house

FILES = list(house.python_files("src", "benchmarks"))


def private_imports(path: Path) -> list[tuple[str, int]]:
    """The private modules of engines that a file imports by their full name, with the line."""
    return [
        (node.module, node.lineno)
        for node in ast.walk(house.tree_of(path))
        if isinstance(node, ast.ImportFrom)
        and node.module
        and node.module.startswith("explor.engines.")
        and any(part.startswith("_") for part in node.module.split("."))
    ]


def test_nobody_imports_a_private_module_of_an_engine() -> None:
    assert [
        f"{house.shown(path)}:{line} {module}"
        for path in FILES
        for module, line in private_imports(path)
    ] == []


@pytest.mark.parametrize("engine", ["matching", "formats"])
def test_a_package_of_an_engine_has_private_modules_and_names_its_public_face(engine: str) -> None:
    for package in (house.SOURCE / "engines" / engine).iterdir():
        if not (package / "__init__.py").exists():
            continue
        modules = {path.stem for path in package.glob("*.py")} - {"__init__"}
        assert sorted(name for name in modules if not name.startswith("_")) == []
        assert "__all__" in (package / "__init__.py").read_text(encoding="utf-8")
