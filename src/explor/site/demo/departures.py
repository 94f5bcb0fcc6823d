"""Demonstration missions and releases by employers, in every possible state.

Actions refuse past dates: each mission is created with dates near today, which are then changed
in the database to dates in the past.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from explor.ground.files import actions as files
from explor.ground.files.models import Seal
from explor.ground.http.actor import Actor
from explor.ground.travel_advice.actions import record_reading
from explor.journey.budgets import actions as budgets
from explor.journey.calls.models import Funder
from explor.journey.mission_book import actions as mission_book
from explor.journey.missions import actions as missions
from explor.journey.missions.engine import checklist
from explor.journey.missions.models import Mission
from explor.journey.proposals.models import Proposal
from explor.journey.releases import actions as releases
from explor.journey.releases import engine
from explor.journey.releases.models import Release
from explor.journey.releases.pages.papers import agreement_paper
from explor.journey.releases.rules import digest_of, stated_facts
from explor.journey.releases.selectors import signatory_to_sign
from explor.journey.reports import actions as reports

from .actors import expert_actor, member_of
from .demo_data import DemoData

DAY = timedelta(days=1)
# What was done, what was learned and what to watch, on the first days of a mission.
DIARY = (
    (
        "Arrivée, accueil par le partenaire, tour des lieux avec deux personnes du comité.",
        "Le comité se réunit le lundi, au lever du jour.",
        "La piste est coupée après la pluie : compter deux heures de plus.",
    ),
    (
        "Relevés le matin, atelier avec douze personnes l’après-midi.",
        "Trois d’entre elles tiennent déjà un cahier, chacune à sa façon.",
        "",
    ),
    (
        "Relecture des relevés avec le partenaire, premier plan d’entretien.",
        "Les pièces se trouvent au chef-lieu, à deux jours de commande.",
        "Qui garde la clé du local quand le gardien est absent ?",
    ),
)
HAS_LEFT = ("away", "returned", "written", "closed", "interrupted")


def play_mission(data: DemoData, proposal: Proposal, fate: str, officer: Actor) -> None:
    """Create the release and the mission of a proposal, and bring them to the state `fate`.

    Args:
        fate: the part after "mission:" in an item of `journey.FATES`.
    """
    release = releases.open_release(proposal)
    if fate == "requested":
        return
    scheme = "MAD" if proposal.employer and proposal.employer.is_public else "MCP"
    scheme = "BSE" if release.without_employer else scheme
    by = member_of(proposal.employer) if proposal.employer else officer
    releases.approve(release, by=by, scheme=_scheme(release, scheme))
    mission = missions.open_mission(release)
    if engine.reading_of(release, release.scheme, timezone.localdate()).questions:
        releases.confirm_scheme(release, by=officer)
    if fate == "signing":
        _sign_half(release)
        return
    _sign(release)
    missions.note_agreement(release)
    _budget(data, mission, officer)
    if fate == "preparing":
        _tick(mission, officer, some=True)
    elif fate in ("cancelled", "remote"):
        end = {"cancelled": missions.cancel, "remote": missions.go_remote}[fate]
        end(
            mission, by=officer, cause="ZONE", sunk_cost=Decimal(data.randint(0, 60) * 10),
            reason="La région est devenue trop risquée.",
        )  # fmt: skip
    elif fate == "postponed":
        start = mission.start + timedelta(days=60)
        missions.postpone(
            mission, by=officer, start=start, end=start + (mission.end - mission.start),
            reason="Le partenaire n’est pas disponible à ces dates.",
            window_agreement="L’association et la personne, au téléphone, ce matin.",
        )  # fmt: skip
    else:
        _travel(data, mission, fate, officer)


def _scheme(release: Release, wanted: str) -> str:
    """Return the leave scheme `wanted` if the law allows it, else the first one that it allows."""
    read = engine.verdicts(release, timezone.localdate())
    closed = {each.code for each in read if each.verdict == "closed"}
    return next(code for code in (wanted, "CP", "CSS", "OM") if code not in closed)


def _sign(release: Release) -> None:
    proposal = release.proposal
    actors = {
        "expert": expert_actor(proposal.expert),
        "association": member_of(proposal.need.association),
    }
    if release.employer:
        actors["employeur"] = member_of(release.employer)
    for party, by in actors.items():
        releases.sign(release, by=by, party=party)
    _sign_as_elected(release, actors.get("employeur"))


def _sign_half(release: Release) -> None:
    """Name both signatories of a local authority, and sign as its administration only.

    Do nothing for an employer with a single signatory.
    """
    place, by = signatory_to_sign(release, "employeur"), release.employer
    if by is None or place is None or place.release.signatories.count() < 4:
        return
    member = member_of(by)
    chain = release.signatories.filter(party="employeur").order_by("rank")
    for each, name in zip(chain, ("Noé Valmy", "Ilona Faber"), strict=True):
        email = f"{name.split()[0].lower()}@{by.slug}.example".replace("é", "e")
        releases.name_signatory(each, by=member, name=name, email=email, capacity=each.capacity)
    place = signatory_to_sign(release, "employeur")
    if place:
        own = replace(member, person=None, name=place.name, email=place.email)
        releases.sign_by_link(place, by=own)


def _sign_as_elected(release: Release, by: Actor | None) -> None:
    """Sign as the elected signatory of a local authority whose administration has signed."""
    place = signatory_to_sign(release, "employeur")
    if by is None or place is None:
        return
    name, email = "Ilona Faber", f"elue@{by.key}.example"
    releases.name_signatory(place, by=by, name=name, email=email, capacity=place.capacity)
    releases.sign_by_link(place, by=replace(by, person=None, name=name, email=email))


def _budget(data: DemoData, mission: Mission, officer: Actor) -> None:
    funder = Funder.objects.get(slug="fonjep")
    for heading, most in (("TRANSPORT", 1200), ("HEBERGEMENT", 500), ("ASSURANCE", 90)):
        planned = Decimal(data.randint(most // 20, most // 10) * 10)
        budgets.plan(
            mission, by=officer, heading=heading, funder=funder, planned=planned,
            committed=planned if heading == "TRANSPORT" else Decimal(0),
        )  # fmt: skip


def _tick(mission: Mission, officer: Actor, *, some: bool = False) -> None:
    for number, item in enumerate(mission.checklist.exclude(code="agreement").order_by("pk")):
        if some and number % 2:
            continue
        valid = mission.end + timedelta(days=800)
        papers = item.code in ("passport", "visa", "insurance")
        missions.tick(item, by=officer, done=True, valid_until=valid if papers else None)


def _travel(data: DemoData, mission: Mission, fate: str, officer: Actor) -> None:
    _tick(mission, officer)
    today, days = timezone.localdate(), mission.end - mission.start
    record_reading(
        country=mission.country, place=mission.place, zone=data.choice(["V", "J"]),
        read_on=today - 3 * DAY, url="https://conseils.example/", by=officer,
    )  # fmt: skip
    missions.clear(mission, by=officer)
    if fate not in HAS_LEFT:
        return
    by = expert_actor(mission.expert)
    if fate == "away":
        _move(mission, today - 3 * DAY)
        _print_again(mission, officer)
        missions.depart(mission, by=by, on=mission.start)
        _write_diary(mission, by)
        return
    # Travel advice was read three days ago: the expert leaves today, then the dates are moved.
    _move(mission, today)
    missions.depart(mission, by=by, on=today)
    _move(mission, today - days - timedelta(days=data.randint(12, 200)))
    _print_again(mission, officer)
    if fate == "interrupted":
        missions.interrupt(
            mission, by=officer, on=mission.start + 3 * DAY, cause="SANTE",
            reason="Fièvre, retour anticipé.", sunk_cost=Decimal(180),
        )  # fmt: skip
    else:
        missions.come_back(mission, by=by, on=mission.end)
    _report(mission, fate, officer, by)


def _write_diary(mission: Mission, by: Actor) -> None:
    for number, (done, learned, watch) in enumerate(DIARY):
        day = mission.start + number * DAY
        mission_book.write_entry(mission, by=by, day=day, done=done, learned=learned, watch=watch)


def _report(mission: Mission, fate: str, officer: Actor, by: Actor) -> None:
    report = reports.open_report(mission)
    if fate not in ("written", "closed"):
        return
    reports.recommend(
        mission, by=by, text="Tenir un point chaque mois avec le groupe formé.",
        owner=mission.association.name, due=timezone.localdate() + timedelta(days=60),
    )  # fmt: skip
    reports.write(
        report,
        by=by,
        changes={
            "done": "Ateliers le matin, visites de terrain l’après-midi.",
            "results": mission.need.expected_results,
            "public_summary": f"Résultat : {mission.need.expected_results}",
            "public_consent": True,
        },
    )
    reports.submit(report, by=by)
    voices = {"expert": by, "association": member_of(mission.association)}
    for voice, actor in voices.items():
        reports.evaluate(
            mission, by=actor, voice=voice, objectives_met=4, usefulness=5, cooperation=5,
            comment="Une équipe attentive, un travail utile.",
        )  # fmt: skip
    if fate == "closed":
        reports.accept(report, by=officer)
        reports.follow(
            mission.recommendations.get(),
            by=officer,
            status="done",
            note="Fait dès le premier mois.",
        )
        missions.close(mission, by=officer)


def _move(mission: Mission, start: date) -> None:
    """Move a mission and its proposal to begin on `start`, directly in the database.

    The duration is kept. The dates of its checklist, that of the employer's agreement and the facts
    of the signed papers follow.
    """
    end = start + (mission.end - mission.start)
    left = start if mission.departed_on else None
    Mission.objects.filter(pk=mission.pk).update(start=start, end=end, departed_on=left)
    Proposal.objects.filter(pk=mission.release.proposal_id).update(start=start, end=end)
    for line in checklist(start, timezone.localdate()):
        dates = {name: line[name] for name in ("start_by", "due", "at_risk_from")}
        mission.checklist.filter(code=line["code"]).update(**dates)
    granted = timezone.now() - (timezone.localdate() - start) - 60 * DAY
    Release.objects.filter(pk=mission.release_id).update(decided_at=granted)
    mission.refresh_from_db()
    facts = stated_facts(mission.release)
    mission.release.agreements.update(facts=facts, digest=digest_of(facts))


def _print_again(mission: Mission, officer: Actor) -> None:
    """Issue the agreement again after the dates were moved, in place of the first version."""
    release = Release.objects.get(pk=mission.release_id)
    first = release.agreements.select_related("document").get(rank=0)
    former = first.document
    drawn = files.draw(template="document.typ", **agreement_paper(release, release.scheme, 0))
    first.document = files.keep_drawn(
        drawn, kind="agreement", owner=release, by=officer, network=mission.network_id
    )
    first.content = drawn.content
    first.save()
    first.signatures.update(sha256=first.document.sha256)
    Seal.objects.filter(document=former).delete()
    files.discard(former, reason="Dates d’exemple déplacées.", by=officer)
