"""Test data: networks with one row of each model, containing a secret word."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from explor.actors.lending.models import Approver, ClosedPeriod, LendingRules
from explor.actors.member_imports.models import MemberImport, MemberLine
from explor.actors.networks.models import Coordinator
from explor.actors.organisations.models import Member, MembershipPaper
from explor.actors.transfers.models import Transfer
from explor.ground.accounts.models import FactorReset, Invitation, Person
from explor.ground.files.models import Document
from explor.journey.admissibility.models import Note, Paper, Review, Supplement, SupplementItem
from explor.journey.archives.models import Disposal
from explor.journey.budgets.models import BudgetLine
from explor.journey.calls.models import Envelope, FunderMember, RequestedPaper
from explor.journey.committees.models import Bylaws
from explor.journey.decisions.models import Appeal, Decision
from explor.journey.incidents.models import Measure
from explor.journey.leave_readings.models import LawAmendment
from explor.journey.mission_book.models import Device, DiaryEntry
from explor.journey.missions.models import ChecklistItem
from explor.journey.nominations.models import Nomination
from explor.journey.planning.models import Choice, MatchingPlan, Scenario
from explor.journey.referrals.models import Referral
from explor.journey.releases.models import ServiceApproval
from explor.journey.reports.models import Recommendation
from explor.journey.sheets.models import ImportLine, Photo, SheetImport
from explor.journey.takeovers.models import Takeover, TakeoverLine
from explor.oversight.equity.models import EquityAnswer, EquitySwitch
from factories import (
    AdministratorFactory,
    CallFactory,
    CommitteeMemberFactory,
    EmergencyContactFactory,
    FunderFactory,
    IncidentFactory,
    MeetingFactory,
    MemberFactory,
    NeedFactory,
    NetworkFactory,
    OfficerFactory,
    PersonFactory,
    ProposalFactory,
    ReportFactory,
    SheetFactory,
)
from support.missions import on

ABSENT = 987_654


@dataclass(kw_only=True)
class Side:
    """A network with its rows by URL segment, its roles and its secret word."""

    secret: str
    keys: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)


def side(name: str) -> Side:
    """Create a network with one row of each model, each containing its secret word."""
    secret = f"Sentinelle{name}"
    report = ReportFactory(done=f"{secret} compte rendu", state="submitted")
    mission = report.mission
    need, expert = mission.need, mission.expert
    network, association, employer = mission.network, mission.association, mission.employer
    for row, attribute in (
        (network, "address"), (association, "purpose"), (employer, "lending_rules"),
        (expert, "summary"), (need, "objectives"), (need.project, "context"),
        (need.partner, "name"), (mission, "cause_note"), (expert.person, "name"),
    ):  # fmt: skip
        setattr(row, attribute, f"{secret} {attribute}")
        row.save()
    mission.start, mission.end = on(-5), on(4)
    mission.sunk_cost = need.project.budget = Decimal("1350.5")
    mission.save()
    need.project.save()
    filed = NeedFactory(
        state="filed", network=network, call=need.call, association=association,
        project=need.project, title=f"{secret} besoin déposé",
        filed_at=need.created_at, partner=need.partner,
    )  # fmt: skip
    draft = SheetFactory(network=network, state="draft", title=f"{secret} fiche")
    made = Side(secret=secret)
    made.keys = {
        "reseau": network.slug, "association": association.slug, "employeur": employer.slug,
        "comite": need.call.slug,
    }  # fmt: skip
    made.rows = {
        "besoins": filed.pk, "projets": need.project_id, "organisations": association.pk,
        "partenaires": need.partner_id, "expertises": expert.pk, "experts": expert.pk,
        "appels": need.call_id, "decisions": need.pk, "dossiers": need.pk,
        "recherches": need.pk, "propositions": mission.release.proposal_id,
        "mises-a-disposition": mission.release_id,
        "signataires": mission.release.signatories.get(party="employeur").pk,
        "missions": mission.pk,
        "comptes-rendus": mission.pk, "fiches": draft.pk, "ecrire": need.project_id,
    }  # fmt: skip
    officer = OfficerFactory(network=network, position="direction")
    item = ChecklistItem.objects.create(mission=mission, code="visa", label=secret, party="expert")
    EmergencyContactFactory(mission=mission, name=f"{secret} contact", tie=secret)
    incident = IncidentFactory(mission=mission, place=secret, what=f"{secret} incident")
    Measure.objects.create(incident=incident, at=need.created_at, what=f"{secret} suite")
    entry = DiaryEntry.objects.create(mission=mission, day=mission.start, done=f"{secret} carnet")
    device = Device.objects.create(
        mission=mission, person=expert.person, label=f"{secret} téléphone", key_digest=secret
    )
    made.rows |= {"carnet": entry.pk, "telephones": device.pk}
    line = BudgetLine.objects.create(mission=mission, heading="VISA", note=secret, planned="1350.5")
    advice = Recommendation.objects.create(
        mission=mission, text=f"{secret} suite", owner="l’association", due=mission.end
    )
    member = MemberFactory(organisation=association)
    resources = MemberFactory(organisation=employer)
    reader = CommitteeMemberFactory(call=need.call)
    made.rows |= {
        "proposer": expert.pk, "reserve": expert.pk, "absence": officer.pk,
        "membres": Member.objects.filter(organisation=association)[0].pk,
        "disponibilite": expert.availabilities.all()[0].pk,
        "points": item.pk, "budget": line.pk, "recommandations": advice.pk,
        "incidents": incident.pk,
    }  # fmt: skip
    lending = LendingRules.objects.create(employer=employer, gift_words=f"{secret} don")
    period = ClosedPeriod.objects.create(
        rules=lending, start=on(300), end=on(301), words=f"{secret} fermeture"
    )
    approver = Approver.objects.create(rules=lending, service=f"{secret} service", name=secret)
    ServiceApproval.objects.create(
        release=mission.release, service=approver.service, name=approver.name, on=on(0), by=secret
    )
    nominated = Nomination.objects.create(
        need=need, employer=employer, name=f"{secret} nommée", email="nommee@exemple.test",
        by=secret,
    )  # fmt: skip
    made.rows |= {
        "periodes": period.pk, "services": approver.pk, "profils-recherches": need.pk,
        "personnes-proposees": nominated.pk,
    }  # fmt: skip
    plan = MatchingPlan.objects.create(network=network, title=f"{secret} plan")
    scenario = Scenario.objects.create(matching_plan=plan, name="De base", note=secret)
    choice = Choice.objects.create(
        matching_plan=plan, need=need, expert=expert, kind="pin", by=secret
    )
    asked = Referral.objects.create(
        expert=expert, need=need, network=network, sender=network, message=secret
    )
    since = need.created_at.date()
    question = EquitySwitch.objects.create(network=network, on=True, since=since, by=secret)
    EquityAnswer.objects.create(switch=question, expert=expert, gender="other", age="over_60")
    made.rows |= {
        "plans": plan.pk, "scenarios": scenario.pk, "choix": choice.pk,
        "ouvertures": asked.pk, "ailleurs": need.pk,
    }  # fmt: skip
    batch = SheetImport.objects.create(network=network, kind="table", name=f"{secret}.csv")
    line = ImportLine.objects.create(batch=batch, number=1, title=f"{secret} ligne")
    paper = Document.objects.create(
        kind="photo", title=secret, sha256="0" * 64, mime="image/jpeg", size=1
    )
    photo = Photo.objects.create(
        sheet=draft, document=paper, alt=f"{secret} photo", credit="x", width=1, height=1
    )
    made.rows |= {"imports": batch.pk, "lignes": line.pk, "photos": photo.pk}
    call = need.call
    requested_paper = RequestedPaper.objects.create(call=call, label=f"{secret} document")
    late = NeedFactory(
        network=network, association=association, project=need.project, partner=need.partner,
        call=CallFactory(network=network, state="closed"), title=f"{secret} tardif",
    )  # fmt: skip
    given = Document.objects.create(
        kind="piece",
        title=secret,
        sha256="0" * 64,
        mime="application/pdf",
        size=1,
        file="documents/absent.pdf",
    )
    piece = Paper.objects.create(
        need=filed, requested_paper=requested_paper, document=given, by=secret
    )
    supplement = Supplement.objects.create(
        need=filed, message=f"{secret} message", answer_by=need.created_at, by=secret
    )
    item = SupplementItem.objects.create(
        supplement=supplement, paper=requested_paper, document=given, answer=f"{secret} réponse"
    )
    Review.objects.create(need=filed, answers={}, late_reason=f"{secret} motif")
    Note.objects.create(need=filed, text=f"{secret} note", by=secret)
    made.rows |= {
        "recevabilite": filed.pk, "tardifs": late.pk, "complements": filed.pk,
        "pieces": filed.pk, "lire": piece.pk,
    }  # fmt: skip
    its_own = Document.objects.create(
        kind="proof", title=secret, sha256="0" * 64, mime="application/pdf", size=1,
        file="documents/absent.pdf",
    )  # fmt: skip
    proof = MembershipPaper.objects.create(
        organisation=association, kind="statuts", document=its_own, dated="2024-01-01", by=secret
    )
    moving = Transfer.objects.create(
        organisation=association, giver=network, receiver=NetworkFactory(), message=secret,
        requested_by="own",
    )  # fmt: skip
    members = MemberImport.objects.create(
        network=network, what="association", name=f"{secret}.csv", preview=[[secret]]
    )
    read = MemberLine.objects.create(
        batch=members, number=2, title=f"{secret} membre", duplicate="x"
    )
    taken = Takeover.objects.create(
        network=network, what="missions", name=f"{secret}.csv", preview=[[secret]]
    )
    row = TakeoverLine.objects.create(
        batch=taken, number=2, title=f"{secret} reprise", duplicate="x"
    )
    made.rows |= {
        "justificatifs": proof.pk,
        "transferts": moving.pk,
        "transferer": association.pk,
        "fichiers": members.pk,
        "lignes-lues": read.pk,
        "reprises": taken.pk,
        "lignes-reprises": row.pk,
    }
    made.people = {
        "reseau": officer.person, "association": member.person, "employeur": resources.person,
        "comite": reader.person, "expert": expert.person,
    }  # fmt: skip
    Decision.objects.filter(need=need).update(letter=f"{secret} lettre")
    meeting = MeetingFactory(call=need.call, place=f"{secret} lieu")
    Appeal.objects.create(need=need, contested="ajourné", text=f"{secret} demande", by=secret)
    Bylaws.objects.create(call=need.call)
    made.rows |= {
        "reseaux": network.pk, "financeurs": FunderFactory().pk, "comptes": officer.person.pk,
        "association": officer.pk, "signatures": 1,
        "adresses": 1, "messages": 1, "taches": 1, "liens": 1,
        "seconds-facteurs": FactorReset.objects.create(
            person=officer.person, requested_by=0, reason=secret
        ).pk,
    }  # fmt: skip
    # A change that the software contradicts, decided by somebody else: each of its verbs may act.
    made.rows["changements"] = LawAmendment.objects.create(
        table="schemes", key={"Amont": "CSI", "Aval": "PMO"}.get(name, "MCP"),
        field="advised_days", former="60", software="61", value="70", source="Exemple",
        read_on=need.created_at.date(), proposed_by=0, proposer="Exemple", decided_by=ABSENT,
    ).pk  # fmt: skip
    made.rows["bordereaux"] = Disposal.objects.create(
        network=network, reference=f"{secret} visa"
    ).pk
    made.rows["enveloppes"] = Envelope.objects.create(
        call=call, funder=FunderFactory(), amount=Decimal("1350.5")
    ).pk
    invitation = Invitation.objects.create(
        email="invitee@exemple.test", role_type="reseau", role_key=network.slug, digest=secret,
        expires_at=need.created_at + timedelta(days=365),
    )  # fmt: skip
    made.rows |= {
        "seances": meeting.pk, "sieges": reader.pk, "reexamens": need.pk,
        "invitations": invitation.pk,
    }  # fmt: skip
    ProposalFactory(need__title=f"{secret} autre")
    CallFactory(network=network)
    return made


def overseers() -> dict[str, tuple[Person, str]]:
    """Return the persons outside networks (coordination, funder, administration) with their key."""
    funder = FunderFactory()
    people = {"coordination": PersonFactory(), "financeur": PersonFactory()}
    Coordinator.objects.create(person=people["coordination"])
    FunderMember.objects.create(funder=funder, person=people["financeur"])
    admin = AdministratorFactory().person
    return {
        "coordination": (people["coordination"], ""),
        "financeur": (people["financeur"], funder.slug),
        "administration": (admin, ""),
    }


def routes() -> list[tuple[str, list[URLPattern | URLResolver]]]:
    """Return every project URL, as (route, chain of patterns)."""
    found: list[tuple[str, list[Any]]] = []

    def walk(resolver: URLResolver, route: str, chain: list[Any]) -> None:
        for each in resolver.url_patterns:
            here = route + str(each.pattern)
            if isinstance(each, URLResolver):
                walk(each, here, [*chain, each])
            elif each.callback.__module__.startswith("explor."):
                found.append((here, [*chain, each]))

    walk(get_resolver(), "", [])
    return found
