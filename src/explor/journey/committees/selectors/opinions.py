"""Database queries on final opinions and scores, on recused members, and on those who judge."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from explor.journey.calls.models import Call, Criterion
from explor.journey.needs.models import Need

from ..models import CommitteeMember, Opinion, Recusal, Score
from ..rules import scoring


def opinions_on(need: Need) -> "QuerySet[Opinion]":
    """Return the final opinions on a need, with their scores by criterion."""
    scores = Score.objects.select_related("criterion").order_by("criterion__order", "pk")
    return (
        Opinion.objects.counted()
        .filter(need=need)
        .select_related("member__person")
        .prefetch_related(Prefetch("scores", queryset=scores))
        .order_by("pk")
    )


def missing_to_regrid(call: Call, criteria: list[dict[str, Any]]) -> list[str]:
    """Return the scored criteria whose number of levels would change, as reasons; else [].

    A score stores the number of a level, whose meaning would change with the number of levels.
    """
    scored = Criterion.objects.filter(call=call, scores__level__isnull=False).distinct()
    sizes = {each.label: len(scoring.levels_of(each)) for each in scored}
    return [
        f"Des avis notent déjà « {line['label']} » : le nombre de ses niveaux ne change plus."
        for line in criteria
        if sizes.get(line["label"], 0) not in (0, len(scoring.described(line.get("levels", []))))
    ]


def judges_of(need: Need) -> "QuerySet[CommitteeMember]":
    """Return the members of the committee of a need who are not recused from it."""
    recused = Recusal.objects.filter(need=need).values("member")
    return CommitteeMember.objects.filter(call=need.call_id).exclude(pk__in=recused)


def scores_by_need(needs: list[int]) -> defaultdict[int, list[Decimal]]:
    """Return the scores of the final opinions, by primary key of the need."""
    scores: defaultdict[int, list[Decimal]] = defaultdict(list)
    counted = Opinion.objects.counted().filter(need__in=needs).order_by("pk")
    for need, score in counted.values_list("need", "score"):
        scores[need].append(score)  # type: ignore[arg-type]  # a final opinion has a score
    return scores


def recused_by_need(needs: list[int]) -> defaultdict[int, list[int]]:
    """Return the primary keys of the recused members, by primary key of the need."""
    recused: defaultdict[int, list[int]] = defaultdict(list)
    for need, member in Recusal.objects.filter(need__in=needs).values_list("need", "member"):
        recused[need].append(member)
    return recused
