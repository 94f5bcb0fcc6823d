"""The error that ends a command with one sentence."""


class Failure(Exception):
    """Error that ends a command; the message states the reason and how to fix it.

    Args:
        message: a sentence in French.
        code: the exit code, 2 for wrong arguments.
    """

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code
