"""The two ways an act can be refused once its author is known to be allowed."""

from collections.abc import Sequence


class ActionNotAllowed(Exception):
    """The act is not possible now; `reasons` say why, in the user's words."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons)
        self.reasons: Sequence[str] = reasons

    def __str__(self) -> str:
        return " ".join(self.reasons)


class EditConflict(ActionNotAllowed):
    """The row changed since the page was drawn; `version` is the present one."""

    def __init__(self, version: int, change: str = "") -> None:
        super().__init__(
            "Ce dossier a changé depuis que vous avez ouvert cette page.",
            change,
            "Votre saisie est gardée : relisez-la, puis validez de nouveau.",
        )
        self.version = version
