"""The settings of the legal notice, which French law requires on a public site."""

from django.conf import settings

SETTINGS = {
    "EXPLOR_PUBLISHER": "Éditeur",
    "EXPLOR_PUBLISHER_ADDRESS": "Adresse de l’éditeur",
    "EXPLOR_DIRECTOR": "Direction de la publication",
    "EXPLOR_HOSTING": "Hébergeur",
    "EXPLOR_CONTACT": "Contact",
}


def value_of(name: str) -> str:
    """Return a setting of the legal notice, "" if the installation does not define it."""
    value = str(getattr(settings, name)).strip()
    return "" if value == settings.EXAMPLE_PUBLISHER else value


def missing() -> list[str]:
    """Return the names of the settings of the legal notice that are not defined."""
    return [name for name in SETTINGS if not value_of(name)]
