"""Detection of settings that are too weak for production."""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote, urlsplit

SHORTEST = 50  # minimum length of a key
VARIETY = 16  # minimum number of different characters in a key; a random key has more
# Passwords that attackers try first.
KNOWN = frozenset(
    "admin changeme changeit default demo example explor explor123 guest pass passw0rd password"
    " password1 postgres postgresql root secret test toto user 0000 1234 12345 123456"
    " 12345678".split()
)
HERE = ("", "localhost", "127.0.0.1", "::1")
ENCRYPTION_KEY = re.compile(r"[A-Za-z0-9_-]{43}=?")  # 32 bytes


def weaknesses(
    keys: Mapping[str, str], hosts: Sequence[str], url: str, ring: Sequence[str] = ()
) -> Iterator[str]:
    """Yield a French sentence for each weak setting.

    Args:
        keys: the secret keys by the name of their setting.
        hosts: the value of ALLOWED_HOSTS.
        url: the value of EXPLOR_URL.
        ring: the keys of EXPLOR_ENCRYPTION_KEYS.
    """
    for name, key in keys.items():
        if len(key) < SHORTEST:
            yield f"{name} a moins de {SHORTEST} caractères : tirez-en {SHORTEST} au hasard."
        elif len(set(key)) < VARIETY:
            yield f"{name} se répète : tirez {SHORTEST} caractères au hasard."
    names = list(keys)
    for rank, name in enumerate(names):
        for other in names[:rank]:
            if keys[name] and keys[name] == keys[other]:
                yield f"{name} et {other} sont la même clé : tirez-en une pour chaque usage."
    if not all(ENCRYPTION_KEY.fullmatch(key.strip()) for key in ring):
        yield (
            "EXPLOR_ENCRYPTION_KEYS contient autre chose que des clés : "
            "explor encryption new --print en donne une."
        )
    if any(host.strip() in ("*", "") for host in hosts):
        yield "ALLOWED_HOSTS laisse passer tous les noms : donnez celui de votre site."
    if not url.startswith("https://"):
        yield "EXPLOR_URL ne commence pas par https:// : donnez l’adresse publique du site."


def guessable(database: str, mail: str) -> Iterator[str]:
    """Yield a French sentence for each password that is easy to guess.

    Args:
        database: the value of DATABASE_URL; if it has no password, the server authenticates
            otherwise.
        mail: the value of EMAIL_HOST_PASSWORD.
    """
    address = urlsplit(database)
    password = unquote(address.password or "")
    if password and (password.lower() in KNOWN or password == unquote(address.username or "")):
        yield "Le mot de passe de DATABASE_URL se devine : tirez-en un au hasard."
    if mail.lower() in KNOWN:
        yield "EMAIL_HOST_PASSWORD se devine : tirez-en un au hasard."


def exposed(host: str, password: str, tls: str | None) -> Iterator[str]:
    """Yield a French sentence if the mail password would be sent unencrypted over a network.

    `host` and `password` are those of the mail server; `tls` is the value of EMAIL_USE_TLS, "1"
    for encryption.
    """
    if password and tls != "1" and host not in HERE:
        yield "EMAIL_HOST_PASSWORD partirait en clair : donnez EMAIL_USE_TLS=1."
