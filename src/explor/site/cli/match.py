"""`explor match`: run the matching engine on files.

This module declares only the help: `main` passes the arguments, unparsed, to the engine.
"""

from typing import Any


def declare(commands: Any) -> None:
    commands.add_parser(
        "match", help="classer et répartir à partir de fichiers, sans base de données"
    )
