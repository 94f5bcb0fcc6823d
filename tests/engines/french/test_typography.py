"""No-break spaces around the marks of French, in texts and in pages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explor.engines.french.typography import bind_marks, bind_marks_of_page

TEXTS = st.text(alphabet="aé «»;:!?\n\u00a0\u202f<&")


@pytest.mark.parametrize(
    ("typed", "bound"),
    [
        ("Il manque : le titre ; la ville.", "Il manque\u00a0: le titre\u00a0; la ville."),
        ("Qui ? Vous !", "Qui\u00a0? Vous\u00a0!"),
        ("lire « Former » à temps", "lire «\u00a0Former\u00a0» à temps"),
        ("« « a » »", "«\u00a0«\u00a0a\u00a0»\u00a0»"),
        ("Il manque\u00a0: rien", "Il manque\u00a0: rien"),
        ("https://explor.example/?q=a:b", "https://explor.example/?q=a:b"),
        ("10:30, oui!", "10:30, oui!"),
        ("\n : une puce", "\n : une puce"),
    ],
)
def test_marks_of_french_are_bound_to_their_word(typed: str, bound: str) -> None:
    assert bind_marks(typed) == bound
    assert bind_marks_of_page(f"<p>{typed}</p>") == f"<p>{bound}</p>"


@pytest.mark.parametrize(
    "verbatim",
    [
        '<a href="/x ; y" title="Qui ?">',
        "<textarea name=a>Qui ?\n« a »</textarea>",
        "<script>a ? b : c</script>",
        "<code>explor x : y</code>",
        "<!-- a ? b : c -->",
    ],
)
def test_what_is_typed_copied_or_run_is_unchanged(verbatim: str) -> None:
    assert bind_marks_of_page(f"{verbatim}Qui ?") == f"{verbatim}Qui\u00a0?"


def test_a_line_break_of_a_page_is_a_space_before_a_mark_and_stays_in_a_text() -> None:
    assert bind_marks_of_page("<b>Explor</b>\n: ouverte") == "<b>Explor</b>\u00a0: ouverte"
    assert bind_marks("Explor\n: ouverte") == "Explor\n: ouverte"


@given(TEXTS)
def test_binding_marks_changes_nothing_but_spaces_and_only_once(text: str) -> None:
    bound = bind_marks(text)
    assert bound.replace("\u00a0", " ") == text.replace("\u00a0", " ")
    assert bind_marks(bound) == bound
    assert not re.search(r"\S [;:!?»]", bound)
