"""French translation of the messages of argparse."""

import argparse

SENTENCES = {
    "usage: ": "usage : ",
    "options": "options",
    "positional arguments": "arguments",
    "show this help message and exit": "montrer cette aide",
    "%(prog)s: error: %(message)s\n": "%(prog)s : %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "the following arguments are required: %s": "il manque : %s",
    "unrecognized arguments: %s": "arguments inconnus : %s",
    "expected one argument": "une valeur est attendue",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "« %(value)s » n’existe pas (au choix : %(choices)s)"
    ),
    "invalid %(type)s value: %(value)r": "« %(value)s » n’est pas de la sorte attendue (%(type)s)",
}


def translate_argparse() -> None:
    """Translate argparse into French, by replacing its function `_`, which looks up messages."""
    argparse._ = lambda sentence: SENTENCES.get(sentence, sentence)  # type: ignore[attr-defined]
