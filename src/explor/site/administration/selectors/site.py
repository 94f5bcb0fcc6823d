"""The checks of the health page."""

from collections.abc import Iterator

from . import checks, encryption, journal, upkeep
from .finding import Finding


def findings() -> Iterator[Finding]:
    """Run the checks of states that change without intervention, fast enough for the health page.

    `explor doctor` also checks states that only an installation or upgrade changes.
    """
    yield from (checks.python(), checks.folder(), checks.secrets(), checks.strength())
    yield from (checks.seal_key(), encryption.ring_of_keys())
    yield from (checks.mail(timeout=1), checks.server(), checks.migrations())
    yield from (checks.journal(complete=False), journal.out_of_reach())
    yield from (*upkeep.findings(), upkeep.certificate(timeout=1))
