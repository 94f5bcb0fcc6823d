"""French alphabetical order of the lists that people read, in database queries.

`sort_key` gives the same order in Python.
"""

from django.db.models import Func, TextField

from explor.engines.french.order import sort_key as sort_key


def french_key(column: str) -> Func:
    """Return a query expression that sorts rows by a column in French alphabetical order.

    Accents, capitals, hyphens and apostrophes only break ties. The order is computed by an SQL
    function of the same name, since PostgreSQL may be built without ICU.
    """
    return Func(column, function="french_key", output_field=TextField())
