"""A member judges a file: a draft of their own, then a final opinion."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from explor.ground.common.actor import Actor
from explor.ground.common.conflict import Refused, Stale
from explor.ground.journal.actions import amend, record

from .. import queries, rules
from ..models import CommitteeMember, Decision, Opinion, Recusal, Score
from ..rules import scoring

# By criterion: the level given, from 0 for the weakest, and a remark.
Levels = Mapping[int, tuple[int | None, str]]


@transaction.atomic
def opine(
    decision: Decision,
    *,
    member: CommitteeMember,
    by: Actor,
    verdict: str = "",
    score: Decimal | None = None,
    levels: Levels | None = None,
    comment: str = "",
    final: bool = True,
    seen: int | None = None,
) -> Opinion:
    """A member keeps a draft of their opinion on a need, or makes it final.

    The score comes from the `levels` where the call has a grid, else from `score`.
    """
    locked = _open(decision, member)
    opinion = _draft_of(member, locked.need_id, seen)
    criteria = list(locked.need.call.criteria.all())
    given = {pk: pair for pk, pair in (levels or {}).items() if pk in {c.pk for c in criteria}}
    if criteria:
        score = scoring.score_of({pk: level for pk, (level, _) in given.items()}, criteria)
    opinion.verdict, opinion.score, opinion.comment = verdict, score, comment
    opinion.at = timezone.now()
    if final:
        blank = [c.label for c in criteria if given.get(c.pk, (None, ""))[0] is None]
        if reasons := rules.missing_to_finish(opinion, blank):
            raise Refused(*reasons)
        opinion.final_at = opinion.at
    opinion.save()
    _write_scores(opinion, given)
    record(opinion, "opine" if final else "draft_opinion", by=by)
    return opinion


@transaction.atomic
def take_up(decision: Decision, *, member: CommitteeMember, by: Actor) -> Opinion:
    """A member takes their final opinion up again; it counts no more until it is final anew."""
    _open(decision, member)
    opinion = Opinion.objects.get(member=member, need=decision.need_id)
    return amend(opinion, "take_up", by=by, changes={"final_at": None})


def _open(decision: Decision, member: CommitteeMember) -> Decision:
    """The decision, locked and still to be taken, on a file that `member` may judge."""
    locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if reasons := rules.missing_to_opine(locked):
        raise Refused(*reasons)
    if Recusal.objects.filter(member=member, need=locked.need_id).exists():
        raise Refused("Vous vous êtes mis en retrait de ce dossier.")
    if tied := queries.ties(locked.need.call, member=member, need=locked.need_id):
        raise Refused(f"{tied[0].reason} : ce dossier ne vous est pas confié.")
    return locked


def _draft_of(member: CommitteeMember, need: int, seen: int | None) -> Opinion:
    """The opinion to write on, not final, and as its author last saw it."""
    opinion = Opinion.objects.filter(member=member, need=need).first()
    opinion = opinion or Opinion(member=member, need_id=need)
    if seen is not None and seen != opinion.version:
        raise Stale(opinion.version, "Vous l’avez sans doute changé dans un autre onglet.")
    if not rules.may_change(opinion):
        raise Refused("Votre avis est définitif : reprenez-le avant de le changer.")
    opinion.version += 1
    return opinion


def _write_scores(opinion: Opinion, given: Levels) -> None:
    opinion.scores.all().delete()
    Score.objects.bulk_create(
        Score(opinion=opinion, criterion_id=pk, level=level, comment=comment)
        for pk, (level, comment) in given.items()
        if level is not None or comment
    )
