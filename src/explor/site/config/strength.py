"""What makes the settings of an installation too weak to serve in production."""

from collections.abc import Iterator, Mapping, Sequence

SHORTEST = 50  # characters of a key


def weaknesses(keys: Mapping[str, str], hosts: Sequence[str], url: str) -> Iterator[str]:
    """Yield a sentence for each weak setting.

    Args:
        keys: the secret keys by the name of their setting.
        hosts: the value of ALLOWED_HOSTS.
        url: the value of EXPLOR_URL.
    """
    for name, key in keys.items():
        if len(key) < SHORTEST:
            yield f"{name} a moins de {SHORTEST} caractères : tirez-en {SHORTEST} au hasard."
    if any(host.strip() in ("*", "") for host in hosts):
        yield "ALLOWED_HOSTS laisse passer tous les noms : donnez celui de votre site."
    if not url.startswith("https://"):
        yield "EXPLOR_URL ne commence pas par https:// : donnez l’adresse publique du site."
