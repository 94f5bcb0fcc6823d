"""A person with rows in every part of Explor; each text contains a secret word of theirs."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.actors.lending.models import Approver, LendingRules
from explor.actors.member_imports.models import MemberImport, MemberLine
from explor.actors.organisations.models import Member
from explor.ground.accounts.models import Invitation, Person, PersonalLink, SignInTry
from explor.ground.audit import actions as audit
from explor.ground.files.models import Document
from explor.ground.http.actor import Actor
from explor.ground.mail.actions import notify
from explor.ground.mail.models import BadAddress
from explor.ground.travel_advice.models import Advice
from explor.journey.admissibility.models import Note
from explor.journey.calls.models import Criterion, FunderMember
from explor.journey.committees.models import CommitteeMember, Opinion, Recusal, Score
from explor.journey.decisions.models import Appeal
from explor.journey.incidents.models import Measure
from explor.journey.leave_readings.models import KeptReading, LeaveAnswer
from explor.journey.mission_book.models import Device, DiaryEntry
from explor.journey.missions.models import ChecklistItem, Mission
from explor.journey.needs.models import Comment
from explor.journey.nominations.models import Nomination
from explor.journey.planning.models import Choice, MatchingPlan
from explor.journey.proposals.models import Answer, ReserveEntry
from explor.journey.referrals.models import Referral
from explor.journey.releases.models import Agreement, ServiceApproval, Signatory, Signature
from explor.journey.reports.models import JointEvaluation
from explor.journey.takeovers.models import Takeover, TakeoverLine
from explor.oversight.equity.models import EquityAnswer, EquitySwitch
from explor.public.directory.models import Alert
from factories import (
    AgreementFactory,
    DocumentFactory,
    EmergencyContactFactory,
    FunderFactory,
    IncidentFactory,
    MemberFactory,
    NeedFactory,
    ReportFactory,
)


@dataclass
class PersonWithRows:
    """A person, their secret words, and the rows that name them."""

    person: Person
    expert: Expert
    mission: Mission
    seat: CommitteeMember
    words: list[str] = field(default_factory=list)

    @property
    def by(self) -> Actor:
        return actor(self.person, "expert")


def actor(person: Person, role: str = "association") -> Actor:
    return Actor(person=person.pk, name=person.name, email=person.email, role=role)


class SecretWords:
    """The secret words of a person, each used once, such as `Amont-17`."""

    def __init__(self, secret: str) -> None:
        self.secret, self.written = secret, []  # type: ignore[var-annotated]

    def __call__(self) -> str:
        self.written.append(f"{self.secret}-{len(self.written):03}-")
        return str(self.written[-1])


def person_with_rows(secret: str, *, mission_state: str = "closed") -> PersonWithRows:
    """Create a person with rows in every part of Explor, with their own words in every text."""
    word = SecretWords(secret)
    report = ReportFactory(
        done=word(), results=word(), difficulties=word(), public_summary=word(), state="accepted"
    )
    mission = report.mission
    expert, need, proposal = mission.expert, mission.need, mission.release.proposal
    Mission.objects.filter(pk=mission.pk).update(state=mission_state, cause_note=word())
    person = expert.person
    person.name, person.phone = f"{word()} Prénom Nom", f"+33 6 {word()}"
    person.email = f"{word()}@exemple.test".lower()
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    by = actor(person)
    for column in ("job", "summary", "experiences"):
        setattr(expert, column, word())
    expert.skills = [word()]
    expert.save()
    _ground(person, word)
    _actors(person, mission, word)
    seat = _committee(person, need, word)
    for text, kept, act in ((Comment, need, "comment"), (Note, need, "note")):
        audit.log(kept, act, by=by, reason=word())
        values = {"field": "title"} if text is Comment else {}
        row = text.objects.create(need=need, text=word(), by=person.name, **values)
        audit.log(row, act, by=by)
    drafted = NeedFactory(
        network=need.network, call=need.call, association=need.association, project=need.project,
        title=word(), context=word(), objectives=word(), profile=word(), place=word(),
    )  # fmt: skip
    audit.log(drafted, "begin", by=by)
    appeal = Appeal.objects.create(need=need, contested="x", text=word(), by=person.name)
    audit.log(appeal, "request_review", by=by)
    proposal.message, proposal.override, proposal.ending = word(), word(), word()
    proposal.reasons = {"mot": word()}
    proposal.save()
    Answer.objects.filter(proposal=proposal, party="expert").update(
        by=person.name, reason=word(), partner=word()
    )
    ReserveEntry.objects.create(need=drafted, expert=expert, rank=1, until=timezone.localdate())
    Referral.objects.create(
        expert=expert, need=need, network=need.network, sender=need.network, message=word(),
        state="closed",
    )  # fmt: skip
    plan = MatchingPlan.objects.create(network=need.network, title="Plan")
    Choice.objects.create(
        matching_plan=plan, need=need, expert=expert, kind="pin", reason=word(), by="Autre"
    )
    Nomination.objects.create(
        need=need, employer=mission.employer, name=person.name, email=person.email, job=word(),
        word=word(), by="Autre", state="joined",
    )  # fmt: skip
    LeaveAnswer.objects.create(
        fact="seniority", expert=expert, value=word(), by="Autre", on_word_of=person.name
    )
    KeptReading.objects.create(
        act="proposal", expert=expert, need=need, start=mission.start, end=mission.end,
        verdicts=[{"mot": word()}],
    )  # fmt: skip
    _papers(person, mission, word)
    ChecklistItem.objects.create(
        mission=mission, code="visa", label="Visa", party="expert", note=word(),
        done_by=person.name,
    )  # fmt: skip
    EmergencyContactFactory(mission=mission, name=word(), tie=word(), phone=word())
    incident = IncidentFactory(
        mission=mission, reporter=person, place=word(), what=word(), done=word()
    )
    Measure.objects.create(
        incident=incident, at=timezone.now(), what=word(), informed=word(), author=person
    )
    DiaryEntry.objects.create(
        mission=mission, day=mission.start, done=word(), learned=word(), watch=word()
    )
    Device.objects.create(
        mission=mission, person=person, label=word(), key_digest=f"{mission.pk:064}"
    )
    JointEvaluation.objects.create(
        mission=mission, voice="expert", objectives_met=4, usefulness=4, cooperation=4,
        comment=word(), by=person.name,
    )  # fmt: skip
    switch = EquitySwitch.objects.create(network=need.network, on=True, since=timezone.localdate())
    EquityAnswer.objects.create(switch=switch, expert=expert, gender="other", age="over_60")
    Alert.objects.create(email=person.email, search=f"q={word()}", confirmed_at=timezone.now())
    return PersonWithRows(person, expert, mission, seat, word.written)


def _ground(person: Person, word: SecretWords) -> None:
    later = timezone.now() + timedelta(days=9)
    Invitation.objects.create(
        email=person.email, name=person.name, role_type="reseau", role_key=word(), digest=word(),
        expires_at=later,
    )  # fmt: skip
    word.written.pop()  # the digest of a link is a secret
    PersonalLink.objects.create(
        digest=f"lien{person.pk}", subject="needs.need:0", name=person.name, email=person.email,
        expires_at=later,
    )  # fmt: skip
    SignInTry.objects.create(email=person.email, address="192.0.2.7")
    BadAddress.objects.create(email=person.email, reason=word())
    notify(
        to=person.email, kind="x.y", subject=word(), body=f"Bonjour {person.name}",
        person=person.pk,
    )  # fmt: skip
    Advice.objects.create(
        country="MG", place=word(), place_key=f"lieu{person.pk}", zone="V", country_status="open",
        read_on=timezone.localdate(), text="Texte public.", read_by=person.pk,
        read_by_name=person.name,
    )  # fmt: skip
    audit.log(person, "describe", by=actor(person), reason=word())
    given = Document(
        kind="piece", title=word(), sha256="0" * 64, mime="text/plain", size=9,
        owner="needs.need:0", uploaded_by=person.pk,
    )  # fmt: skip
    given.file.save(f"{person.pk}.txt", ContentFile(word().encode()))
    audit.log(given, "store", by=actor(person))


def _actors(person: Person, mission: Mission, word: SecretWords) -> None:
    MemberFactory(organisation=mission.association)
    Member.objects.create(organisation=mission.association, person=person, position="contact")
    funder = FunderFactory(name=f"Financeur {person.pk}")
    FunderMember.objects.create(funder=funder, person=person)
    lending, _ = LendingRules.objects.get_or_create(employer=mission.employer)
    Approver.objects.create(rules=lending, service=word(), name=person.name, email=person.email)
    batch = MemberImport.objects.create(network=mission.network, what="expert", name="membres.csv")
    MemberLine.objects.create(
        batch=batch, number=2, title=person.name, email=person.email,
        content={"nom": person.name, "note": word()}, duplicate="",
    )  # fmt: skip
    taken = Takeover.objects.create(network=mission.network, what="missions", name="missions.csv")
    TakeoverLine.objects.create(
        batch=taken, number=2, title=word(), email=person.email, content={"expert": person.name},
    )  # fmt: skip


def _committee(person: Person, need: Any, word: SecretWords) -> CommitteeMember:
    seat = CommitteeMember.objects.create(call=need.call, person=person)
    other = NeedFactory(network=need.network, call=need.call, association=need.association)
    Recusal.objects.create(member=seat, need=other, reason=word())
    opinion = Opinion.objects.create(member=seat, need=need, verdict="favourable", comment=word())
    criterion = Criterion.objects.create(call=need.call, label="Utilité", weight=1, order=1)
    Score.objects.create(opinion=opinion, criterion=criterion, level=3, comment=word())
    return seat


def _papers(person: Person, mission: Mission, word: SecretWords) -> None:
    release = mission.release
    document = DocumentFactory()
    document.file.save(f"accord{person.pk}.pdf", ContentFile(word().encode()))
    agreement: Agreement = AgreementFactory(
        release=release, document=document, content={"expert": person.name}
    )
    place = Signatory.objects.filter(release=release, party="expert").first()
    assert place is not None
    place.name, place.email = person.name, person.email
    place.save()
    Signature.objects.create(
        agreement=agreement, signatory=place, party="expert", name=person.name, capacity=word(),
        email=person.email, person=person.pk, address="192.0.2.7", browser=word(), sha256="0" * 64,
    )  # fmt: skip
    audit.log(release, "note_service_approval", by=actor(person, "employeur"))
    ServiceApproval.objects.create(
        release=release, service=word(), name=person.name, on=timezone.localdate(), by=person.name
    )
