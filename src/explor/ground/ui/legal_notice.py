"""The settings of the legal notice, compulsory on a public site."""

from django.conf import settings

SETTINGS = {
    "EXPLOR_PUBLISHER": "Éditeur",
    "EXPLOR_PUBLISHER_ADDRESS": "Adresse de l’éditeur",
    "EXPLOR_DIRECTOR": "Direction de la publication",
    "EXPLOR_HOSTING": "Hébergeur",
    "EXPLOR_CONTACT": "Contact",
}


def value_of(name: str) -> str:
    """Return a setting of the legal notice, empty when the installation did not give it."""
    value = str(getattr(settings, name)).strip()
    return "" if value == settings.EXAMPLE_PUBLISHER else value


def missing() -> list[str]:
    """Return the settings of the legal notice that the installation did not give."""
    return [name for name in SETTINGS if not value_of(name)]
