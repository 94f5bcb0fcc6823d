"""Names hidden from a network after an expert withdraws their consent, even in reserve."""

from datetime import timedelta

import pytest
from django.utils import timezone

from explor.actors.experts import actions as experts
from explor.actors.experts.models import Expert
from explor.journey.proposals import actions, selectors
from explor.journey.proposals.pages import proposal_url
from explor.journey.referrals.models import Referral
from explor.journey.referrals.selectors import sent_by
from factories import (
    DecisionFactory,
    EmployerFactory,
    ExpertFactory,
    NeedFactory,
    ProposalFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db


def test_the_reserve_and_the_referrals_hide_experts_who_withdrew_their_consent() -> None:
    need = DecisionFactory(need=NeedFactory(state="admissible")).need
    expert = ExpertFactory(
        person__name="Solange Discrète",
        network=need.network,
        employer=EmployerFactory(network=need.network),
    )
    by = officer_actor(need.network)
    until = timezone.localdate() + timedelta(days=3)
    actions.keep_in_reserve(need=need, expert=expert, rank=1, until=until, by=by)
    Referral.objects.create(expert=expert, need=need, network=need.network, sender=need.network)
    browser, base = wearing(by), f"/reseau/{by.key}/"
    pages = ("", f"besoins/{need.pk}/", f"recherches/{need.pk}/", "recherches/", "reserve/")

    def shown() -> list[str]:
        return [url for url in pages if "Discrète" in browser.get(base + url).content.decode()]

    assert shown() != []
    assert [len(selectors.reserves_ending_soon(by)), sent_by(by).count()] == [1, 1]
    experts.withdraw_consent(expert, network=need.network, by=expert_actor(expert))
    assert shown() == []
    assert [len(selectors.reserves_ending_soon(by)), sent_by(by).count()] == [0, 0]


@pytest.mark.parametrize("state", ["declined", "lapsed", "recalled", "proposed"])
def test_the_parties_to_an_ended_proposal_no_longer_see_the_current_profile_of_the_expert(
    state: str,
) -> None:
    proposal = ProposalFactory(state=state, expert__job="Ancien métier")
    network, association = proposal.need.network, proposal.need.association
    parties = {
        "association": association_actor(association),
        "employeur": employer_actor(proposal.employer),
        "reseau": officer_actor(network),
    }

    def readers() -> set[str]:
        pages = {role: (wearing(by), proposal_url(by, proposal)) for role, by in parties.items()}
        return {
            role
            for role, (browser, url) in pages.items()
            if "Nouveau métier" in browser.get(url).content.decode()
        }

    Expert.objects.filter(pk=proposal.expert_id).update(job="Nouveau métier")
    assert readers() == ({*parties} if state == "proposed" else {"reseau"})
    need = f"/association/{association.slug}/besoins/{proposal.need_id}/"
    page = wearing(parties["association"]).get(need).content.decode()
    assert ("Nouveau métier" in page) == (state == "proposed")
    by = expert_actor(proposal.expert)
    experts.withdraw_consent(proposal.expert, network=network, by=by)
    assert "reseau" not in readers()
