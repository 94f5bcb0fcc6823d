"""What decisions erase of a need whose texts end."""

from explor.journey.needs.models import Need

from ..models import Appeal, Decision


def erase_letter(need: Need) -> None:
    """Erase the letter of the decision and the texts of its review; the verdict stays."""
    Decision.objects.filter(need=need).update(letter="")
    Appeal.objects.filter(need=need).update(text="", by="", answer="")
