"""Telephone numbers in one normal form, so that a number is found however it was typed."""

import re

FRANCE = "33"
# The overseas territories have their own country codes, and the national prefixes below.
OVERSEAS = {
    **dict.fromkeys(("0262", "0263", "0692", "0693", "0269", "0639"), "262"),
    **dict.fromkeys(("0590", "0690", "0691"), "590"),
    **dict.fromkeys(("0594", "0694"), "594"),
    **dict.fromkeys(("0596", "0696", "0697"), "596"),
}
NATIONAL = 10  # digits of a French number, including the leading zero


def normalised(text: str) -> str:
    """Return a telephone number as `+33600000001`; ten digits that start with 0 are French.

    A text that is not a number ("standard") is returned in lower case, other digits unchanged.
    """
    text = text.strip()
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    if not digits:
        return text.casefold()
    if text.startswith("+") or digits.startswith("00"):
        number = digits if text.startswith("+") else digits[2:]
        return "+" + re.sub(rf"^{FRANCE}0(?=\d{{9}}$)", FRANCE, number)
    if digits.startswith("0") and len(digits) == NATIONAL:
        return f"+{OVERSEAS.get(digits[:4], FRANCE)}{digits[1:]}"
    return digits
