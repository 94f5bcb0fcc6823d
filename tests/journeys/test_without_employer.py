"""End-to-end test of a person without employer, from the ranking to the signed agreement."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from lxml import html

from explor.ground.mail.models import Message
from explor.ground.ui.days import date_format
from explor.ground.ui.elision import of
from explor.journey.missions.models import Mission
from explor.journey.proposals.models import Proposal
from explor.journey.releases.models import Release
from factories import DecisionFactory, ExpertFactory, NeedFactory, PersonFactory

from . import chapters
from .chapters import Run
from .conftest import Scene
from .visitor import Visitor

SCHEME = "Bénévolat, sans employeur"


def names_an_employer(visitor: Visitor) -> bool:
    """Return whether the main part of the page mentions an employer, except in the scheme."""
    main = html.fromstring(visitor.text).find(".//main")
    assert main is not None
    return "employeur" in main.text_content().replace(SCHEME, "").lower()


@pytest.fixture
def retired(scene: Scene) -> Any:
    person = PersonFactory(name="Alix retraitée", email="alix@amont.test")
    return ExpertFactory(person=person, network=scene.network, alone=True)


def test_a_person_without_employer_leaves_with_the_approval_of_the_network_only(
    scene: Scene, retired: Any, run_jobs: Run
) -> None:
    need = NeedFactory(network=scene.network, association=scene.association, state="admissible")
    DecisionFactory(need=need)
    alix, president, officer = Visitor(retired.person.email), scene.president, scene.officer
    base, own = f"/reseau/{scene.network.slug}/", f"/association/{scene.association.slug}/"

    officer.read(f"{base}recherches/{need.pk}/")
    assert officer.sees(retired.person.name)
    officer.read(f"{base}recherches/{need.pk}/proposer/{retired.pk}/")
    officer.send(start=chapters.day(125), end=chapters.day(134), override="Son métier manque.")
    run_jobs()
    proposal = Proposal.objects.get(need=need)
    for visitor, home in ((alix, "/expert/"), (president, own)):
        visitor.read(f"{home}propositions/{proposal.pk}/")
        assert not names_an_employer(visitor)
        visitor.read(f"{home}propositions/{proposal.pk}/repondre/")
        assert not names_an_employer(visitor)
        visitor.send(said="oui")
        run_jobs()
    proposal.refresh_from_db()
    assert proposal.state == "agreed"

    release = Release.objects.get(proposal=proposal)
    officer.read(base).follow(f"Accorder le départ {of(retired.person.name)}")
    assert officer.sees("à accorder par le réseau", SCHEME)
    assert not names_an_employer(officer)
    officer.follow("Accorder le départ")
    assert not names_an_employer(officer)
    officer.send()  # the scheme is already chosen
    run_jobs()
    release.refresh_from_db()
    assert (release.state, release.scheme) == ("approved", "BSE")

    for visitor, home in ((alix, "/expert/"), (president, own)):
        visitor.read(f"{home}mises-a-disposition/{release.pk}/")
        assert not names_an_employer(visitor)
        visitor.read(f"{home}mises-a-disposition/{release.pk}/signer/")
        visitor.send(agreed="on")
    release.refresh_from_db()
    assert (release.state, release.employer) == ("agreed", None)
    mission = Mission.objects.get(release=release)
    for visitor, home in ((alix, "/expert/"), (president, own), (officer, base)):
        visitor.read(f"{home}missions/{mission.pk}/")
        assert not names_an_employer(visitor)

    mails = [each for each in Message.objects.all() if "employeur" in each.body.lower()]
    assert mails == []
    pdf = alix.client.get(f"/expert/mises-a-disposition/{release.pk}/convention/")
    assert b"".join(pdf.streaming_content)[:5] == b"%PDF-"


def test_the_association_never_sees_the_end_date_of_a_contract(scene: Scene, run_jobs: Run) -> None:
    ends = timezone.localdate() + timedelta(days=400)
    scene.expert.employment, scene.expert.contract_ends = "cdd", ends
    scene.expert.save()
    need = NeedFactory(network=scene.network, association=scene.association, state="admissible")
    DecisionFactory(need=need)
    proposal = chapters.introduce(scene, need, run_jobs)
    chapters.say_yes(scene, proposal, run_jobs)
    run_jobs()
    release = Release.objects.get(proposal=proposal)
    written = (f"{ends:%d/%m/%Y}", ends.isoformat(), date_format(ends, "j F Y"))
    own = f"/association/{scene.association.slug}/"
    for page in (f"propositions/{proposal.pk}/", f"mises-a-disposition/{release.pk}/"):
        scene.president.read(f"{own}{page}")
        assert [day for day in written if scene.president.sees(day)] == []
