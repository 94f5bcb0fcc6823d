"""What makes the settings of an installation too weak to serve in production."""

import re
from collections.abc import Iterator, Mapping, Sequence

SHORTEST = 50  # characters of a key
ENCRYPTION_KEY = re.compile(r"[A-Za-z0-9_-]{43}=?")  # 32 bytes


def weaknesses(
    keys: Mapping[str, str], hosts: Sequence[str], url: str, ring: Sequence[str] = ()
) -> Iterator[str]:
    """Yield a sentence for each weak setting.

    Args:
        keys: the secret keys by the name of their setting.
        hosts: the value of ALLOWED_HOSTS.
        url: the value of EXPLOR_URL.
        ring: the keys of EXPLOR_ENCRYPTION_KEYS.
    """
    for name, key in keys.items():
        if len(key) < SHORTEST:
            yield f"{name} a moins de {SHORTEST} caractères : tirez-en {SHORTEST} au hasard."
    if not all(ENCRYPTION_KEY.fullmatch(key.strip()) for key in ring):
        yield (
            "EXPLOR_ENCRYPTION_KEYS contient autre chose que des clés : "
            "explor encryption new --print en donne une."
        )
    if any(host.strip() in ("*", "") for host in hosts):
        yield "ALLOWED_HOSTS laisse passer tous les noms : donnez celui de votre site."
    if not url.startswith("https://"):
        yield "EXPLOR_URL ne commence pas par https:// : donnez l’adresse publique du site."
