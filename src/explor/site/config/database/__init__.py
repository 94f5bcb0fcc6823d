"""Settings of Django's database: long timeouts for commands and jobs, short ones for pages."""

from typing import Any

import dj_database_url

# A dead connection is detected within half a minute, even without an answer.
CONNECTION = {
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
# Django starts its joins from the filtered table, so their order needs little search. By default
# PostgreSQL plans the twenty joins of a mission in 40 to 80 ms, and runs them in 2.
PLANNING = "-c join_collapse_limit=4"


def configured(url: str) -> dict[str, Any]:
    """Return the Django settings of the database at `url`; options in the URL override defaults."""
    settings: Any = dj_database_url.parse(url, conn_max_age=None, conn_health_checks=True)
    options = CONNECTION | settings.get("OPTIONS", {})
    options["options"] = f"{PLANNING} {options.get('options', '')}".strip()
    return {**settings, "OPTIONS": options}


def make_brief(settings: dict[str, Any], *, statement: float, lock: float) -> None:
    """Set short database timeouts for web pages, which answer 503 when the database is slow.

    Args:
        settings: the settings of the database, changed in place.
        statement: the longest time of a query, in seconds.
        lock: the longest wait for a lock held by another transaction, in seconds.
    """
    limits = {
        "statement_timeout": statement,
        "lock_timeout": lock,
        "idle_in_transaction_session_timeout": 60,
    }
    words = [f"-c {name}={round(seconds * 1000)}" for name, seconds in limits.items()]
    options = settings["OPTIONS"]
    options["options"] = " ".join([options["options"], *words])
    options["connect_timeout"] = 2  # the minimum allowed by the driver
    settings["ENGINE"] = "explor.site.config.database.brief"
