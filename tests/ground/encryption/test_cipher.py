"""Decryption refuses a value that was changed, moved, left in clear, or whose key is lost."""

import random
from typing import Any

import pytest

from explor.ground.encryption import cipher, ring
from explor.ground.encryption.numbers import normalised

PLACE = "accounts_person.phone:1"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."


def test_an_encrypted_value_is_read_in_its_own_row_and_column_and_differs_each_time() -> None:
    one, other = cipher.seal("06 é", PLACE), cipher.seal("06 é", PLACE)
    assert one != other
    assert (cipher.unseal(one, PLACE), cipher.unseal(other, PLACE)) == ("06 é", "06 é")
    assert "06" not in one.rpartition(".")[2]


@pytest.mark.parametrize(
    "place", ["accounts_person.phone:2", "accounts_person.name:1", "experts_expert.phone:1", ""]
)
def test_an_encrypted_value_moved_to_another_row_or_column_is_refused(place: str) -> None:
    with pytest.raises(cipher.UnreadableValue, match="vient d’une autre ligne"):
        cipher.unseal(cipher.seal("06", PLACE), place)


@pytest.mark.parametrize("value", ["06 00 00 00 01", "", "e1", "e1...", "e1.12345678..x y"])
def test_decrypting_a_value_stored_in_clear_is_refused(value: str) -> None:
    with pytest.raises(cipher.UnreadableValue, match="n’est pas chiffrée"):
        cipher.unseal(value, PLACE)


def test_an_encrypted_value_whose_key_is_lost_is_refused_with_the_name_of_the_key(
    settings: Any,
) -> None:
    settings.ENCRYPTION_KEYS = ring.new_key()
    value = cipher.seal("06", PLACE)
    settings.ENCRYPTION_KEYS = ring.new_key()
    with pytest.raises(cipher.UnreadableValue, match=f"la clé {cipher.key_of(value)} manque"):
        cipher.unseal(value, PLACE)


def changed(dice: random.Random, value: str) -> str:
    """Change, delete, insert or cut a character of a value."""
    at = dice.randrange(len(value))
    way = dice.randrange(4)
    if way == 0:
        return value[:at] + dice.choice(LETTERS.replace(value[at], "")) + value[at + 1 :]
    if way == 1:
        return value[:at] + value[at + 1 :]
    if way == 2:
        return value[:at] + dice.choice(LETTERS) + value[at:]
    return value[:at]


@pytest.mark.soak
def test_a_thousand_random_changes_of_an_encrypted_value_are_refused() -> None:
    dice, accepted = random.Random(20261130), []
    for n in range(1000):
        number = f"06 00 00 {n // 100:02} {n % 100:02}"
        value = cipher.seal(number, f"{PLACE}{n}", searched=normalised(number) if n % 2 else "")
        forged = changed(dice, value)
        try:
            accepted.append((value, forged, cipher.unseal(forged, f"{PLACE}{n}")))
        except cipher.UnreadableValue:
            continue
    assert [each for each in accepted if each[0] != each[1]] == []


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("06 00 00 00 01", "+33600000001"),
        ("06.00.00.00.01", "+33600000001"),
        ("+33 6 00 00 00 01", "+33600000001"),
        ("+33 (0)6 00 00 00 01", "+33600000001"),
        ("+330600000001", "+33600000001"),
        ("0033 6-00-00-00-01", "+33600000001"),
        ("0692 00 00 01", "+262692000001"),
        ("0696000001", "+596696000001"),
        ("+261 34 00 000 01", "+261340000001"),
        ("3615", "3615"),
        ("Standard", "standard"),
        ("", ""),
    ],
)
def test_every_way_of_writing_a_telephone_number_is_normalised_to_one_number(
    typed: str, number: str
) -> None:
    assert normalised(typed) == number
