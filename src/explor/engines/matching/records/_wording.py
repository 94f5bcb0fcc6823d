"""Parts of French sentences, such as dates and lists, for the messages of the engine."""

LANGUAGES = {
    "ar": "arabe",
    "bm": "bambara",
    "de": "allemand",
    "en": "anglais",
    "es": "espagnol",
    "fr": "français",
    "ht": "créole haïtien",
    "it": "italien",
    "km": "khmer",
    "lo": "laotien",
    "mg": "malgache",
    "pt": "portugais",
    "ru": "russe",
    "sw": "swahili",
    "vi": "vietnamien",
    "wo": "wolof",
    "zh": "chinois",
}


def days_fr(count: int) -> str:
    """Return a number of days in French, such as « 1 jour » or « 10 jours »."""
    return f"{count} jour" if count == 1 else f"{count} jours"


def language_fr(code: str) -> str:
    """Return the French name of a language by its ISO code, or the code when it is unknown."""
    return LANGUAGES.get(code.lower(), code)


def sentence(text: str) -> str:
    """Return a text with a capital at the beginning and, if it has no end mark, a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else text + "."


def listed(items: list[str]) -> str:
    """Return texts joined as a French list, such as « a, b et c »."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " et " + items[-1]
