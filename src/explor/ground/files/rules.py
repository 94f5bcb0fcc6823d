"""The code of a seal: drawn without look-alikes, read however it was typed."""

import re

# No 0 O, 1 I L, U: nothing that is mistaken for another when read aloud or copied by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12  # 30 ** 12 codes: 58 bits


def normalised(typed: str) -> str:
    """The code as kept: capitals and figures, without the spaces and dashes between them."""
    return re.sub(r"[^0-9A-Z]+", "", typed.upper())


def grouped(code: str) -> str:
    """The code as shown: ABCD-EFGH-JKMN."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))
