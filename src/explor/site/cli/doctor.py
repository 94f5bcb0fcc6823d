"""`explor doctor`: check an installation, and print how to fix each problem."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from explor.site.administration.selectors import checks, encryption, journal, sender, upkeep
from explor.site.administration.selectors.finding import Finding

from . import framework, ports
from .failure import Failure

IN_DATABASE = (
    *(checks.server, checks.extensions, upkeep.collation, checks.migrations),
    *(journal.owner, journal.sealing, checks.journal, encryption.encrypted_values),
    encryption.register_of_erasures,
    *(upkeep.jobs, upkeep.scanner, upkeep.outbox, upkeep.backup, upkeep.rehearsal, upkeep.clock),
)
SETTINGS = (
    checks.folder,
    checks.secrets,
    checks.strength,
    checks.contact,
    checks.legal_notice,
    checks.proxies,
    checks.seal_key,
    encryption.ring_of_keys,
    encryption.secret_backups,
    journal.journal_key,
)


def declare(commands: Any) -> None:
    parser = commands.add_parser("doctor", help="dire ce qui ne va pas et comment y remédier")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    wrong = 0
    for finding in findings():
        wrong += not finding.fine and finding.matters
        mark = "bon" if finding.fine else "FAUX" if finding.matters else "note"
        print(f"{mark:<5} {finding.what:<22} {finding.observed}")
        if not finding.fine:
            print(f"{'':<5} {'':<22} -> {finding.fix}")
    print(f"{wrong} point(s) à corriger." if wrong else "Tout va bien.")
    return 1 if wrong else 0


def findings() -> Iterator[Finding]:
    """Run the checks and yield their results; check the database only if it can be reached."""
    yield checks.python()
    try:
        framework.load()
    except Failure as failure:
        yield Finding(
            what="réglages", fine=False, observed=str(failure), fix="voyez docs/settings.md"
        )
        return
    yield port()
    yield from (look() for look in SETTINGS)
    yield checks.mail()
    yield from sender.findings()
    yield from (upkeep.certificate(), checks.browser())
    try:
        with framework.any_database():
            yield from _in_database()
    except Failure as failure:
        yield Finding(
            what="base de données",
            fine=False,
            observed=str(failure),
            fix="démarrez le serveur, corrigez DATABASE_URL, ou ôtez-la pour le serveur embarqué",
        )


def _in_database() -> Iterator[Finding]:
    """Run the checks of the database; stop after the migration check if it fails."""
    for look in IN_DATABASE:
        finding = look()
        yield finding
        if look is checks.migrations and not finding.fine:
            return


def port() -> Finding:
    """Check that the port on which the site listens is free."""
    from django.conf import settings

    try:
        ports.require_free("127.0.0.1", settings.PORT)
    except Failure as failure:
        observed, fix = str(failure), "sans importance si c’est Explor lui-même"
        return Finding(what="port", fine=False, observed=observed, fix=fix, matters=False)
    return Finding(what="port", fine=True, observed=f"{settings.PORT} est libre")
