"""Validators of a new password: not too long, and not made of little more than frequent words."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError

from explor.ground.ui import hooks

FREQUENT = Path(__file__).parents[1] / "data" / "passwords.txt"
CONTEXT = (
    *("explor", "mission", "missions", "reseau", "reseaux", "rrma", "association", "expert"),
    *("experte", "expertise", "employeur", "financeur", "comite", "cooperation", "international"),
    *("solidarite", "solidaire", "competence", "competences", "benevole", "depart", "projet"),
)
# Digits and signs that often replace a letter.
STANDING_FOR = str.maketrans("013457@$€!", "oieastasei")
YEAR = re.compile(r"(19|20)\d\d")
# A password with a frequent word is refused if both fewer letters and fewer characters than these
# remain once its frequent words and its years are removed.
LETTERS, SIGNS = 5, 8


class MaximumLengthValidator:
    """Validator that refuses a password above `max_length`, whose hashing would load the server."""

    def __init__(self, max_length: int = 128) -> None:
        self.max_length = max_length

    def validate(self, password: str, user: object = None) -> None:
        if len(password) > self.max_length:
            raise ValidationError(
                f"Ce mot de passe est trop long : {self.max_length} caractères au plus.",
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        return f"Votre mot de passe a {self.max_length} caractères au plus."


class GuessableValidator:
    """Validator that refuses a password made of little more than frequent words.

    The words of Explor and those of the hook `password words` are frequent too. « soleil4821 »,
    « Motdepasse2026! » and « Explor-mission-12 » are refused; a sentence is not.
    """

    def validate(self, password: str, user: object = None) -> None:
        words = {*CONTEXT, *(word for names in hooks.get("password words") for word in names())}
        if is_guessable(password, words):
            raise ValidationError(
                "Ce mot de passe se devine : il ne tient qu’à des mots fréquents ou propres à "
                "Explor. Ajoutez-en d’autres, sans rapport entre eux.",
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return "Votre mot de passe ne tient pas qu’à des mots fréquents ou propres à Explor."


def is_guessable(password: str, context: Iterable[str]) -> bool:
    """Return whether too little of a password remains without its frequent words and its years.

    False for a password without any frequent word. The words of `context` count as frequent too.
    """
    typed = plain(password)
    known = _longest_first(frequent_words() | {plain(word) for word in context})
    return any(_is_poor(each, known) for each in (typed, typed.translate(STANDING_FOR)))


def plain(text: str) -> str:
    """Return a text in lower case, without accents."""
    split = unicodedata.normalize("NFD", text.lower())
    return "".join(character for character in split if not unicodedata.combining(character))


@cache
def frequent_words() -> frozenset[str]:
    """Return the words that French speakers most often choose as a password."""
    return frozenset(FREQUENT.read_text(encoding="utf-8").split())


def _longest_first(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def _is_poor(text: str, known: re.Pattern[str]) -> bool:
    rest, count = known.subn(" ", re.sub(r"[\W_]", "", text))
    rest = YEAR.sub("", rest).replace(" ", "")
    letters = sum(character.isalpha() for character in rest)
    return bool(count) and letters < LETTERS and len(rest) < SIGNS
