"""Releases of people without employer: the network grants the departure, in their own scheme."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from lxml import html

from explor.actors.experts import actions as experts
from explor.actors.experts.models import WITHOUT_EMPLOYER, Expert
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.ground.ui.elision import of
from explor.journey.missions import actions as missions
from explor.journey.missions.actions import open_mission
from explor.journey.missions.pages.missions import facts_of as facts_of_mission
from explor.journey.releases import actions, engine, pages, rules
from explor.journey.releases.forms import ApproveForm
from explor.journey.releases.models import Release
from explor.journey.releases.states import RELEASE, State
from factories import (
    EmployerFactory,
    ExpertFactory,
    ProposalFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
SCHEME = "Bénévolat, sans employeur"
ROLES = ("association", "expert", "reseau")
VERBS = ("approve", "refuse", "sign")
LABELS = {
    "approve": "Accorder le départ",
    "refuse": "Refuser",
    "sign": "Signer la convention",
}


def released(employment: str = "retraite", state: str = State.REQUESTED, **values: Any) -> Release:
    """Return the release, in a given state, of a person without employer."""
    proposal = ProposalFactory(
        agreed=True, expert=ExpertFactory(alone=True, employment=employment), **values
    )
    release = actions.open_release(proposal)
    if state != State.REQUESTED:
        Release.objects.filter(pk=release.pk).update(state=state, scheme="BSE")
        release.refresh_from_db()
    return release


def actor_of(role: str, release: Release) -> Actor:
    proposal = release.proposal
    return {
        "association": lambda: association_actor(proposal.need.association),
        "expert": lambda: expert_actor(proposal.expert),
        "reseau": lambda: officer_actor(proposal.need.network),
    }[role]()


def named(text: str) -> list[str]:
    """Return the sentences of a page that mention an employer, except its menu and its scheme."""
    page = html.fromstring(text)
    for node in [*page.iter("script"), *page.iter("style"), *page.iter("head"), *page.iter("nav")]:
        node.drop_tree()
    words = (" ".join(line.split()) for line in page.text_content().splitlines())
    return [line for line in words if "employeur" in line.replace(SCHEME, "").lower()]


def mails() -> list[str]:
    return [f"{each.subject} {each.body}" for each in Message.objects.order_by("pk")]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", State.values)
def test_a_release_without_employer_never_mentions_an_employer_and_limits_each_role(
    role: str, state: str, session_of: Session
) -> None:
    release = released(state=state)
    actor = actor_of(role, release)
    client, url = session_of(actor), pages.url_of(actor, release)
    page = client.get(url)
    labels = [item["label"] for item in page.context["verbs"] if item["label"] in LABELS.values()]
    allowed = [row.verb for row in RELEASE.verbs(state, role) if row.verb in VERBS]
    if role == "reseau" and "sign" in allowed:
        allowed.remove("sign")  # the network adds signed papers on the row of each signatory
    assert labels == [LABELS[verb] for verb in allowed]
    texts = [page.text]
    for verb, slug in (("approve", "accorder"), ("refuse", "refuser"), ("sign", "signer")):
        answer = client.get(f"{url}{slug}/")
        assert (answer.status_code == 200) is (verb in allowed)
        texts.append(answer.text)
    assert [line for text in texts for line in named(text)] == []


@pytest.mark.parametrize("employment", [each.value for each in WITHOUT_EMPLOYER])
def test_for_a_person_without_employer_the_network_is_offered_only_the_scheme_for_them(
    employment: str,
) -> None:
    release = released(employment)
    form = ApproveForm(subject=release)
    offered = [code for code, _ in form.fields["scheme"].choices]  # type: ignore[attr-defined]
    opened = employment != "recherche"
    assert (offered, form.fields["scheme"].initial) == (["BSE"], "BSE" if opened else None)
    assert [each.code for each in pages.schemes_of(release)] == ["BSE"]


@pytest.mark.parametrize("scheme", ["CP", "CSS", "OM", "MCP", "PSG"])
def test_a_person_without_employer_cannot_leave_in_a_scheme_that_is_not_open(scheme: str) -> None:
    release = released("independant")
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.approve(release, by=actor_of("reseau", release), scheme=scheme)
    reason = "Ce cadre n’est pas ouvert à cette personne, que nul n’a à libérer."
    assert refusal.value.reasons[-1] == reason
    assert Release.objects.get().state == State.REQUESTED


def test_a_leave_scheme_to_check_is_not_offered_to_a_person_without_employer() -> None:
    readings = engine.verdicts(released(), timezone.localdate())
    opened = [each.code for each in readings if each.verdict == "open"]
    assert opened == ["BSE"]
    to_check = [each.code for each in readings if each.verdict == "to_check"]
    assert to_check == ["OM"]
    assert rules.schemes_without_employer(readings) == ["BSE"]


def test_without_employer_the_network_grants_the_departure_and_the_agreement_names_no_employer(
    session_of: Session,
) -> None:
    release = released()
    actor = actor_of("reseau", release)
    url = f"{pages.url_of(actor, release)}accorder/"
    assert session_of(actor).post(url, {"version": 0, "scheme": "BSE"}).status_code == 302
    release.refresh_from_db()
    assert (release.state, release.scheme) == (State.APPROVED, "BSE")
    assert Entry.objects.about(release).get(verb="approve").acting_for == ""
    assert release.agreement is not None
    seal = release.agreement.document.seal
    assert [name for name, _ in seal.facts] == [
        *("Convention", "Mission", "Association", "Lieu", "Dates", "Cadre"),
    ]
    assert rules.parties_of(release) == ("association", "expert")


def test_without_employer_only_the_network_is_asked_to_grant_the_departure() -> None:
    release = released()
    tasks = {
        role: [task.title for task in pages.waiting_for(actor_of(role, release))] for role in ROLES
    }
    name = release.proposal.expert.person.name
    assert tasks == {"association": [], "expert": [], "reseau": [f"Accorder le départ {of(name)}"]}
    network = release.proposal.need.network
    told = [(each.to, each.subject) for each in Message.objects.all()]
    assert told == [(network.email, f"Départ à accorder : {name}")]


def test_without_employer_a_refused_departure_is_written_in_the_name_of_the_network() -> None:
    release = released()
    actions.refuse(release, by=actor_of("reseau", release), reason="Dossier incomplet.")
    proposal = release.proposal
    proposal.refresh_from_db()
    assert (proposal.state, proposal.ending) == ("lost", "Refus du réseau : Dossier incomplet.")
    assert [mail for mail in mails() if "employeur" in mail.lower()] == []
    assert f"Départ refusé : {proposal.need.title}" in [
        each.subject for each in Message.objects.filter(kind="releases.refuse")
    ]


def test_a_departure_in_the_past_closes_every_leave_scheme_and_the_page_says_why(
    session_of: Session,
) -> None:
    release = released()
    past = timezone.localdate() - timedelta(days=30)
    proposal = release.proposal
    type(proposal).objects.update(start=past, end=past + timedelta(days=9))
    release = Release.objects.get()
    actor = actor_of("reseau", release)
    page = session_of(actor).get(f"{pages.url_of(actor, release)}accorder/")
    assert (len(page.context["blockers"]), named(page.text)) == (1, [])
    with pytest.raises(ActionNotAllowed):
        actions.approve(release, by=actor, scheme="BSE")


def test_the_mission_page_of_a_person_without_employer_has_no_employer_row() -> None:
    release = released()
    actions.approve(release, by=actor_of("reseau", release), scheme="BSE")
    mission = open_mission(release)
    assert "Employeur" not in dict(facts_of_mission(actor_of("reseau", release), mission))


def test_an_employee_whose_employer_is_not_registered_still_takes_personal_leave() -> None:
    expert = ExpertFactory(employer=None)
    release = actions.open_release(ProposalFactory(agreed=True, expert=expert))
    actor = actor_of("reseau", release)
    offered = dict(ApproveForm(subject=release).fields["scheme"].choices)  # type: ignore[attr-defined]
    assert {"CP", "CSI", "BSE", "OM"} <= set(offered)
    assert (release.title, release.state_label) == (
        "Accord de l’employeur",
        "demandé à l’employeur",
    )
    assert pages.word_of(actor, release) == "la personne"
    actions.approve(release, by=actor, scheme="CP")
    assert release.state == State.APPROVED


def hired(release: Release, employment: str = "salarie") -> Any:
    """Have the person of a release name an employer, since the agreement."""
    expert = release.proposal.expert
    employer = EmployerFactory(name="Fonderie du Val", network=release.proposal.need.network)
    experts.describe(
        Expert.objects.get(pk=expert.pk),
        by=expert_actor(expert),
        changes={"employment": employment, "employer": employer},
    )
    employer_actor(employer)
    return employer


def again(release: Release) -> Release:
    return Release.objects.get(pk=release.pk)


def test_the_network_asks_the_release_of_an_employer_named_after_all_parties_agreed(
    session_of: Session,
) -> None:
    release = released()
    employer = hired(release)
    actor = actor_of("reseau", release)
    client, url = session_of(actor), pages.url_of(actor, release)
    assert "à qui rien n’est demandé" in client.get(f"{url}accorder/").text
    posted = client.post(f"{url}demander-a-son-employeur/", {"version": release.version})
    assert posted.status_code == 302
    release = again(release)
    assert (release.state, release.employer) == (State.REQUESTED, employer)
    assert release.proposal.employer == employer
    told = Message.objects.filter(kind="releases.open_release", to=employer_actor(employer).email)
    assert told.exists()
    assert rules.parties_of(release) == rules.PARTIES
    assert release.signatories.filter(party="employeur").exists()
    assert client.post(f"{url}demander-a-son-employeur/", {"version": 0}).status_code in (403, 409)


def test_asking_an_employer_named_after_the_signatures_revokes_the_agreement() -> None:
    release = released()
    by = actor_of("reseau", release)
    actions.approve(release, by=by, scheme="BSE")
    mission = open_mission(release)
    for party in ("association", "expert"):
        actions.sign(again(release), by=actor_of(party, release), party=party)
    missions.note_agreement(release)
    type(mission).objects.update(state="cleared")
    employer = hired(release)
    release = again(release)
    assert (release.state, release.agreement is None) == (State.AGREED, False)
    seal = release.agreement.document.seal  # type: ignore[union-attr]
    actions.ask_employer(release, by=by)
    missions.follow_employer(again(release))
    missions.follow_employer(again(release))
    mission.refresh_from_db()
    seal.refresh_from_db()
    assert (mission.employer, mission.state) == (employer, "preparing")
    assert mission.checklist.get(code="agreement").done_at is None
    assert (again(release).agreement, seal.revoked_at is None) == (None, False)
    actions.approve(again(release), by=employer_actor(employer), scheme="CP")
    assert again(release).agreement.title == "Avenant n° 1"  # type: ignore[union-attr]


def test_a_mission_whose_suspension_fails_gets_no_employer_so_that_the_job_can_run_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    release = released()
    by = actor_of("reseau", release)
    actions.approve(release, by=by, scheme="BSE")
    mission = open_mission(release)
    type(mission).objects.update(state="cleared")
    employer = hired(release)
    actions.ask_employer(again(release), by=by)
    with monkeypatch.context() as patch:
        patch.setattr(missions, "suspend", Mock(side_effect=OperationalError))
        with pytest.raises(OperationalError):
            missions.follow_employer(again(release))
    missions.follow_employer(again(release))
    mission.refresh_from_db()
    assert (mission.employer, mission.state) == (employer, "preparing")


def test_asking_an_employer_is_refused_when_none_is_named_or_the_mission_began() -> None:
    release = released()
    by = actor_of("reseau", release)
    with pytest.raises(ActionNotAllowed, match="pas d’autre employeur"):
        actions.ask_employer(release, by=by)
    actions.approve(release, by=by, scheme="BSE")
    mission = open_mission(release)
    hired(release)
    type(mission).objects.update(state="away", departed_on=timezone.localdate())
    with pytest.raises(ActionNotAllowed, match="La mission a commencé"):
        actions.ask_employer(again(release), by=by)
    release = again(release)
    assert (release.employer, release.proposal.employer) == (None, None)
