"""The e-mails of the sign-in library are in French and name no site that is not configured."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils import timezone

from factories import PersonFactory

pytestmark = pytest.mark.django_db
TEMPLATES = Path(allauth.__file__).parent / "templates"
NAMES = sorted(
    f"{path.parent.relative_to(TEMPLATES)}/{path.name.removesuffix('_message.txt')}"
    for path in TEMPLATES.glob("*/email/*_message.txt")
    if path.parts[-3] in ("account", "mfa") and not path.name.startswith("base")
)
ENGLISH = re.compile(r"\b(your|you|the|this|code below|address:|hello|thank)\b", re.IGNORECASE)


@pytest.mark.parametrize("name", NAMES)
def test_each_email_of_the_sign_in_library_is_in_french_and_complete(name: str) -> None:
    adapter = get_adapter()
    adapter.request = HttpRequest()
    person = PersonFactory(name="Awa Exemple", email="awa@exemple.test")
    mail = adapter.render_mail(
        name,
        person.email,
        {
            "user": person,
            "email": person.email,
            "code": "ABC-123",
            "signup_url": "https://explor.test/inscription/",
            "password_reset_url": "https://explor.test/mot-de-passe/",
            "activate_url": "https://explor.test/adresse/",
            "from_email": "avant@exemple.test",
            "to_email": "apres@exemple.test",
            "deleted_email": "avant@exemple.test",
            "ip": "192.0.2.1",
            "user_agent": "Navigateur",
            "timestamp": timezone.now(),
        },
    )
    assert not ENGLISH.search(mail.subject + mail.body)
    assert mail.body.startswith("Bonjour,\n\n")
    assert "c’est !" not in mail.body
    assert "c'est" not in mail.body
    assert "\n\n\n" not in mail.body
