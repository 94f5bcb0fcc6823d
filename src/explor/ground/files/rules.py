"""The code of a seal: its alphabet, and how it is stored and displayed."""

import re

# No 0 O, 1 I L, U: these are easily confused when read aloud or copied by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12  # 30 ** 12 codes: 58 bits


def normalised(typed: str) -> str:
    """Return a code in its stored form: capitals and digits, without spaces or dashes."""
    return re.sub(r"[^0-9A-Z]+", "", typed.upper())


def grouped(code: str) -> str:
    """Return a code in its displayed form: ABCD-EFGH-JKMN."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))
