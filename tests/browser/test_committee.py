"""A committee of five in a browser: opinions on twelve needs, meeting, minutes, letters."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from journeys.conftest import Scene, scene_of
from playwright.sync_api import Browser

from explor.ground.http.actor import Actor
from explor.ground.mail.models import Message
from explor.journey.calls.models import Criterion, Envelope
from explor.journey.committees import actions as committees
from explor.journey.committees.models import Opinion
from explor.journey.decisions import actions as decisions
from explor.journey.decisions.models import Decision
from explor.journey.meetings.models import Meeting
from factories import (
    AssociationFactory,
    CommitteeMemberFactory,
    FunderFactory,
    MemberFactory,
    NeedFactory,
    PersonFactory,
)

from .test_from_need_to_clearance import WAYS
from .visitor import BrowserVisitor

FILES = 12
PLACES = ("Fenoarivo", "Sikasso", "Thiès", "Cotonou")
REASONS = "Le comité a lu ce dossier avec intérêt."


@pytest.fixture(params=sorted(WAYS))
def stage(
    request: pytest.FixtureRequest,
    transactional_db: None,
    live_server: Any,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Scene]:
    """Create twelve needs, two criteria, a budget for six missions, a chair and four members."""
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    scene = scene_of("amont")
    call = scene.call
    for order, label in enumerate(("Utilité", "Faisabilité")):
        Criterion.objects.create(call=call, label=label, weight=2 - order, order=order)
    Envelope.objects.create(call=call, funder=FunderFactory(), amount=Decimal(30_000))
    call.committee.update(declared_at=None)
    tied = PersonFactory(name="Nina Voisine")
    for number in range(FILES):
        association = scene.association
        if number == FILES - 1:
            association = AssociationFactory(network=scene.network, name="Les Voisins du fleuve")
            MemberFactory(organisation=association, person=tied)
        title = f"Former à {PLACES[number % 4]}, {number + 1:02d}"
        NeedFactory(
            network=scene.network, association=association, call=call, title=title,
            state="admissible", partner=scene.partner,
        )  # fmt: skip
    CommitteeMemberFactory.create_batch(2, call=call)
    committees.join(tied, call.slug, "")
    for need in call.needs.all():
        decisions.open_decision(need)
    committees.appoint_chair(
        call.committee.get(person__email="reader@amont.test"), by=Actor(role="reseau")
    )
    for role in ("officer", "president", "reader", "second"):
        way = WAYS[request.param]
        email = f"{role}@amont.test"
        setattr(scene, role, BrowserVisitor(browser, live_server.url, email, **way))
    yield scene
    for role in ("officer", "president", "reader", "second"):
        getattr(scene, role).close()


def judged(scene: Scene) -> list[Decision]:
    """Record the opinions of every other committee member; the chair disagrees on the third need.

    Returns:
        The decisions to take, by title of their need.
    """
    decisions = list(Decision.objects.select_related("need").order_by("need__title"))
    first, second = scene.call.criteria.all()
    for seat in scene.call.committee.exclude(person__email__in=["second@amont.test"]):
        seat.declared_at = timezone.now()
        seat.save()
        for number, decision in enumerate(decisions):
            if decision.need.recusals.filter(member=seat).exists():
                continue
            level = 0 if number == 2 and seat.chair else 4 - number // 4
            levels = {first.pk: (level, ""), second.pk: (level, "")}
            by = Actor(role="comite")
            committees.give_opinion(
                decision.need, member=seat, by=by, verdict="favourable", levels=levels
            )
    return decisions


def test_a_committee_member_declares_conflicts_of_interest_and_scores_needs(stage: Scene) -> None:
    reader, call = stage.second, stage.call
    home = f"/comite/{call.slug}/"
    need = call.needs.order_by("title")[0]
    first, second = call.criteria.all()
    reader.read(home).read(f"{home}dossiers/{need.pk}/")
    assert reader.sees("Dites d’abord vos liens")
    reader.send(422, then="final", verdict="favourable")
    assert reader.sees("Utilité")
    reader.send(**{f"c{first.pk}": "4", "then": "draft"})
    assert Opinion.objects.get().final_at is None
    reader.read(f"{home}liens/").send(nothing_else="on")
    reader.read(f"{home}dossiers/{need.pk}/")
    reader.send(**{f"c{second.pk}": "3", "verdict": "favourable", "then": "final"})
    assert reader.sees("Voici le dossier suivant")
    opinion = Opinion.objects.get()
    assert (opinion.score, opinion.final_at is None) == (Decimal("18.3"), False)
    reader.read(f"{home}dossiers/{need.pk}/").follow("Reprendre mon avis").send()
    assert Opinion.objects.get().final_at is None
    reader.read(f"{home}dossiers/{need.pk}/").follow("J’ai un lien").send(reason="Ancien salarié")
    reader.read(f"{home}dossiers/{need.pk}/", 403)
    reader.read(f"{home}lecture/")
    assert not reader.sees(need.title)
    reader.read(f"{home}dossiers/").read(f"{home}appels/{call.pk}/classement/", 403)
    assert reader.faults == []


def test_a_committee_meeting_decides_on_twelve_needs_and_the_letters_are_sent(
    stage: Scene, run_jobs: Callable[[], Any]
) -> None:
    decisions = judged(stage)
    officer, chair, call = stage.officer, stage.reader, stage.call
    net, home = "/reseau/amont/", f"/comite/{call.slug}/"
    officer.read(f"{net}appels/{call.pk}/comite/").follow("Changer le règlement")
    officer.send(presence=60, casting="on").follow("Prévoir une séance")
    on = timezone.localtime() + timedelta(hours=1)  # a meeting opens around its hour only
    officer.send(on=f"{on:%Y-%m-%dT%H:%M}", place="Salle du réseau")
    meeting = Meeting.objects.get()
    chair.read(f"{home}appels/{call.pk}/classement/")
    assert chair.sees("désaccord : 20 points d’écart", "Ligne de l’enveloppe")
    chair.read(f"{home}seances/{meeting.pk}/").follow("Ouvrir la séance").send()
    assert chair.sees("Le quorum n’est pas atteint")
    first = decisions[0].need_id
    chair.read(f"{home}seances/{meeting.pk}/dossiers/{first}/")
    chair.send(409, verdict="favourable", votes_for=0, letter=REASONS)
    assert chair.sees("Le quorum n’est pas atteint", REASONS)
    chair.read(f"{home}seances/{meeting.pk}/").follow("Noter les présences")
    chair.send(members=[each.pk for each in call.committee.exclude(person__name="Nina Voisine")])
    vote(stage, meeting)
    assert chair.sees("Rien ne reste à décider")
    officer.read(f"{net}decisions/{first}/")
    assert officer.sees("4 pour, 0 contre, 0 abstention")
    chair.read(f"{home}seances/{meeting.pk}/").follow("Clore la séance").send()
    chair.follow("Signer le procès-verbal").send()
    meeting.refresh_from_db()
    assert (meeting.state, len(meeting.digest)) == ("signed", 64)
    announce(stage, run_jobs)
    assert chair.faults + officer.faults == []


def vote(stage: Scene, meeting: Meeting) -> None:
    """Vote on each need in ranking order; a seventh favourable vote would exceed the budget."""
    chair, home = stage.reader, f"/comite/{stage.call.slug}/seances/{meeting.pk}/"
    chair.read(home)
    best = re.findall(r"dossiers/(\d+)/", chair.page.content())
    assert len(best) == FILES
    chair.read(f"{home}dossiers/{best[0]}/")
    for number in range(FILES):
        if number == 6:
            chair.send(409, verdict="favourable", letter=REASONS)
            assert chair.sees("L’enveloppe serait dépassée", REASONS)
        verdict = ("favourable", "waiting", "unfavourable")[min(number // 6 + number // 9, 2)]
        chair.send(verdict=verdict, letter="" if number == 11 else REASONS)
    assert Decision.objects.granted().count() == 6


def announce(stage: Scene, run_jobs: Callable[[], Any]) -> None:
    """Review the letters, schedule, hold and schedule them again; only then are they visible."""
    officer, president, call = stage.officer, stage.president, stage.call
    letters = f"/reseau/amont/appels/{call.pk}/annonces/"
    officer.read(letters)
    assert officer.sees("Motifs à écrire")
    last = Decision.objects.get(letter="")
    officer.read(f"/reseau/amont/decisions/{last.need_id}/motifs/").send(letter=REASONS)
    officer.send(at="2030-02-01T09:00")
    assert Decision.objects.filter(announce_at__isnull=False).count() == FILES
    officer.follow("Les retenir").send()
    assert Decision.objects.filter(announce_at__isnull=False).count() == 0
    officer.send(at="2030-02-01T09:00")
    need = Decision.objects.filter(verdict="unfavourable").first().need  # type: ignore[union-attr]
    page = f"/association/{stage.association.slug}/besoins/{need.pk}/"
    assert not president.read(page).sees(REASONS)
    assert decisions.announce_due(timezone.now()) == 0
    Decision.objects.update(announce_at=timezone.now())
    assert decisions.announce_due(timezone.now()) == FILES
    run_jobs()
    assert Message.objects.filter(kind="decisions.announce").count() == FILES
    assert president.read(page).sees(REASONS)
    president.follow("Demander un réexamen").send(text="Le partenaire vient de confirmer.")
    officer.read(f"/reseau/amont/reexamens/{need.pk}/").follow("Remettre le dossier au comité")
    officer.send(reason="Un fait nouveau.")
    assert Decision.objects.get(need=need).state == "to_decide"
    assert not president.read(page).sees(REASONS)
    assert president.sees("acceptée")
    assert president.faults == []
