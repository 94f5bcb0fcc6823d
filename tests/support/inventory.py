"""Contents of an installation as JSON: `python -m support.inventory count|erase [ADDRESS]`."""

import hashlib
import json
import sys
from typing import Any

from explor.site.cli import framework

ROWS = "SELECT count(*) FROM {table}"
NAMED = "SELECT count(*) FROM {table} AS row WHERE row::text ILIKE %s"


def main(verb: str, address: str = "") -> None:
    """Run the given command on the installation of this environment, and print its result."""
    with framework.database():
        print(json.dumps(erase() if verb == "erase" else count(address)))


def erase() -> dict[str, str]:
    """Erase the first expert whose erasure nothing prevents; return the name and address."""
    from explor.actors.experts.models import Expert
    from explor.ground.rights.actions import blockers_of_erasure, erase_account
    from explor.ground.rights.rules import actor_of

    people = [each.person for each in Expert.objects.order_by("pk").select_related("person")]
    person = next(each for each in people if not blockers_of_erasure(each))
    who = {"name": person.name, "email": person.email}
    erase_account(person, by=actor_of(person))
    return who


def count(address: str) -> dict[str, Any]:
    """Count rows by table, check the journal and the files, and search all data for an address."""
    from django.db import connection

    from explor.ground.audit.selectors import verify
    from explor.ground.files.models import Document

    tables = sorted(connection.introspection.table_names())
    wrong, digests = [], []
    for document in Document.objects.exclude(file="").order_by("pk"):
        with document.file.open("rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        digests.append(digest)
        if digest != document.sha256:
            wrong.append(document.pk)
    return {
        "rows": {table: _number(ROWS, table) for table in tables},
        "named": {table: _number(NAMED, table, f"%{address}%") for table in tables},
        "journal": list(verify()),
        "files": digests,
        "wrong": wrong,
    }


def _number(sql: str, table: str, *values: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql.format(table=connection.ops.quote_name(table)), values)
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main(*sys.argv[1:])
