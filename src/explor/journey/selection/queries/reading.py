"""What each may read of a file: names hidden in a blind reading, files closed to those aside."""

import re
from collections.abc import Iterable
from typing import Any

from explor.journey.needs.models import Need
from explor.journey.needs.pages import facts_of

from .. import rules
from ..models import Bylaws, CommitteeMember, Decision, Opinion, Recusal
from ..rules import scoring
from ..states import State
from .conflicts import ties
from .files import files_of

HIDDEN = "l’association"


def hides_names(decision: Decision, bylaws: Bylaws) -> bool:
    """In a blind reading, nobody reads who asks and who judges before the decision."""
    return bylaws.blind and decision.state == State.TO_DECIDE


def facts_for(need: Need, blind: bool) -> list[tuple[str, object]]:
    """A need in pairs; blind, without the name of who carries it."""
    facts = facts_of(need)
    if not blind:
        return facts
    name = re.compile(re.escape(need.association.name), re.IGNORECASE)
    return [
        (label, name.sub(HIDDEN, value) if isinstance(value, str) else value)
        for label, value in facts
    ]


def may_judge(member: CommitteeMember, decision: Decision) -> bool:
    """Not aside, and not tied to it since."""
    call = decision.need.call
    return rules.may_read(member, decision) and not ties(call, member=member, need=decision.need_id)


def next_to_judge(member: CommitteeMember) -> int | None:
    """The next need on which a member gave no final opinion."""
    for decision in files_of(member).filter(state=State.TO_DECIDE):
        need: Any = decision.need
        done = any(each.final_at for each in need.own_opinions)
        if not done and not need.own_recusals:
            return decision.need_id
    return None


def carriers_for(member: CommitteeMember) -> dict[int, str]:
    """The associations of the files to judge that a member is not aside from, by name."""
    found = (
        Decision.objects.live()
        .filter(need__call=member.call_id, state=State.TO_DECIDE)
        .exclude(need__recusals__member=member)
        .order_by("need__association__name")
    )
    return dict(found.values_list("need__association", "need__association__name"))


def needs_of(member: CommitteeMember, associations: Iterable[str]) -> list[int]:
    """The needs to judge of some associations, on the committee of a member."""
    found = Decision.objects.live().filter(
        need__call=member.call_id, need__association__in=list(associations), state=State.TO_DECIDE
    )
    return list(found.values_list("need", flat=True))


def asides_of(member: CommitteeMember) -> list[Recusal]:
    """The files a member stands aside from."""
    return list(member.recusals.select_related("need__association").order_by("need__title", "pk"))


def asides_on(decision: Decision) -> list[Recusal]:
    """Who stands aside from a file."""
    found = Recusal.objects.filter(need=decision.need_id)
    return list(found.select_related("member__person").order_by("member__person__name", "pk"))


def spread_of(opinions: Iterable[Opinion], bylaws: Bylaws) -> dict[str, Any]:
    """Final opinions on a file together, and how far they stand apart in words."""
    together = scoring.together([each.score for each in opinions if each.score is not None])
    tone, told = scoring.told_spread(together, bylaws.threshold)
    return {"scores": together, "tone": tone, "told": told}


def means_of(opinions: Iterable[Opinion]) -> list[dict[str, Any]]:
    """By criterion, the mean of the levels given in `opinions`, and how far they go."""
    found: dict[int, list[Any]] = {}
    for opinion in opinions:
        for score in opinion.scores.all():
            if score.level is not None:
                found.setdefault(score.criterion_id, [score.criterion]).append(score.level)
    return [
        {
            "label": criterion.label,
            "mean": sum(levels) / len(levels),
            "top": len(scoring.levels_of(criterion)) - 1,
            "low": min(levels),
            "high": max(levels),
        }
        for criterion, *levels in found.values()
    ]
