"""How a secret link is kept: enough to know it again, not to make it."""

import hashlib


def digest_of(secret: str) -> str:
    """SHA-256 of a secret of 24 random bytes, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()
