"""The erasure of a person: no row names them any more, except those announced as kept."""

import json
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from trust.test_isolation import filled
from trust.world import ABSENT, routes

from explor.actors.experts.models import Expert
from explor.actors.networks.actions import erase_roles
from explor.actors.networks.models import Coordinator, Officer
from explor.actors.organisations.models import Member
from explor.ground.accounts.models import Person, Session
from explor.ground.audit import actions as audit
from explor.ground.audit.actions.heads import keep_head
from explor.ground.audit.models import Entry
from explor.ground.audit.selectors import verify
from explor.ground.files.models import Document, owner_of
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.ground.privacy.kinds import erase_nothing, erasures
from explor.ground.rights import actions
from explor.ground.rights.models import Erased
from explor.ground.rights.rules import NAME, actor_of
from explor.journey.missions.models import ChecklistItem, Mission
from explor.journey.needs.models import Comment, Need, Revision
from explor.public.directory.models import Listing
from explor.site.cli import tools
from explor.site.config.postgres import binaries
from factories import (
    AdministratorFactory,
    CommitteeMemberFactory,
    DocumentFactory,
    MemberFactory,
    MissionFactory,
    NeedFactory,
    OfficerFactory,
    PersonFactory,
    ProposalFactory,
    SheetFactory,
    association_actor,
    committee_actor,
    employer_actor,
    officer_actor,
    wearing,
)
from support.journal import seal_everything
from support.rights import actor, person_with_rows

pytestmark = pytest.mark.django_db
Run = Callable[[], list[str]]

# What the page announces as kept: the signed agreements, and who signed them.
KEPT = {"releases_signature", "releases_agreement", "releases_signatory"}


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.ERASURES = tmp_path / "erasures.jsonl"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def tables_naming(*texts: str) -> set[str]:
    """Return the tables of the database whose rows, read as texts, hold one of `texts`."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT lower(line::text) FROM "{table}" AS line')
            dump = "\n".join(text for (text,) in cursor.fetchall())
            if any(text.lower() in dump for text in texts):
                found.add(table)
    return found


def names_of(person: Person) -> tuple[str, ...]:
    return person.name, person.email, person.phone


def test_after_an_erasure_no_table_names_the_person_except_the_signed_papers(
    run_jobs: Run,
) -> None:
    owner, other = person_with_rows("Amont"), person_with_rows("Aval")
    texts = names_of(owner.person)
    before = tables_naming(*names_of(other.person))
    assert len(tables_naming(*texts)) > 15
    actions.erase_account(owner.person, by=actor_of(owner.person))
    run_jobs()
    assert tables_naming(*texts) <= KEPT
    assert tables_naming("Amont-005-") <= KEPT, "a part of the name, which nobody else has"
    assert tables_naming(*names_of(other.person)) == before, "nobody else is erased"


@pytest.mark.django_db(transaction=True)
def test_a_full_dump_after_an_erasure_names_the_person_only_in_the_signed_papers(
    run_jobs: Run, tmp_path: Any
) -> None:
    """Write the dump that a backup holds, whatever the schema, and read it line by line."""
    owner = person_with_rows("Amont")
    texts = [text.lower() for text in (*names_of(owner.person), "Amont-005-")]
    actions.erase_account(owner.person, by=actor_of(owner.person))
    run_jobs()
    tools.dump(tmp_path / "dump")
    dump = tmp_path / "dump.sql"
    subprocess.run([binaries() / "pg_restore", f"--file={dump}", tmp_path / "dump"], check=True)
    table, found = "", set()
    for line in dump.read_text().lower().splitlines():
        if line.startswith("copy "):
            table = line.split()[1].rpartition(".")[2]
        if any(text in line for text in texts):
            found.add(table)
    assert table, "the dump holds tables"
    assert found <= KEPT


def test_the_name_of_an_erased_person_is_also_erased_from_an_encrypted_note() -> None:
    person = PersonFactory(name="Zélie Exemple")
    item = ChecklistItem.objects.create(
        mission=MissionFactory(), code="visa", label="Visa", note="Vu par Zélie Exemple."
    )
    other = ChecklistItem.objects.create(
        mission=MissionFactory(), code="visa", label="Visa", note="Vu par une autre Zélie Exemple."
    )
    audit.log(item, "tick", by=actor(person))
    actions.erase_account(person, by=actor_of(person))
    assert ChecklistItem.objects.get(pk=item.pk).note == f"Vu par {NAME}."
    assert "Zélie" in ChecklistItem.objects.get(pk=other.pk).note


@pytest.mark.parametrize(
    "written", ["Zélie Anne-Lise Vœux", "zelie anne lise voeux", "VŒUX Zélie Anne-Lise"]
)
def test_the_name_of_an_erased_person_is_erased_in_each_spelling_of_papers_and_sort_keys(
    written: str,
) -> None:
    """A sort key has no accent; an imported list puts the family name first."""
    person = PersonFactory(name="Zélie Anne-Lise Vœux")
    sheet = SheetFactory(title=f"Un puits avec {written}", title_key=f"un puits avec {written}")
    audit.log(sheet, "edit", by=actor(person))
    actions.erase_account(person, by=actor_of(person))
    sheet.refresh_from_db()
    assert [sheet.title, sheet.title_key] == [f"Un puits avec {NAME}", f"un puits avec {NAME}"]
    listing = Listing.objects.get(sheet=sheet)
    assert listing.title_key == sheet.title_key


def test_erasing_a_name_in_another_alphabet_erases_no_word_in_latin_letters() -> None:
    person = PersonFactory(name="Зоя 2027")
    sheet = SheetFactory(title="Un puits en 2027, avec Зоя 2027", title_key="un puits en 2027")
    audit.log(sheet, "edit", by=actor(person))
    actions.erase_account(person, by=actor_of(person))
    sheet.refresh_from_db()
    assert [sheet.title, sheet.title_key] == [f"Un puits en 2027, avec {NAME}", "un puits en 2027"]


@pytest.mark.parametrize("word", ["admissible", "rivages-jumeaux", "title", "null"])
def test_erasing_a_name_that_is_a_code_word_changes_no_state_slug_or_json_key(word: str) -> None:
    """Anyone chooses the name of their account: it must not become a way to break a file."""
    need = NeedFactory(state="admissible", filed=True, association__slug="rivages-jumeaux")
    changes = {"title": ["avant", "après"], "days": [None, 3]}
    row = {"version": 1, "by": word, "tab": uuid4(), "at": timezone.now(), "changes": changes}
    revision = Revision.objects.create(need=need, **row)
    person = MemberFactory(organisation=need.association, person__name=word).person
    MemberFactory(organisation=need.association)
    for file in (need, need.association):
        audit.log(file, "describe", by=actor(person), details={"title": None})
    actions.erase_account(person, by=actor_of(person))
    need, revision = Need.objects.get(pk=need.pk), Revision.objects.get(pk=revision.pk)
    assert [need.state, need.association.slug] == ["admissible", "rivages-jumeaux"]
    assert [revision.by, revision.changes] == [NAME, changes]
    assert Entry.objects.filter(name=NAME, details={"title": None}).count() == 2


def test_erasing_a_name_made_of_common_words_leaves_the_texts_of_others_readable() -> None:
    need = NeedFactory(context="Les puits de la vallée.", filed=True)
    revision = Revision.objects.create(
        need=need, version=1, by="de la", tab=uuid4(), at=timezone.now(), changes={}
    )
    person = MemberFactory(organisation=need.association, person__name="de la").person
    MemberFactory(organisation=need.association)
    audit.log(need, "describe", by=actor(person))
    actions.erase_account(person, by=actor_of(person))
    need, revision = Need.objects.get(pk=need.pk), Revision.objects.get(pk=revision.pk)
    assert [need.context, revision.by] == ["Les puits de la vallée.", NAME]


def test_an_erasure_empties_the_personal_data_and_leaves_the_kept_rows_without_name(
    run_jobs: Run,
) -> None:
    owner = person_with_rows("Amont")
    actions.erase_account(owner.person, by=actor_of(owner.person))
    person = Person.objects.get(pk=owner.person.pk)
    assert (person.name, person.phone, person.is_active) == (NAME, "", False)
    assert not person.has_usable_password()
    expert = Expert.objects.get(pk=owner.expert.pk)
    assert (expert.job, expert.summary, expert.skills, expert.employer) == ("", "", [], None)
    assert not expert.languages.exists() and not expert.consents.exists()
    assert not Member.objects.filter(person=person).exists()
    assert not Session.objects.filter(person=person.pk).exists()
    assert ChecklistItem.objects.get(mission=owner.mission, code="visa").note == ""
    assert str(Mission.objects.get(pk=owner.mission.pk).expert) == NAME
    assert Comment.objects.get(need=owner.mission.need).by == NAME


def test_the_profile_of_an_erased_person_without_any_proposal_is_deleted() -> None:
    expert = ProposalFactory().expert
    expert.proposals.all().delete()
    actions.erase_account(expert.person, by=actor_of(expert.person))
    assert not Expert.objects.filter(pk=expert.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_after_an_erasure_the_journal_can_still_be_verified_and_names_nobody() -> None:
    owner = person_with_rows("Amont")
    need = owner.mission.need
    colleague = PersonFactory(name="Camille Autre")
    audit.log(need, "comment", by=actor(colleague), details={"to": owner.person.email})
    chain = list(Entry.objects.order_by("pk").values_list("digest", "previous"))
    seal_everything()
    keep_head()
    actions.erase_account(owner.person, by=actor_of(owner.person))
    assert list(verify()) == []
    seal_everything()
    assert list(verify()) == []
    assert (
        list(Entry.objects.order_by("pk").values_list("digest", "previous"))[: len(chain)] == chain
    )
    own = Entry.objects.filter(person=owner.person.pk)
    assert set(own.values_list("name", flat=True)) == {NAME}
    about = Entry.objects.get(name="Camille Autre")
    assert owner.person.email not in json.dumps(about.details)


def test_verifying_the_journal_detects_a_change_to_an_entry_whose_name_was_erased() -> None:
    owner = person_with_rows("Amont")
    actions.erase_account(owner.person, by=actor_of(owner.person))
    line = Entry.objects.filter(person=owner.person.pk).first()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    Entry.objects.filter(pk=line.pk).update(reason="un autre motif")
    assert list(verify()) == [f"Ligne {line.pk} : son contenu a été changé."]


def test_an_erasure_does_not_hide_an_earlier_forged_change_of_a_journal_entry() -> None:
    owner = person_with_rows("Amont")
    line = Entry.objects.filter(person=owner.person.pk).first()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    Entry.objects.filter(pk=line.pk).update(reason="un autre motif")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")
    actions.erase_account(owner.person, by=actor_of(owner.person))
    assert list(verify()) == [f"Ligne {line.pk} : son contenu a été changé."]


def test_an_erasure_erases_the_name_in_entries_of_a_former_key_then_reported_as_changed(
    settings: Any,
) -> None:
    owner = person_with_rows("Amont")
    own = Entry.objects.filter(person=owner.person.pk)
    old = list(own.values_list("pk", flat=True))
    settings.JOURNAL_KEY = "une autre clé du journal"
    actions.erase_account(owner.person, by=actor_of(owner.person))
    assert set(own.values_list("name", flat=True)) == {NAME}
    faults = set(verify())
    assert {f"Ligne {pk} : son contenu a été changé." for pk in old} <= faults


def test_the_database_refuses_any_change_of_the_journal_other_than_an_erasure() -> None:
    line = audit.log(PersonFactory(), "x", by=actor(PersonFactory()))
    for changes in ({"name": "x"}, {"verb": "y", "second_seal": "z"}, {"person": 1}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Entry.objects.filter(pk=line.pk).update(**changes)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=line.pk).delete()


def test_erasing_an_account_erases_nothing_of_another_person_with_the_same_name() -> None:
    owner = person_with_rows("Amont")
    vandal = PersonFactory(name=owner.person.name)
    before = tables_naming(*names_of(owner.person))
    actions.erase_account(vandal, by=actor_of(vandal))
    assert tables_naming(*names_of(owner.person)) == before
    assert Comment.objects.get(need=owner.mission.need).by == owner.person.name


def test_the_last_message_to_an_erased_person_is_sent_then_erased(
    run_jobs: Run,
) -> None:
    owner = person_with_rows("Amont")
    officer = OfficerFactory(network=owner.mission.network)
    address = owner.person.email
    actions.erase_account(owner.person, by=actor_of(owner.person))
    run_jobs()
    (last,) = [sent for sent in mail.outbox if sent.to == [address]]
    assert "conventions signées" in last.body
    assert not Message.objects.filter(to=address).exists()
    said = Message.objects.filter(to=officer.person.email, kind="rights.erase_account")
    assert said.count() == 2, "of the profile, and of the association"
    assert not any(owner.person.name in message.body for message in said)


def test_an_erasure_is_refused_until_the_missions_and_proposals_of_the_person_have_ended() -> None:
    for state in ("preparing", "away", "returned"):
        owner = person_with_rows(f"Sentinelle{state}", mission_state=state)
        with pytest.raises(ActionNotAllowed, match="n’est pas close"):
            actions.erase_account(owner.person, by=actor_of(owner.person))
    proposal = ProposalFactory()
    with pytest.raises(ActionNotAllowed, match="Une proposition vous attend"):
        actions.erase_account(proposal.expert.person, by=actor_of(proposal.expert.person))


def test_the_last_director_member_or_administrator_must_be_replaced_before_an_erasure() -> None:
    director = OfficerFactory(position="direction")
    member = MemberFactory()
    NeedFactory(association=member.organisation, network=member.organisation.network, filed=True)
    administrator = AdministratorFactory()
    for person, said in (
        (director.person, "n’aurait plus de direction"),
        (member.person, "la dernière personne"),
        (administrator.person, "dernier compte d’administration"),
    ):
        with pytest.raises(ActionNotAllowed, match=said):
            actions.erase_account(person, by=actor_of(person))
    OfficerFactory(network=director.network, position="direction")
    MemberFactory(organisation=member.organisation)
    AdministratorFactory()
    for person in (director.person, member.person, administrator.person):
        actions.erase_account(person, by=actor_of(person))
    assert not Officer.objects.filter(person=director.person).exists()
    assert Need.objects.filter(association=member.organisation).exists()


def test_erasing_the_last_member_of_an_association_deletes_its_drafts() -> None:
    member = MemberFactory()
    draft = NeedFactory(association=member.organisation, network=member.organisation.network)
    actions.erase_account(member.person, by=actor_of(member.person))
    assert not Need.objects.filter(pk=draft.pk).exists()


def test_erasing_the_last_member_of_an_association_deletes_the_documents_of_its_drafts() -> None:
    member = MemberFactory()
    draft = NeedFactory(association=member.organisation, network=member.organisation.network)
    document = DocumentFactory(owner=owner_of(draft), charged_to=owner_of(member.organisation))
    actions.erase_account(member.person, by=actor_of(member.person))
    assert not Document.objects.filter(pk=document.pk).exists()


def test_the_pages_about_an_erased_person_still_open_and_name_nobody(
    run_jobs: Run,
) -> None:
    """Open every page about the missions and needs of the person, as everyone who may read it."""
    owner = person_with_rows("Amont")
    mission, need = owner.mission, owner.mission.need
    readers = {
        "reseau": officer_actor(mission.network),
        "association": association_actor(mission.association),
        "employeur": employer_actor(mission.employer),
        "comite": committee_actor(CommitteeMemberFactory(call=need.call, chair=True)),
    }
    keys = {role: reader.key for role, reader in readers.items()}
    rows = defaultdict(lambda: ABSENT) | {
        "besoins": need.pk, "missions": mission.pk, "dossiers": need.pk, "recherches": need.pk,
        "decisions": need.pk, "appels": need.call_id, "comptes-rendus": mission.pk,
        "propositions": mission.release.proposal_id, "experts": owner.expert.pk,
        "expertises": owner.expert.pk, "mises-a-disposition": mission.release_id,
        "organisations": mission.association_id, "recevabilite": need.pk, "sieges": owner.seat.pk,
    }  # fmt: skip
    actions.erase_account(owner.person, by=actor_of(owner.person))
    run_jobs()
    opened, faults = "", []
    for role, reader in readers.items():
        client = wearing(reader)
        for route, _ in routes():
            if not route.startswith(f"{role}/"):
                continue
            for url in filled(route, keys, rows):
                page = client.get(url)
                body = b"".join(page) if page.streaming else page.content
                opened += body.decode(errors="ignore")
                signed = "mises-a-disposition" in url  # its papers keep the name of who signed
                if page.status_code >= 500 or (not signed and b"Amont-005-" in body):
                    faults.append(f"{url}: {page.status_code}")
    assert faults == []
    assert opened.count(NAME) > 5


@pytest.fixture
def reauthenticated() -> Callable[[Person], Client]:
    def client_of(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time(), "reauthenticated": True}
        ]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
        session.save()
        return client

    return client_of


def test_the_erasure_page_lists_the_erased_and_kept_data_then_requires_a_typed_word(
    reauthenticated: Callable[[Person], Client], run_jobs: Run
) -> None:
    owner = person_with_rows("Amont")
    client = Client()
    client.force_login(owner.person)
    assert "reauthenticate" in client.get("/compte/effacer/")["Location"]
    client = reauthenticated(owner.person)
    page = client.get("/compte/effacer/").content.decode()
    assert "conventions signées" in page
    assert "données de voyage" in page
    assert client.post("/compte/effacer/", {"word": "effacer?"}).status_code == 422
    assert not Erased.objects.exists()
    response = client.post("/compte/effacer/", {"word": "EFFACER"})
    assert response.status_code == 302
    assert not Erased.objects.exists(), "a job erases"
    assert client.get("/compte/mes-donnees/").status_code == 302, "signed out"
    assert "Votre compte est fermé" in client.get(response["Location"]).content.decode()
    run_jobs()
    assert Erased.objects.filter(person=owner.person.pk).exists()
    assert "Vos données sont effacées" in Client().get(response["Location"]).content.decode()


def test_every_deletion_of_an_erasure_is_announced_on_its_page() -> None:
    deleting = [each for each in erasures() if each.erase is not erase_nothing]
    assert [each.label for each in deleting if not each.gone] == []


def test_erasing_a_coordinator_journals_the_end_of_the_role() -> None:
    person = PersonFactory()
    Coordinator.objects.create(person=person)
    erase_roles(person, by=actor_of(person))
    withdrawn = Entry.objects.filter(verb="withdraw_role", details={"role": "coordination"})
    assert withdrawn.get().subject == person.pk


def test_the_page_of_a_blocked_erasure_shows_the_reason_and_no_button(
    reauthenticated: Callable[[Person], Client],
) -> None:
    person = ProposalFactory().expert.person
    client = reauthenticated(person)
    page = client.get("/compte/effacer/").content.decode()
    assert "Une proposition vous attend" in page
    assert "pour toujours" not in page
    assert client.post("/compte/effacer/", {"word": "EFFACER"}).status_code == 409


def test_a_person_without_password_must_sign_in_again_before_an_erasure() -> None:
    person = PersonFactory()
    person.set_unusable_password()
    person.save()
    client = Client()
    client.force_login(person)
    assert "pour toujours" in client.get("/compte/effacer/").content.decode()
    Session.objects.update(opened_at=timezone.now() - timedelta(minutes=16))
    assert "Reconnectez-vous" in client.get("/compte/effacer/").content.decode()
    client.post("/compte/effacer/", {"word": "EFFACER"})
    assert not Erased.objects.exists()


def test_a_public_sheet_names_nobody_before_or_after_an_erasure() -> None:
    owner = person_with_rows("Amont")
    sheet = SheetFactory(network=owner.mission.network, project=owner.mission.need.project)
    for _ in range(2):
        page = Client().get(f"/projets/{sheet.slug}/")
        assert page.status_code == 200
        assert "Prénom Nom" not in page.text
        if not Erased.objects.exists():
            actions.erase_account(owner.person, by=actor_of(owner.person))
