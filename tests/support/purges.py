"""One case for each registered purge: a row whose term begins now, and a check of its erasure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from explor.actors.member_imports.models import MemberLine
from explor.ground.accounts.models import Invitation, Person, PersonalLink, Session, SignInTry
from explor.ground.audit.models import Access
from explor.ground.files.actions import store
from explor.ground.http.actor import SYSTEM
from explor.ground.http.models import IdempotencyKey, RequestCount
from explor.ground.http.sanitize import SanitizedFile
from explor.ground.mail.models import BadAddress, Message
from explor.ground.rights.models import Copy, Erased, ErasureRequest
from explor.journey.admissibility.models import Note, Paper
from explor.journey.archives.models import Disposal, DisposalItem, DisposalLine
from explor.journey.archives.selectors import papers_of
from explor.journey.budgets.models import BudgetLine
from explor.journey.calls.models import RequestedPaper
from explor.journey.incidents.models import Incident, Measure
from explor.journey.mission_book.models import Device, DiaryEntry
from explor.journey.missions.models import ChecklistItem, Mission
from explor.journey.needs.models import TEXTS, Comment, Need, Presence
from explor.journey.nominations.models import Nomination
from explor.journey.releases.models import Agreement, Signature
from explor.journey.reports.models import JointEvaluation, Recommendation, Report
from explor.journey.sheets.models import ImportLine
from explor.journey.takeovers.models import TakeoverLine
from explor.oversight.equity.models import EquityAnswer, EquitySwitch
from explor.public.directory.models import Alert
from factories import (
    AgreementFactory,
    DecisionFactory,
    DocumentFactory,
    EmergencyContactFactory,
    EmployerFactory,
    ExpertFactory,
    IncidentFactory,
    MemberFactory,
    MemberImportFactory,
    MissionFactory,
    NeedFactory,
    PersonFactory,
    ReportFactory,
    SheetImportFactory,
    TakeoverFactory,
)


@dataclass(frozen=True)
class Case:
    """A function that makes a row whose term begins now, and one that checks its erasure."""

    make: Callable[[], Any]
    gone: Callable[[Any], bool] = lambda row: not type(row)._base_manager.filter(pk=row.pk).exists()


def has(row: Any, **values: Any) -> bool:
    """Return whether the row in the database has these values."""
    return bool(type(row)._base_manager.filter(pk=row.pk, **values).exists())


def need_with_paper(state: str, **fields: Any) -> Need:
    """Create a need with a paper, a note and a remark."""
    need = NeedFactory(state=state, **fields)
    MemberFactory(organisation=need.association)
    file = SanitizedFile(content=b"%PDF-1.7", mime="application/pdf")
    document = store(file=file, kind="piece", title="Statuts", owner=need, by=SYSTEM)
    asked = RequestedPaper.objects.create(call=need.call, label="Statuts", order=1)
    Paper.objects.create(need=need, requested_paper=asked, document=document, by="Camille")
    Note.objects.create(need=need, text="À rappeler.", by="Camille")
    Comment.objects.create(need=need, field="context", text="Précisez.", by="Camille")
    need.stored_file = str(document.file.name)  # type: ignore[attr-defined]
    assert default_storage.exists(str(document.file.name))
    return need


def texts_gone(need: Any) -> bool:
    """Return whether a kept need has lost its texts, papers, notes, remarks and files."""
    left = Paper.objects.filter(need=need).exists() or Note.objects.filter(need=need).exists()
    left |= Comment.objects.filter(need=need).exists() or default_storage.exists(need.stored_file)
    return not left and has(need, **dict.fromkeys(TEXTS, ""))


def draft_gone(need: Any) -> bool:
    return not has(need) and not default_storage.exists(need.stored_file)


def refused_by_committee() -> Need:
    need = need_with_paper("admissible")
    DecisionFactory(need=need, verdict="unfavourable", announced_at=timezone.now())
    return need


def mission_returned_today() -> Mission:
    today = timezone.localdate()
    mission: Mission = MissionFactory(
        state="returned", departed_on=today - timedelta(days=9), returned_on=today, ended_on=today
    )
    return mission


def passport() -> ChecklistItem:
    today = timezone.localdate()
    return ChecklistItem.objects.create(
        mission=mission_returned_today(),
        code="passport",
        label="Passeport",
        party="expert",
        valid_until=today,
        note="Contact : Léa, 06 00 00 00 00",
    )


def incident(**fields: Any) -> Incident:
    made: Incident = IncidentFactory(mission=mission_returned_today(), **fields)
    Measure.objects.create(incident=made, at=timezone.now(), what="Appel à l’assureur.")
    return made


def incident_gone(row: Any) -> bool:
    return not has(row) and not Measure.objects.filter(incident=row.pk).exists()


def mission_with_book() -> Any:
    """Create a mission that just ended, with a diary entry and a device."""
    mission = passport().mission
    mission.entry = DiaryEntry.objects.create(mission=mission, day=mission.start, done="Léa")
    mission.device = Device.objects.create(
        mission=mission,
        person=mission.expert.person,
        label="Chrome",
        key_digest=f"{mission.pk:064}",
    )
    return mission


def book_gone(mission: Any) -> bool:
    return has(mission) and not has(mission.entry) and not has(mission.device)


def line_of_file(**fields: Any) -> MemberLine:
    batch = MemberImportFactory(what="expert", file="")
    return MemberLine.objects.create(
        batch=batch, number=1, title="Nora", email="nora@val.test", content={}, **fields
    )


def member_file() -> Any:
    batch = MemberImportFactory(preview=[["Nora"]])
    batch.file.save("fichier.csv", ContentFile(b"nom"))
    return batch


def line_taken_over() -> TakeoverLine:
    batch = TakeoverFactory(file="")
    return TakeoverLine.objects.create(
        batch=batch, number=1, title="Nora", email="nora@val.test", content={}, faults=[["Nora"]]
    )


def file_taken_over() -> Any:
    batch = TakeoverFactory(preview=[["Nora"]])
    batch.file.save("missions.csv", ContentFile(b"nom"))
    return batch


def sheet_import() -> Any:
    batch = SheetImportFactory(preview=[["Léa"]])
    batch.file.save("fiches.csv", ContentFile(b"titre"))
    ImportLine.objects.create(batch=batch, number=1, title="Un puits")
    return batch


def file_gone(batch: Any) -> bool:
    return has(batch, file="", preview=[]) and not default_storage.exists(batch.file.name)


def sheet_lines_gone(batch: Any) -> bool:
    return file_gone(batch) and not ImportLine.objects.filter(batch=batch).exists()


def nomination() -> Nomination:
    return Nomination.objects.create(
        need=DecisionFactory().need,
        employer=EmployerFactory(),
        name="Nora",
        email="nora@val.test",
        address_digest="1",
        by="Camille",
    )


def answer() -> EquityAnswer:
    expert = ExpertFactory()
    switch = EquitySwitch.objects.create(
        network=expert.network, on=True, since=timezone.localdate()
    )
    return EquityAnswer.objects.create(switch=switch, expert=expert, gender="woman", age="forties")


def message() -> Message:
    return Message.objects.create(
        to="nora@val.test",
        kind="needs.submit",
        subject="Nora",
        body="Nora",
        delivery="sent",
        sent_at=timezone.now(),
        message_id="<1@explor.example>",
    )


def message_gone(row: Any) -> bool:
    return has(row, kind="needs.submit", to="", body="", url="") and not has(row, subject="Nora")


def session() -> Session:
    return Session.objects.create(session_key="a", session_data="", expire_date=timezone.now())


def old_mission() -> Any:
    """Create a mission with a budget and a signed agreement whose file exists."""
    mission = passport().mission
    file = SanitizedFile(content=b"%PDF-1.7", mime="application/pdf")
    release = mission.release
    document = store(file=file, kind="agreement", title="Convention", owner=release, by=SYSTEM)
    release.agreement = AgreementFactory(release=release, document=document)
    release.save()
    Signature.objects.create(
        agreement=release.agreement,
        signatory=release.signatories.first(),
        party="association",
        name="Nora",
        sha256="0" * 64,
    )
    BudgetLine.objects.create(mission=mission, heading="TRANSPORT", planned=900)
    mission.stored_file = str(document.file.name)
    return mission


def accounts_gone(mission: Any) -> bool:
    left = BudgetLine.objects.filter(mission=mission).exists()
    left |= Agreement.objects.filter(release=mission.release_id).exists()
    left |= mission.release.signatories.exists() or default_storage.exists(mission.stored_file)
    return has(mission) and not left


def listed_papers() -> DisposalItem:
    """Create the budget of an old mission, in a disposal list approved by the archives."""
    mission = old_mission()
    mission.network.public_body = True
    mission.network.save()
    visa = store(
        file=SanitizedFile(content=b"%PDF-1.7", mime="application/pdf"),
        kind="visa",
        title="Visa",
        owner=mission,
        by=SYSTEM,
    )
    today = timezone.localdate()
    disposal = Disposal.objects.create(
        network=mission.network, state="endorsed", reference="A 12", endorsed_on=today, visa=visa
    )
    papers = [paper.row for paper in papers_of(mission, "money")]
    line = DisposalLine.objects.create(
        disposal=disposal, kind="money", year=today.year, papers=1, size=0, first_on=today,
        last_on=today, ground="",
    )  # fmt: skip
    return DisposalItem.objects.create(line=line, mission=mission, papers=papers)


def listed_gone(item: DisposalItem) -> bool:
    left = BudgetLine.objects.filter(mission=item.mission).exists()
    return (
        not left and not has(item, erased_at=None) and has(item.line.disposal, state="eliminated")
    )


def written_report() -> Report:
    """Create the report of an old mission, with certificate, evaluation and recommendation."""
    mission = passport().mission
    mission.cause_note = "Fièvre, retour anticipé."
    mission.save()
    report = ReportFactory(
        mission=mission, done="Nora", results="Nora", difficulties="Nora", public_summary="Nora",
        state="accepted", certificate=DocumentFactory(),
    )  # fmt: skip
    JointEvaluation.objects.create(
        mission=mission, voice="expert", objectives_met=4, usefulness=4, cooperation=4,
        comment="Nora", by="Nora",
    )  # fmt: skip
    Recommendation.objects.create(
        mission=mission, text="Nora", owner="Nora", due=timezone.localdate()
    )
    return report


def report_gone(report: Report) -> bool:
    blank = has(report, done="", results="", difficulties="", public_summary="", certificate=None)
    spoken = JointEvaluation.objects.filter(mission=report.mission, comment="", by="").exists()
    advice = Recommendation.objects.filter(mission=report.mission).exists()
    return blank and spoken and not advice and has(report.mission, cause_note="")


def copy_of_data() -> Copy:
    copy = Copy(person=PersonFactory(), status="ready", ready_at=timezone.now())
    copy.file.save("copie.zip", ContentFile(b"PK"))
    copy.stored_file = copy.file.name  # type: ignore[attr-defined]
    return copy


def copy_gone(copy: Any) -> bool:
    return not has(copy) and not default_storage.exists(copy.stored_file)


def signed_up() -> Person:
    person = Person.objects.create_user(email="nora@val.test", name="Nora")
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    return person


CASES = {
    "experts.profiles": Case(ExpertFactory),
    "member_imports.uninvited": Case(lambda: line_of_file()),
    "member_imports.unanswered": Case(lambda: line_of_file(invited_at=timezone.now())),
    "member_imports.files": Case(member_file, file_gone),
    "takeovers.lines": Case(
        line_taken_over, lambda row: has(row, title="", email="", content__isnull=True)
    ),
    "takeovers.files": Case(file_taken_over, file_gone),
    "sheets.imports": Case(sheet_import, sheet_lines_gone),
    "needs.drafts": Case(lambda: need_with_paper("draft"), draft_gone),
    "needs.refused": Case(lambda: need_with_paper("withdrawn"), texts_gone),
    "needs.presences": Case(
        lambda: Presence.objects.create(
            need=NeedFactory(state="filed"), person=1, name="Léa", screen="a", at=timezone.now()
        )
    ),
    "decisions.refused": Case(refused_by_committee, texts_gone),
    "emergency_contacts.contacts": Case(
        lambda: EmergencyContactFactory(mission=mission_returned_today())
    ),
    "incidents.incidents": Case(incident, incident_gone),
    "incidents.accidents": Case(lambda: incident(accident=True), incident_gone),
    "missions.travel": Case(passport, lambda row: has(row, valid_until=None, note="")),
    "mission_book.books": Case(mission_with_book, book_gone),
    "budgets.accounts": Case(old_mission, accounts_gone),
    "archives.endorsed": Case(listed_papers, listed_gone),
    "reports.texts": Case(written_report, report_gone),
    "rights.copies": Case(copy_of_data, copy_gone),
    "rights.addresses": Case(
        lambda: Erased.objects.create(person=1, key="0" * 64, addresses=["1" * 64]),
        lambda row: has(row, addresses=[]),
    ),
    "rights.requests": Case(
        lambda: ErasureRequest.objects.create(stage="done", ended_at=timezone.now())
    ),
    "nominations.people": Case(nomination, lambda row: has(row, name="", email="")),
    "nominations.digests": Case(nomination, lambda row: has(row, address_digest="")),
    "equity.answers": Case(answer),
    "directory.alerts": Case(
        lambda: Alert.objects.create(email="nora@val.test", search="", requested_at=timezone.now())
    ),
    "mail.messages": Case(message, message_gone),
    "mail.bad_addresses": Case(
        lambda: BadAddress.objects.create(email="nora@val.test", reason="inconnue")
    ),
    "accounts.people": Case(signed_up),
    "accounts.invitations": Case(
        lambda: Invitation.objects.create(
            email="n@val.test", role_type="expert", digest="1", expires_at=timezone.now()
        )
    ),
    "accounts.links": Case(
        lambda: PersonalLink.objects.create(
            digest="1", subject="a:1", name="Hanta", expires_at=timezone.now()
        )
    ),
    "audit.accesses": Case(lambda: Access.objects.create(act="sign_in", person=1, digest="0" * 64)),
    "accounts.sessions": Case(session),
    "accounts.tries": Case(
        lambda: SignInTry.objects.create(email="n@val.test", address="192.0.2.1", count=1)
    ),
    "http.keys": Case(lambda: IdempotencyKey.objects.create()),
    "http.counts": Case(
        lambda: RequestCount.objects.create(key="a" * 64, count=1, ends_at=timezone.now())
    ),
}
