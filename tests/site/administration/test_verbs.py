"""Every action of administrators through its page: effect, journal entry, refusals."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from explor.actors.networks.models import Coordinator, Network, Officer
from explor.ground.accounts import actions as accounts
from explor.ground.accounts import rules as account_rules
from explor.ground.accounts.models import (
    Administrator,
    FactorReset,
    Invitation,
    Person,
    PersonalLink,
    Session,
)
from explor.ground.audit.models import Entry
from explor.ground.http.actor import SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import BadAddress, Delivery, Message
from explor.journey.calls.models import Funder, FunderMember
from explor.site.administration.actions import withdraw_invitation
from factories import (
    AdministratorFactory,
    FieldPartnerFactory,
    FunderFactory,
    NetworkFactory,
    OfficerFactory,
    PersonFactory,
    administrator_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
ROOT = "/administration/"
NETWORK = {
    "name": "Les Alizés",
    "slug": "alizes",
    "region": "84",
    "departments": "03, 15",
    "accent": "lagon",
    "email": "contact@alizes.test",
    "in_explor": "on",
}


def own(client: Client) -> int:
    return int(client.session["_auth_user_id"])


def verbs_about(kind: str) -> list[str]:
    return list(Entry.objects.filter(kind=kind).order_by("pk").values_list("verb", flat=True))


def errors_of(page: Any) -> str:
    return " ".join(page.context["form"].non_field_errors())


def test_an_administrator_creates_a_network_and_invites_its_director(
    admin: Client, press: Any
) -> None:
    answer = press(f"{ROOT}reseaux/nouveau/", **NETWORK)
    network = Network.objects.get()
    assert answer.url == f"{ROOT}reseaux/{network.pk}/"
    assert (network.slug, network.departments) == ("alizes", ["03", "15"])
    invite = f"{ROOT}reseaux/{network.pk}/inviter/"
    press(invite, email="bo@exemple.test", name="Bo", position="direction")
    invitation = Invitation.objects.get()
    assert (invitation.role_type, invitation.role_key, invitation.position) == (
        "reseau",
        "alizes",
        "direction",
    )
    assert verbs_about("networks.network") == ["create_network"]


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"slug": "autre"}, "Un objet"),
        ({"departments": "69"}, "est déjà servi par Autre"),
        ({"departments": "999"}, "Département inconnu"),
        ({"accent": "fluo"}, "choix valide"),
    ],
)
def test_creating_a_network_with_taken_or_unknown_values_is_refused(
    admin: Client, press: Any, typed: dict[str, str], fault: str
) -> None:
    NetworkFactory(slug="autre", name="Autre", departments=["69"])
    page = press(f"{ROOT}reseaux/nouveau/", **{**NETWORK, **typed})
    assert page.status_code in (409, 422)
    said = " ".join(text for texts in page.context["form"].errors.values() for text in texts)
    assert fault in said or "existe déjà" in said
    assert Network.objects.count() == 1


def test_editing_a_network_saves_its_new_name_and_adds_a_journal_entry(
    admin: Client, press: Any
) -> None:
    network = NetworkFactory(departments=["03", "15"])
    press(f"{ROOT}reseaux/{network.pk}/modifier/", **{**NETWORK, "name": "Alizés et vents"})
    network.refresh_from_db()
    assert network.name == "Alizés et vents"
    assert verbs_about("networks.network") == ["edit_network"]


def test_an_administrator_gives_more_space_to_the_files_of_a_network(
    admin: Client, press: Any
) -> None:
    network = NetworkFactory()
    page = f"{ROOT}reseaux/{network.pk}/"
    assert "sur 4,9\xa0Go." in admin.get(page).text
    press(f"{page}place/", megabytes="10240")
    assert "Il reste 10,0\xa0Go pour les fichiers, sur 10,0\xa0Go." in admin.get(page).text
    assert verbs_about("networks.network") == ["allow_space"]


def test_an_administrator_creates_and_edits_a_funder_and_invites_its_people(
    admin: Client, press: Any
) -> None:
    typed = {"name": "Fonjep", "slug": "fonjep", "level": "national", "siret": ""}
    press(f"{ROOT}financeurs/nouveau/", **typed)
    funder = Funder.objects.get()
    press(f"{ROOT}financeurs/{funder.pk}/modifier/", **{**typed, "name": "Le Fonjep"})
    press(f"{ROOT}financeurs/{funder.pk}/inviter/", email="bo@exemple.test", name="")
    funder.refresh_from_db()
    assert funder.name == "Le Fonjep"
    assert Invitation.objects.get().role_key == "fonjep"
    assert verbs_about("calls.funder") == ["create_funder", "edit_funder"]


@pytest.mark.parametrize("kind", ["coordination", "administration"])
def test_inviting_to_coordination_or_administration_creates_an_invitation(
    admin: Client, press: Any, kind: str
) -> None:
    press(f"{ROOT}roles/{kind}/inviter/", email="bo@exemple.test", name="Bo")
    invitation = Invitation.objects.get()
    assert (invitation.role_type, invitation.role_key) == (kind, "")


@pytest.mark.parametrize("kind", ["reseau", "financeur", "coordination"])
def test_withdrawing_a_pending_invitation_returns_to_the_page_that_lists_it(
    admin: Client, press: Any, kind: str
) -> None:
    network, funder = NetworkFactory(), FunderFactory()
    key, part = {
        "reseau": (network.slug, f"reseaux/{network.pk}/"),
        "financeur": (funder.slug, f"financeurs/{funder.pk}/"),
        "coordination": ("", "roles/?role=coordination"),
    }[kind]
    accounts.invite(email="bo@exemple.test", role_type=kind, role_key=key, by=SYSTEM)
    ((invitation, url),) = admin.get(ROOT + part).context["invitations"]
    assert invitation.email == "bo@exemple.test"
    assert press(url).url == ROOT + part
    assert not Invitation.objects.exists()
    assert verbs_about("accounts.invitation") == ["invite", "withdraw_invitation"]
    assert admin.get(url).status_code == 404


def test_an_accepted_invitation_cannot_be_withdrawn(admin: Client) -> None:
    network = NetworkFactory()
    invitation = accounts.invite(
        email="bo@exemple.test", role_type="reseau", role_key=network.slug, by=SYSTEM
    )
    accounts.accept_invitation(invitation, person=PersonFactory(email="bo@exemple.test"))
    assert admin.get(f"{ROOT}invitations/{invitation.pk}/retirer/").status_code == 404
    with pytest.raises(ActionNotAllowed, match="n’attend plus de réponse"):
        withdraw_invitation(invitation, by=SYSTEM)
    assert Officer.objects.filter(network=network).count() == 1


def test_granting_the_administration_role_creates_an_administrator() -> None:
    person = PersonFactory()
    accounts.grant_administration(person, "", "")
    assert Administrator.objects.get().person == person


def test_withdrawing_a_role_from_a_person_requires_a_reason(admin: Client, press: Any) -> None:
    coordinator = Coordinator.objects.create(person=PersonFactory())
    member = FunderMember.objects.create(funder=FunderFactory(), person=PersonFactory())
    officer = OfficerFactory()
    other = AdministratorFactory()
    for kind, pk in (
        ("coordination", coordinator.pk),
        ("financeur", member.pk),
        ("reseau", officer.pk),
        ("administration", other.pk),
    ):
        url = f"{ROOT}roles/{kind}/{pk}/retirer/"
        assert press(url, reason="").status_code == 422
        assert press(url, reason="A quitté la structure.").status_code == 302
        assert admin.get(url).status_code == 404
    assert Entry.objects.filter(verb="withdraw_role", reason="A quitté la structure.").count() == 4
    assert not Coordinator.objects.exists()


@pytest.mark.parametrize("kind", ["reseau", "coordination", "financeur", "administration"])
def test_withdrawing_a_role_deletes_the_pending_invitation_of_the_person_to_it(
    admin: Client, press: Any, kind: str
) -> None:
    person, network, funder = PersonFactory(), NetworkFactory(), FunderFactory()
    other = NetworkFactory()
    key = {"reseau": network.slug, "financeur": funder.slug}.get(kind, "")
    held: Any = {
        "reseau": lambda: OfficerFactory(network=network, person=person),
        "coordination": lambda: Coordinator.objects.create(person=person),
        "financeur": lambda: FunderMember.objects.create(funder=funder, person=person),
        "administration": lambda: AdministratorFactory(person=person),
    }[kind]()
    accounts.invite(email=person.email, role_type=kind, role_key=key, by=SYSTEM)
    accounts.invite(email=person.email, role_type="reseau", role_key=other.slug, by=SYSTEM)
    accounts.invite(email="bo@exemple.test", role_type=kind, role_key=key, by=SYSTEM)
    url = f"{ROOT}roles/{kind}/{held.pk}/retirer/"
    announced = [each.what for each in admin.get(url).context["effects"].happens]
    ended = "Les invitations à ce rôle qu’elle a reçues ou envoyées, si elles attendent, "
    assert f"{ended}ne servent plus." in announced
    press(url, reason="Départ.")
    left = Invitation.objects.order_by("pk").values_list("email", "role_type", "role_key")
    assert list(left) == [(person.email, "reseau", other.slug), ("bo@exemple.test", kind, key)]


def test_the_role_of_the_last_director_of_a_network_cannot_be_withdrawn(
    admin: Client, press: Any
) -> None:
    officer = OfficerFactory(position="direction")
    url = f"{ROOT}roles/reseau/{officer.pk}/retirer/"
    page = press(url, reason="Départ.")
    assert (page.status_code, "n’aurait plus de direction" in errors_of(page)) == (409, True)
    OfficerFactory(position="direction", network=officer.network)
    assert press(url, reason="Départ.").status_code == 302
    assert Officer.objects.count() == 1


def test_an_administrator_cannot_withdraw_their_own_role(admin: Client, press: Any) -> None:
    pk = Administrator.objects.get(person=own(admin)).pk
    page = press(f"{ROOT}roles/administration/{pk}/retirer/", reason="Erreur.")
    assert (page.status_code, Administrator.objects.count()) == (409, 2)


def test_locking_an_account_ends_its_sessions_and_the_account_can_be_unlocked(
    admin: Client, press: Any
) -> None:
    officer = OfficerFactory()
    session = wearing(officer_actor(officer.network))
    home = f"/reseau/{officer.network.slug}/"
    assert session.get(home).status_code == 200
    press(f"{ROOT}comptes/{officer.person.pk}/fermer/", reason="Départ.")
    officer.person.refresh_from_db()
    assert not officer.person.is_active
    assert session.get(home).status_code == 302
    assert not Session.objects.filter(person=officer.person.pk).exists()
    press(f"{ROOT}comptes/{officer.person.pk}/rouvrir/", reason="Retour.")
    officer.person.refresh_from_db()
    assert officer.person.is_active
    assert verbs_about("accounts.person") == ["lock_account", "unlock_account"]
    subjects = Message.objects.filter(to=officer.person.email).order_by("pk")
    assert list(subjects.values_list("subject", flat=True)) == [
        "Votre compte Explor est fermé",
        "Votre compte Explor est rouvert",
    ]


def test_closing_the_account_of_the_last_director_says_that_a_network_loses_its_direction(
    admin: Client,
) -> None:
    network = NetworkFactory(name="Alizés")
    last, other = OfficerFactory.create_batch(2, network=network, position="direction")
    url = f"{ROOT}comptes/{last.person.pk}/fermer/"
    assert "plus de direction" not in admin.get(url).content.decode()
    other.delete()
    assert "Alizés n’aurait plus de direction" in admin.get(url).content.decode()


def test_an_administrator_cannot_lock_their_own_account(admin: Client) -> None:
    url = f"{ROOT}comptes/{own(admin)}/fermer/"
    assert admin.get(url).context["blockers"] == [
        "Ce compte est le vôtre : une autre personne doit le faire."
    ]
    assert admin.post(url, {"reason": "Essai."}).status_code == 409
    assert Person.objects.get(pk=own(admin)).is_active


def test_the_last_active_administrator_cannot_be_locked() -> None:
    last = AdministratorFactory().person
    with pytest.raises(Exception, match="dernier compte d’administration"):
        accounts.lock_account(last, by=SYSTEM, reason="Essai.")


def test_an_administrator_ends_one_session_then_all_sessions_of_an_account(
    admin: Client, press: Any
) -> None:
    officer = OfficerFactory()
    wearing(officer_actor(officer.network))
    wearing(officer_actor(officer.network))
    page = admin.get(f"{ROOT}comptes/{officer.person.pk}/")
    assert len(page.context["sessions"]) == 2
    session, url = page.context["sessions"][0]
    assert session.session_key not in page.content.decode()
    press(url)
    assert Session.objects.filter(person=officer.person.pk).count() == 1
    press(f"{ROOT}comptes/{officer.person.pk}/terminer-les-sessions/")
    assert not Session.objects.filter(person=officer.person.pk).exists()
    assert verbs_about("accounts.person") == ["end_session", "end_sessions"]


def test_the_page_to_end_one_session_states_that_others_stay_open(admin: Client) -> None:
    officer = OfficerFactory()
    wearing(officer_actor(officer.network))
    opened = datetime(2026, 3, 4, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))
    Session.objects.filter(person=officer.person.pk).update(opened_at=opened)
    page = admin.get(f"{ROOT}comptes/{officer.person.pk}/")
    effects = admin.get(page.context["sessions"][0][1]).context["effects"]
    assert [each.what for each in effects.happens] == [
        "La session ouverte le 04/03/2026 à 09:30 se termine aussitôt.",
        "Il faudra se connecter de nouveau sur l’appareil qui s’en servait.",
        "Les autres sessions de la personne restent ouvertes.",
        "Le compte et ses rôles restent. Personne n’est prévenu.",
    ]
    assert [each.what for each in effects.undo] == ["La personne peut se connecter de nouveau."]


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (0, "Aucune session n’est ouverte : rien ne change."),
        (1, "1 session se termine aussitôt."),
        (2, "2 sessions se terminent aussitôt."),
    ],
)
def test_the_page_to_end_all_sessions_states_how_many_are_open(
    admin: Client, count: int, sentence: str
) -> None:
    officer = OfficerFactory()
    for _ in range(count):
        wearing(officer_actor(officer.network))
    url = f"{ROOT}comptes/{officer.person.pk}/terminer-les-sessions/"
    assert admin.get(url).context["effects"].happens[0].what == sentence


def with_factor() -> Person:
    person = OfficerFactory().person
    Authenticator.objects.create(user=person, type="totp", data={})
    return person


def requested(admin: Client, press: Any) -> FactorReset:
    person = with_factor()
    press(f"{ROOT}comptes/{person.pk}/second-facteur/", reason="Téléphone perdu, vu en visio.")
    return FactorReset.objects.get()


def test_a_second_administrator_approves_the_reset_of_a_second_factor(
    admin: Client, press: Any
) -> None:
    reset = requested(admin, press)
    url = f"{ROOT}seconds-facteurs/{reset.pk}/approuver/"
    assert admin.get(url).context["blockers"] == [
        "Vous avez fait la demande : une autre personne doit l’approuver."
    ]
    assert admin.post(url, {"version": reset.version}).status_code == 409
    assert Authenticator.objects.filter(user=reset.person).exists()
    other = wearing(administrator_actor())
    page = other.get(url)
    assert other.post(url, {"version": page.context["form"]["version"].value()}).status_code == 302
    reset.refresh_from_db()
    assert (reset.state, reset.decided_by) == ("approved", own(other))
    assert not Authenticator.objects.filter(user=reset.person).exists()
    assert verbs_about("accounts.factorreset") == ["request_reset", "approve_reset"]
    messages = Message.objects.filter(to=reset.person.email).order_by("pk")
    assert list(messages.values_list("kind", flat=True)) == [
        "accounts.request_reset",
        "accounts.approve_reset",
    ]


def test_a_person_cannot_approve_the_reset_of_their_own_second_factor(
    admin: Client, press: Any
) -> None:
    reset = requested(admin, press)
    AdministratorFactory(person=reset.person)
    client = Client()
    client.force_login(reset.person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session.save()
    url = f"{ROOT}seconds-facteurs/{reset.pk}/approuver/"
    assert client.post(url, {"version": reset.version}).status_code == 409
    assert Authenticator.objects.filter(user=reset.person).exists()


def test_refusing_a_reset_request_keeps_the_second_factor(admin: Client, press: Any) -> None:
    reset = requested(admin, press)
    press(f"{ROOT}seconds-facteurs/{reset.pk}/refuser/", reason="Pas la bonne personne.")
    reset.refresh_from_db()
    assert reset.state == "declined"
    assert Authenticator.objects.filter(user=reset.person).exists()


@pytest.mark.parametrize("slug", ["approuver", "refuser"])
def test_deciding_on_a_second_factor_reset_is_forbidden_without_permission(
    admin: Client, press: Any, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reset = requested(admin, press)
    monkeypatch.setattr(account_rules, "can_decide_reset", lambda actor: False)
    url = f"{ROOT}seconds-facteurs/{reset.pk}/{slug}/"
    typed = {"version": reset.version, "reason": "Non."}
    other = wearing(administrator_actor())
    assert [other.get(url).status_code, other.post(url, typed).status_code] == [403, 403]
    reset.refresh_from_db()
    assert reset.state == "requested"


@pytest.mark.parametrize("state", ["approved", "declined"])
@pytest.mark.parametrize("slug", ["approuver", "refuser"])
def test_a_decided_second_factor_reset_cannot_be_decided_again(
    admin: Client, state: str, slug: str
) -> None:
    reset = FactorReset.objects.create(
        person=with_factor(), requested_by=own(admin), decided_by=1, reason="Perdu.", state=state
    )
    url = f"{ROOT}seconds-facteurs/{reset.pk}/{slug}/"
    assert admin.post(url, {"version": 0, "reason": "Non."}).status_code == 409
    reset.refresh_from_db()
    assert reset.state == state


def test_requesting_a_second_reset_or_one_without_a_second_factor_is_refused(
    admin: Client, press: Any
) -> None:
    reset = requested(admin, press)
    url = f"{ROOT}comptes/{reset.person.pk}/second-facteur/"
    assert admin.post(url, {"reason": "Encore."}).status_code == 409
    url = f"{ROOT}comptes/{PersonFactory().pk}/second-facteur/"
    assert admin.post(url, {"reason": "Sans facteur."}).status_code == 409
    assert FactorReset.objects.count() == 1


def test_an_administrator_revokes_a_personal_link(admin: Client, press: Any) -> None:
    partner = FieldPartnerFactory()
    accounts.open_link(partner, name="Union", email="u@exemple.test", by=SYSTEM)
    link = PersonalLink.objects.get()
    press(f"{ROOT}liens/{link.pk}/revoquer/", reason="Adresse volée.")
    link.refresh_from_db()
    assert link.revoked_at is not None
    assert admin.get(f"{ROOT}liens/{link.pk}/revoquer/").status_code == 404


def test_forgetting_a_bad_address_removes_it_from_the_list(admin: Client, press: Any) -> None:
    address = BadAddress.objects.create(email="a@exemple.test", reason="550")
    press(f"{ROOT}adresses/{address.pk}/oublier/")
    assert not BadAddress.objects.exists()
    assert verbs_about("mail.badaddress") == ["forget_bad_address"]


def test_retrying_a_failed_message_puts_it_back_in_the_queue(admin: Client, press: Any) -> None:
    message = Message.objects.create(
        to="a@exemple.test", subject="Bonjour", kind="x", delivery=Delivery.FAILED, message_id="<1>"
    )
    press(f"{ROOT}messages/{message.pk}/renvoyer/")
    message.refresh_from_db()
    assert message.delivery == Delivery.WAITING
    assert ProcrastinateJob.objects.filter(task_name="mail.send", status="todo").exists()


def test_retrying_a_message_whose_job_is_still_queued_is_refused(admin: Client, press: Any) -> None:
    message = Message.objects.create(
        to="a@exemple.test", subject="Bonjour", kind="x", delivery=Delivery.FAILED, message_id="<1>"
    )
    app.configure_task("mail.send", queueing_lock=f"mail:{message.pk}").defer(message=message.pk)
    page = press(f"{ROOT}messages/{message.pk}/renvoyer/")
    assert (page.status_code, errors_of(page)) == (409, "Cette tâche est déjà en file.")
    message.refresh_from_db()
    assert message.delivery == Delivery.FAILED
    assert ProcrastinateJob.objects.count() == 1
    assert verbs_about("mail.message") == []


def failed_job(queueing_lock: str | None = None) -> ProcrastinateJob:
    from django.db import connection

    task = app.configure_task("mail.send", lock="essai", queueing_lock=queueing_lock)
    pk = task.defer(message=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [pk])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [pk])
    return ProcrastinateJob.objects.get(pk=pk)


def test_retrying_a_failed_job_puts_it_back_in_the_queue(admin: Client, press: Any) -> None:
    job = failed_job()
    press(f"{ROOT}taches/{job.pk}/relancer/")
    assert ProcrastinateJob.objects.get(pk=job.pk).status == "todo"
    assert verbs_about("procrastinate.procrastinatejob") == ["retry_job"]


def test_retrying_a_failed_job_is_refused_when_the_same_job_is_queued(
    admin: Client, press: Any
) -> None:
    job = failed_job("mail:0")
    app.configure_task("mail.send", queueing_lock="mail:0").defer(message=0)
    page = press(f"{ROOT}taches/{job.pk}/relancer/")
    assert (page.status_code, errors_of(page)) == (409, "Cette tâche est déjà en file.")
    assert ProcrastinateJob.objects.get(pk=job.pk).status == "failed"
    assert verbs_about("procrastinate.procrastinatejob") == []


def test_the_page_to_retry_a_failed_job_states_that_it_may_send_messages(admin: Client) -> None:
    page = admin.get(f"{ROOT}taches/{failed_job().pk}/relancer/")
    notified = [(each.who, each.reads) for each in page.context["effects"].notified]
    assert notified == [("Selon la tâche", "les messages qu’elle envoie")]
