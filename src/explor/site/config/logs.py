"""Configuration of logs: one JSON line per event, with the request identifier."""

import logging.config
import re
from typing import Any

import structlog

SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
]


# In a URL, the part after these words opens a page without an account, or resets a password.
SECRET_PLACES = (
    *("compte/invitation", "partenaire", "signer", "personne-proposee", "projets/suivre"),
    *("compte/password/reset/key", "effacement"),
)
SLASH = "(?:/|%2F)"
SECRET = re.compile(
    f"({'|'.join(SECRET_PLACES).replace('/', SLASH)})({SLASH})" r"[^/%?&#\s\"'<>]{12,}", re.I
)
QUIET = ("procrastinate", "django_structlog")


def without_secrets(logger: object, method: str, line: Any) -> Any:
    """Hide the secret parts of the URLs in a log line."""
    return {name: _hidden(value) for name, value in line.items()}


def _hidden(value: Any) -> Any:
    return SECRET.sub(r"\1\2…", value) if isinstance(value, str) else value


def configure(*, debug: bool) -> None:
    """Send every log line to standard error, as JSON, or as readable text when `debug`."""
    drawn = (
        structlog.dev.ConsoleRenderer()
        if debug
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "explor": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.format_exc_info,
                        without_secrets,
                        drawn,
                    ],
                    "foreign_pre_chain": SHARED,
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "explor"}},
            "root": {"handlers": ["stderr"], "level": "INFO"},
            "loggers": {name: {"level": "WARNING"} for name in QUIET},
        }
    )
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],  # type: ignore[list-item]
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
