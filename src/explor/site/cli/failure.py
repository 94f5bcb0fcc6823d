"""What stops a command, said in a sentence."""


class Failure(Exception):
    """A command cannot go on: the message says why and how to mend it; `code` is the exit code."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code
