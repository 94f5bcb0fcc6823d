"""Actions on opinions: save a private draft, make it final, reopen it, erase its comments."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.journey.needs.models import Need

from .. import rules, selectors
from ..models import CommitteeMember, Opinion, Recusal, Score
from ..rules import scoring
from .members import lock_needs

# {primary key of a criterion: (level given, 0 for the weakest or None; remark)}
Levels = Mapping[int, tuple[int | None, str]]


@transaction.atomic
def give_opinion(
    need: Need,
    *,
    member: CommitteeMember,
    by: Actor,
    verdict: str = "",
    score: Decimal | None = None,
    levels: Levels | None = None,
    comment: str = "",
    final: bool = True,
    expected_version: int | None = None,
) -> Opinion:
    """Save the opinion of a member on a need, as a draft or as final.

    The score is computed from `levels` when the call has a grid; else it is `score`.

    Raises:
        ActionNotAllowed: the need is decided or withdrawn, the member may not judge it, the opinion
            is final already, or see `rules.missing_to_finish`.
        EditConflict: the opinion changed since `expected_version`.
    """
    locked = _lock_to_judge(need, member)
    opinion = _draft_of(member, locked, expected_version)
    criteria = list(locked.call.criteria.all())
    given = {pk: pair for pk, pair in (levels or {}).items() if pk in {c.pk for c in criteria}}
    if criteria:
        score = scoring.score_of({pk: level for pk, (level, _) in given.items()}, criteria)
    opinion.verdict, opinion.score, opinion.comment = verdict, score, comment
    opinion.at = timezone.now()
    if final:
        blank = [c.label for c in criteria if given.get(c.pk, (None, ""))[0] is None]
        if reasons := rules.missing_to_finish(opinion, blank):
            raise ActionNotAllowed(*reasons)
        opinion.final_at = opinion.at
    opinion.save()
    _save_scores(opinion, given)
    audit.log(opinion, "give_opinion" if final else "draft_opinion", by=by)
    return opinion


@transaction.atomic
def reopen_opinion(opinion: Opinion, *, by: Actor, expected_version: int | None = None) -> Opinion:
    """Turn a final opinion back into a draft, which does not count until final again.

    Raises:
        ActionNotAllowed: the need is decided or withdrawn, or the member may not judge it.
        EditConflict: the opinion changed since `expected_version`.
    """
    _lock_to_judge(opinion.need, opinion.member)
    return audit.update(
        opinion,
        "reopen_opinion",
        by=by,
        expected_version=expected_version,
        changes={"final_at": None},
    )


def _lock_to_judge(need: Need, member: CommitteeMember) -> Need:
    """Lock the decision on a need, and return the need read after the lock.

    Raises:
        ActionNotAllowed: the need is decided or withdrawn, or the member may not judge it.
    """
    lock_needs([need.pk])
    locked: Need = selectors.needs_before_committee().select_related("call").get(pk=need.pk)
    if reasons := rules.missing_to_give_opinion(locked):
        raise ActionNotAllowed(*reasons)
    if Recusal.objects.filter(member=member, need=locked).exists():
        raise ActionNotAllowed("Vous vous êtes mis en retrait de ce dossier.")
    if conflicts := selectors.known_conflicts(locked.call, member=member, need=locked.pk):
        raise ActionNotAllowed(f"{conflicts[0].reason} : ce dossier ne vous est pas confié.")
    return locked


def _draft_of(member: CommitteeMember, need: Need, expected_version: int | None) -> Opinion:
    """Return the opinion to change, stored or new, with its version incremented but not saved.

    Raises:
        ActionNotAllowed: the opinion is final.
        EditConflict: the opinion changed since `expected_version`.
    """
    opinion = Opinion.objects.filter(member=member, need=need).first()
    opinion = opinion or Opinion(member=member, need_id=need.pk)
    if expected_version is not None and expected_version != opinion.version:
        raise EditConflict(opinion.version, "Vous l’avez sans doute changé dans un autre onglet.")
    if not rules.is_draft(opinion):
        raise ActionNotAllowed("Votre avis est définitif : reprenez-le avant de le changer.")
    opinion.version += 1
    return opinion


def _save_scores(opinion: Opinion, given: Levels) -> None:
    opinion.scores.all().delete()
    Score.objects.bulk_create(
        Score(opinion=opinion, criterion_id=pk, level=level, comment=comment)
        for pk, (level, comment) in given.items()
        if level is not None or comment
    )


def erase_comments(need: Need) -> None:
    """Erase the comments of the opinions on a need, and the reasons of the recusals from it.

    The verdicts, scores and recusals stay.
    """
    Score.objects.filter(opinion__need=need).update(comment="")
    Opinion.objects.filter(need=need).update(comment="")
    Recusal.objects.filter(need=need).update(reason="")
