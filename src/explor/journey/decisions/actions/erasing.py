"""Erasure of the texts of a decision at the end of their retention period."""

from explor.journey.needs.models import Need

from ..models import Appeal, Decision


def erase_letter(need: Need) -> None:
    """Erase the letter of a decision, and the texts and author of its appeal; keep the verdict."""
    Decision.objects.filter(need=need).update(letter="")
    Appeal.objects.filter(need=need).update(text="", by="", answer="")
