"""The exceptions for an action that is refused although its author has the permission."""

from collections.abc import Sequence


class ActionNotAllowed(Exception):
    """The action is not possible now; `reasons` are French sentences shown to the user."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons)
        self.reasons: Sequence[str] = reasons

    def __str__(self) -> str:
        return " ".join(self.reasons)


class EditConflict(ActionNotAllowed):
    """The row changed after the page was rendered; `version` is its current version."""

    def __init__(self, version: int, change: str = "") -> None:
        super().__init__(
            "Ce dossier a changé depuis que vous avez ouvert cette page.",
            change,
            "Votre saisie est gardée : relisez-la, puis validez de nouveau.",
        )
        self.version = version
