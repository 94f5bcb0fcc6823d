"""What admissibility erases of a need whose texts end."""

from explor.journey.needs.models import Need

from ..models import Note, Paper, Review, Supplement


def erase_review(need: Need) -> None:
    """Erase the papers, the supplements, the notes and the remarks on a need; keep the ground."""
    for rows in (Paper, Supplement, Note):
        rows.objects.filter(need=need).delete()
    Review.objects.filter(need=need).update(answers={}, late_reason="")
