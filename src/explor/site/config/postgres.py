"""The embedded PostgreSQL of this checkout."""


def url() -> str:
    """Where the embedded server listens, started or not."""
    return "postgresql://postgres@%2Ftmp%2Fpgsock/explor"
