"""`explor match`: the matching engine on files. `main` passes it the words unparsed."""

from typing import Any


def declare(commands: Any) -> None:
    commands.add_parser(
        "match", help="classer et répartir à partir de fichiers, sans base de données"
    )
