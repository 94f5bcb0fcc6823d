"""Demonstration administrators, and some problems for them to solve."""

from explor.ground.accounts import actions as accounts
from explor.ground.accounts.actions import grant_administration
from explor.ground.mail.models import BadAddress, Delivery, Message

ADMINISTRATORS = (
    ("administration@explor.example", "Administration technique"),
    ("administration2@explor.example", "Administration, seconde personne"),
)


def add_administrators() -> None:
    """Create two administrators, a bad email address and a message that failed."""
    for email, name in ADMINISTRATORS:
        person = accounts.open_account(email=email, name=name)
        grant_administration(person, "", "")
    email, reason = "ancienne.adresse@exemple.example", "550 boîte inconnue"
    BadAddress.objects.create(email=email, reason=reason)
    Message.objects.create(
        to=email,
        kind="accounts.invite",
        subject="Une invitation à rejoindre Explor",
        body="Bonjour.",
        delivery=Delivery.FAILED,
        error=reason,
        tries=1,
        message_id="<demonstration-1@explor.example>",
    )
