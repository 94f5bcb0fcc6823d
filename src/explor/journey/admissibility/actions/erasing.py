"""Erasure of the admissibility texts of a need at the end of their retention period."""

from explor.journey.needs.models import Need

from ..models import Note, Paper, Review, Supplement


def erase_review(need: Need) -> None:
    """Erase the papers, supplements, notes and answers on a need; keep the reason of a rejection.

    The caller deletes the files of the papers.
    """
    for rows in (Paper, Supplement, Note):
        rows.objects.filter(need=need).delete()
    Review.objects.filter(need=need).update(answers={}, late_reason="")
