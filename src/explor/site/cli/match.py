"""`explor match`: the matching engine on files; `main` hands it the words as they are."""

from typing import Any


def declare(commands: Any) -> None:
    commands.add_parser(
        "match", help="classer et répartir à partir de fichiers, sans base de données"
    )
