"""Checks on a text before it is parsed as a sheet: size, encoding, nesting, markup."""

import re

from ._reading import Note, UnreadableSheet
from ._text import is_safe_url

MAX_BYTES = 1_000_000
MAX_LINES = 20_000
MAX_NESTING = 50
MAX_REMARKS = 5
_QUOTES = re.compile(rf"(?m)^(?:[ \t]*(?:>|(?:[-+*]|\d{{1,9}}[.)])(?=[ \t]))){{{MAX_NESTING + 1}}}")
_BRACKETS = re.compile(rf"[\[(]{{{MAX_NESTING + 1}}}")
_TAG = re.compile(r"<(?!(?:https?://|mailto:)[^\s<>]+>)[A-Za-z/!?]")
_ADDRESS = re.compile(r"(?:\]\(\s*<?|^[ >]*\[[^\]]*\]:\s*<?)([^\s)>]+)")
_MOJIBAKE = re.compile(r"Ã[\x80-\xbf ¡-¿]|â€[™œ“”¦“\x93\x94\x99]|Â[\xa0«»°]")


def decode(data: bytes) -> tuple[str, list[Note]]:
    """Return the text of a UTF-8 file, and a note if it starts with a byte order mark.

    Raises UnreadableSheet for a file that is empty, too large, binary or in another encoding.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(len(data))
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise UnreadableSheet("Le fichier est vide.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableSheet("Le fichier est en UTF-16 : enregistrez-le en UTF-8.")
    if b"\0" in data or data[:4] in (b"%PDF", b"PK\x03\x04"):
        raise UnreadableSheet("Le fichier n’est pas du texte (contenu binaire).")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise UnreadableSheet(
            f"Le fichier n’est pas en UTF-8 (ligne {line}) ; il semble en Windows-1252 ou "
            "Latin-1 : enregistrez-le en UTF-8 pour garder les accents."
        ) from fault
    if text.startswith("\ufeff"):
        return text[1:], [Note(text="Marque d’ordre des octets (BOM) retirée.", line=1)]
    return text, []


def _too_large(size: int) -> UnreadableSheet:
    return UnreadableSheet(
        f"Le fichier est trop gros ({size:,} octets, au plus {MAX_BYTES:,}).".replace(",", " ", 1)
    )


def refuse_hostile(text: str) -> None:
    """Raise UnreadableSheet for a text that is empty, too long, binary or too deeply nested.

    Too long means more than `MAX_BYTES` characters or `MAX_LINES` lines.
    """
    if len(text) > MAX_BYTES:
        raise _too_large(len(text))
    if not text.strip():
        raise UnreadableSheet("Le fichier est vide.")
    if "\0" in text:
        raise UnreadableSheet("Le fichier n’est pas du texte (contenu binaire).")
    if text.count("\n") > MAX_LINES:
        raise UnreadableSheet(
            f"Le fichier compte plus de {MAX_LINES} lignes : ce n’est pas une fiche."
        )
    if match := _QUOTES.search(text) or _BRACKETS.search(text):
        line = text.count("\n", 0, match.start()) + 1
        raise UnreadableSheet(
            f"Imbrication excessive à la ligne {line} (plus de {MAX_NESTING} niveaux)."
        )


def remarks(text: str) -> list[Note]:
    """Return notes for the author about damaged accents, disabled tags and disabled links.

    For each problem there are at most `MAX_REMARKS` notes with a line number, then one note that
    counts the other lines.
    """
    tests = (
        ("Caractère illisible « \ufffd » : le texte a été abîmé.", lambda s: "\ufffd" in s),
        ("Accents abîmés (« Ã© » au lieu de « é »).", lambda s: bool(_MOJIBAKE.search(s))),
        ("Balise HTML gardée comme du simple texte.", lambda s: bool(_TAG.search(s))),
        ("Lien dangereux neutralisé.", _has_unsafe_link),
    )
    notes = []
    lines = text.splitlines()
    for message, test in tests:
        hits = [number for number, line in enumerate(lines, 1) if test(line)]
        notes += [Note(text=message, line=number) for number in hits[:MAX_REMARKS]]
        if len(hits) > MAX_REMARKS:
            more = len(hits) - MAX_REMARKS
            notes.append(Note(text=f"{message} ({more} autres lignes)"))
    return notes


def _has_unsafe_link(line: str) -> bool:
    return any(not is_safe_url(match[1]) for match in _ADDRESS.finditer(line))
