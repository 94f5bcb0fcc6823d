"""Opinions on the pages of the committee: drafts, final opinions, reopening and permissions."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from explor.ground.audit.models import Entry
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.calls.actions import set_grid
from explor.journey.calls.models import Criterion
from explor.journey.committees import actions as committees
from explor.journey.committees import selectors as committee_reads
from explor.journey.committees.models import CommitteeMember, Opinion
from explor.journey.decisions import selectors as decision_reads
from explor.journey.decisions.models import Decision
from explor.journey.needs.models import Need
from factories import (
    CommitteeMemberFactory,
    MemberFactory,
    association_actor,
    committee_actor,
    officer_actor,
    wearing,
)


def page_of(seat: CommitteeMember, committee: Any, rest: str = "") -> tuple[Client, str]:
    """Return a browser of the member, and the URL of the first need under their role."""
    url = f"/comite/{seat.call.slug}/dossiers/{committee.needs[0].pk}/{rest}"
    return wearing(committee_actor(seat)), url


def typed(then: str, **others: Any) -> dict[str, Any]:
    given = {"verdict": "favourable", "score": "14,5", "comment": "Solide.", "version": 0}
    return {**given, "then": then, **others}


def opine(committee: Any, seat: CommitteeMember, *, final: bool = True, score: int = 12) -> Opinion:
    return committees.give_opinion(
        committee.decision().need,
        member=seat,
        by=committee_actor(seat),
        verdict="favourable",
        score=Decimal(score),
        final=final,
    )


@pytest.fixture
def at(committee: Any) -> Any:
    """Return a function that sets the decision on the first need to a state."""

    def brought(state: str) -> None:
        Decision.objects.filter(need=committee.needs[0]).update(
            state=state, verdict="" if state == "to_decide" else "favourable"
        )

    return brought


@pytest.mark.parametrize("then", ["draft", "final"])
@pytest.mark.parametrize("who", ["member", "aside", "elsewhere"])
@pytest.mark.parametrize("state", ["to_decide", "decided", "announced"])
def test_giving_an_opinion_is_refused_after_the_decision_and_to_recused_or_other_members(
    state: str, who: str, then: str, committee: Any, at: Any
) -> None:
    seat = CommitteeMemberFactory() if who == "elsewhere" else committee.members[0]
    if who == "aside":
        committees.recuse(
            committee.needs[0], member=seat, by=committee_actor(seat), reason="Un ami."
        )
    at(state)
    browser, url = page_of(seat, committee)
    answer = browser.post(url, typed(then))
    expected = {"elsewhere": 404, "aside": 403}.get(who, 302 if state == "to_decide" else 409)
    assert answer.status_code == expected
    kept = Opinion.objects.filter(need=committee.needs[0]).first()
    assert (kept is not None) == (expected == 302)
    if kept:
        assert (kept.score, kept.comment) == (Decimal("14.5"), "Solide.")
        assert bool(kept.final_at) == (then == "final")


@pytest.mark.parametrize("state", ["to_decide", "decided", "announced"])
@pytest.mark.parametrize("given", ["nothing", "draft", "final"])
def test_only_a_final_opinion_on_an_undecided_need_can_be_reopened(
    given: str, state: str, committee: Any, at: Any
) -> None:
    seat = committee.members[0]
    if given != "nothing":
        opine(committee, seat, final=given == "final")
    at(state)
    browser, url = page_of(seat, committee, "reprendre/")
    own = Opinion.objects.filter(member=seat).first()
    answer = browser.post(url, {"version": own.version if own else 0})
    if given != "final":
        assert answer.status_code == 404
    else:
        assert answer.status_code == (302 if state == "to_decide" else 409)
        assert bool(Opinion.objects.get().final_at) == (state != "to_decide")


@pytest.mark.parametrize("role", ["reseau", "association"])
def test_the_page_to_give_an_opinion_is_not_found_under_another_role(
    role: str, committee: Any
) -> None:
    need = committee.needs[0]
    actor = officer_actor(need.network) if role == "reseau" else association_actor(need.association)
    url = f"/comite/{committee.call.slug}/dossiers/{need.pk}/"
    assert wearing(actor).post(url, typed("final")).status_code == 404
    assert not Opinion.objects.exists()


def test_a_blank_opinion_is_refused_as_final_but_saved_as_a_draft(committee: Any) -> None:
    browser, url = page_of(committee.members[0], committee)
    blank = {"then": "draft", "version": 0, "verdict": "", "score": "", "comment": ""}
    assert browser.post(url, {**blank, "then": "final"}).status_code == 422
    assert browser.post(url, blank).status_code == 302
    assert Opinion.objects.get().final_at is None


def test_a_final_opinion_is_refused_before_the_member_declares_interests(committee: Any) -> None:
    seat = committee.members[0]
    CommitteeMember.objects.filter(pk=seat.pk).update(declared_at=None)
    browser, url = page_of(seat, committee)
    answer = browser.post(url, typed("final"))
    assert answer.status_code == 409
    assert "Dites d’abord vos liens" in answer.content.decode()
    assert browser.post(url, typed("draft")).status_code == 302


def test_a_stale_opinion_is_refused_and_shown_again_with_the_typed_text(committee: Any) -> None:
    browser, url = page_of(committee.members[0], committee)
    browser.post(url, typed("draft"))
    answer = browser.post(url, typed("draft", comment="Écrit dans l’autre onglet."))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "dans un autre onglet" in page and "Écrit dans l’autre onglet." in page
    assert Opinion.objects.get().comment == "Solide."


def test_a_final_opinion_requires_a_level_for_each_criterion_and_computes_the_score(
    committee: Any,
) -> None:
    one = Criterion.objects.create(call=committee.call, label="Utilité", weight=3)
    two = Criterion.objects.create(call=committee.call, label="Faisabilité", weight=1)
    browser, url = page_of(committee.members[0], committee)
    partial = typed("final") | {f"c{one.pk}": 4, f"c{one.pk}_remark": "Très attendu."}
    assert browser.post(url, partial).status_code == 422
    assert browser.post(url, partial | {f"c{two.pk}": 9}).status_code == 422
    assert browser.post(url, partial | {f"c{two.pk}": 0}).status_code == 302
    opinion = Opinion.objects.get()
    assert opinion.score == Decimal("15.0")
    assert list(opinion.scores.order_by("criterion__weight").values_list("level", "comment")) == [
        (0, ""),
        (4, "Très attendu."),
    ]


def test_a_draft_opinion_is_hidden_from_everyone_but_its_author(committee: Any) -> None:
    committees.give_opinion(
        committee.decision().need, member=committee.members[0], final=False, verdict="unfavourable",
        by=committee_actor(committee.members[0]), score=Decimal(3), comment="Brouillon secret",
    )  # fmt: skip
    opine(committee, committee.members[1], score=16)
    need, call = committee.needs[0], committee.call
    officer, chair = officer_actor(call.network), committee_actor(committee.chair)
    pages = [
        (officer, f"/reseau/{call.network.slug}/decisions/{need.pk}/"),
        (officer, f"/reseau/{call.network.slug}/appels/{call.pk}/classement/"),
        (chair, f"/comite/{call.slug}/dossiers/{need.pk}/"),
        (chair, f"/comite/{call.slug}/appels/{call.pk}/classement/"),
    ]
    for actor, url in pages:
        answer = wearing(actor).get(url)
        assert answer.status_code == 200
        assert "Brouillon secret" not in answer.content.decode()
    rows = decision_reads.ranking(
        bylaws := committee_reads.bylaws_of(call), decision_reads.money_of(bylaws)
    )
    assert next(row.scores.count for row in rows if row.scores) == 1


def withdrawn(committee: Any, seat: CommitteeMember) -> str:
    Need.objects.filter(pk=committee.needs[0].pk).update(state="withdrawn")
    return "L’association a retiré ce besoin."


def recused(committee: Any, seat: CommitteeMember) -> str:
    by = committee_actor(seat)
    committees.recuse(committee.needs[0], member=seat, by=by, reason="Un ami.")
    return "Vous vous êtes mis en retrait de ce dossier."


def in_conflict(committee: Any, seat: CommitteeMember) -> str:
    association = committee.needs[0].association
    MemberFactory(organisation=association, person=seat.person)
    return f"Agit pour {association.name} : ce dossier ne vous est pas confié."


@pytest.mark.parametrize("final", [False, True])
@pytest.mark.parametrize("barred", [withdrawn, recused, in_conflict])
def test_an_opinion_on_a_need_that_the_member_may_not_judge_is_refused(
    barred: Callable[[Any, CommitteeMember], str], final: bool, committee: Any
) -> None:
    seat = committee.members[0]
    why = barred(committee, seat)
    entries = Entry.objects.count()
    with pytest.raises(ActionNotAllowed) as refusal:
        opine(committee, seat, final=final)
    assert refusal.value.reasons == (why,)
    assert (Opinion.objects.count(), Entry.objects.count()) == (0, entries)


def test_a_final_opinion_without_a_score_is_refused_when_the_call_has_no_grid(
    committee: Any,
) -> None:
    seat = committee.members[0]
    given = {"member": seat, "by": committee_actor(seat), "verdict": "favourable"}
    with pytest.raises(ActionNotAllowed) as refusal:
        committees.give_opinion(committee.needs[0], **given)
    assert refusal.value.reasons == ("Donnez une note.",)
    assert (Opinion.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_scored_criterion_keeps_the_number_of_its_levels(committee: Any) -> None:
    call, seat = committee.call, committee.members[0]
    criterion = Criterion.objects.create(call=call, label="Utilité", weight=3)
    committees.give_opinion(
        committee.needs[0], member=seat, by=committee_actor(seat), verdict="favourable",
        levels={criterion.pk: (4, "")},
    )  # fmt: skip
    by, line = officer_actor(call.network), {"label": "Utilité", "help": "", "weight": 3}
    with pytest.raises(ActionNotAllowed, match="le nombre de ses niveaux ne change plus"):
        set_grid(call, by=by, criteria=[{**line, "levels": ["Non", "Oui"]}])
    set_grid(call, by=by, criteria=[{**line, "levels": list("abcde")}])
    assert Criterion.objects.get().levels == list("abcde")
