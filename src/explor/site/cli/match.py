"""`explor match`: run the matching engine on files.

Only its help is declared here: `main` passes its arguments unparsed to the engine."""

from typing import Any


def declare(commands: Any) -> None:
    commands.add_parser(
        "match", help="classer et répartir à partir de fichiers, sans base de données"
    )
