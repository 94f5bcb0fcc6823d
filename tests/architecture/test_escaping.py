"""Templates escape every text that they show; the exceptions are listed here."""

import re

from . import house

# Texts built by the code, without user input or with input that was just sanitized.
TRUSTED_TEMPLATES = {
    "ground/accounts/templates/account/email/base_message.txt",  # a plain text message
    "ground/ui/templates/mfa/totp/activate_form.html",  # a picture drawn by the library
}
TRUSTED_CODE = {
    "ground/ui/prose.py",
    "ground/ui/templatetags/ui.py",
    "oversight/indicators/pages/tables.py",
    "oversight/indicators/views/public.py",
    "public/directory/pages/cards.py",
    "public/directory/pages/facets.py",
    "public/directory/views/public.py",
}
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b")
MARKED = re.compile(r"\bmark_safe\(|\bSafeString\((?!\"\"\))")


def test_only_listed_templates_show_a_text_unescaped() -> None:
    found = {
        str(path.relative_to(house.SOURCE))
        for kind in ("*.html", "*.txt")
        for path in house.SOURCE.rglob(f"templates/**/{kind}")
        if UNESCAPED.search(path.read_text(encoding="utf-8"))
    }
    assert found == TRUSTED_TEMPLATES


def test_only_listed_code_marks_a_text_as_safe_html() -> None:
    found = {
        str(path.relative_to(house.SOURCE))
        for path in house.SOURCE.rglob("*.py")
        if MARKED.search(path.read_text(encoding="utf-8"))
    }
    assert found == TRUSTED_CODE
