"""Access to the administration pages, their content and their number of database queries."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from explor.actors.networks.models import Coordinator
from explor.ground.accounts import actions as accounts
from explor.ground.accounts.models import FactorReset
from explor.ground.http.actor import SYSTEM
from explor.ground.mail.models import BadAddress, Delivery, Message
from explor.journey.calls.models import FunderMember
from explor.site.administration import rules
from explor.site.administration.models import Backup
from explor.site.administration.selectors import health
from explor.site.administration.urls import administration
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
LISTS = ("", "reseaux/", "financeurs/", "comptes/", "liens/", "adresses/", "etat/")
ROLES = ("reseau", "coordination", "financeur", "administration")
HERE = {"pk": 1, "kind": "reseau", "digest": "x", "verdict": "favorable"}


def fill(count: int) -> None:
    """Create `count` rows for every list."""
    network, funder = NetworkFactory(), FunderFactory()
    for number in range(count):
        OfficerFactory(network=network)
        NetworkFactory()
        FunderMember.objects.create(funder=funder, person=PersonFactory())
        FunderFactory(slug=f"autre-{number}")
        Coordinator.objects.create(person=PersonFactory())
        person = AdministratorFactory().person
        FactorReset.objects.create(person=person, requested_by=0, reason="Perdu.")
        accounts.open_link(FieldPartnerFactory(), name="Union", email="u@e.test", by=SYSTEM)
        BadAddress.objects.create(email=f"a{number}@exemple.test", reason="550")
        Message.objects.create(
            to="a@exemple.test",
            subject="Bonjour",
            kind="x",
            delivery=Delivery.FAILED,
            message_id=f"<{number}>",
        )


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as kept:
        assert client.get(url).status_code == 200, url
    return len(kept)


@pytest.mark.parametrize("count", [1, 30])
def test_administration_lists_stay_within_their_query_limit_with_many_rows(
    admin: Client, count: int
) -> None:
    fill(count)
    urls = [ROOT + each for each in LISTS] + [f"{ROOT}roles/?role={each}" for each in ROLES]
    assert {url: n for url in urls if (n := queries(admin, url)) > 25} == {}


def test_network_and_account_pages_stay_within_their_query_limits(admin: Client) -> None:
    network = NetworkFactory()
    for _ in range(30):
        OfficerFactory(network=network)
    person = network.officers.first().person
    for _ in range(30):
        wearing(officer_actor(network))
    for url in (f"{ROOT}reseaux/{network.pk}/", f"{ROOT}comptes/{person.pk}/"):
        assert queries(admin, url) <= 25


def paths() -> list[str]:
    """Return every URL of the administration, for any object."""
    made = []
    for pattern in administration:
        route = str(pattern.pattern)
        for name, value in HERE.items():
            for kind in ("int", "slug"):
                route = route.replace(f"<{kind}:{name}>", str(value))
        made.append(ROOT + route)
    return made


@pytest.mark.parametrize("path", paths())
def test_only_administrators_can_open_administration_pages(path: str) -> None:
    client = wearing(officer_actor(OfficerFactory().network))
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize("path", paths())
def test_an_administrator_without_second_factor_cannot_open_pages(path: str) -> None:
    client = Client()
    client.force_login(AdministratorFactory().person)
    answer = client.get(path)
    assert (answer.status_code, answer.url) == (302, "/compte/2fa/")


def test_the_page_of_an_unknown_role_type_is_not_found(admin: Client) -> None:
    assert admin.get(f"{ROOT}roles/?role=pirate").status_code == 404
    assert admin.get(f"{ROOT}roles/pirate/inviter/").status_code == 404
    assert admin.get(f"{ROOT}roles/reseau/inviter/").status_code == 404


def test_the_administration_home_lists_problems_as_tasks(admin: Client) -> None:
    NetworkFactory(name="Les Alizés")
    BadAddress.objects.create(email="a@exemple.test", reason="550")
    titles = [task.title for task in admin.get(ROOT).context["waiting"]]
    assert titles == [
        "Faire une sauvegarde",
        "1 adresse en panne",
        "Inviter une direction pour Les Alizés",
    ]


def test_a_second_factor_reset_request_is_a_task_of_the_other_administrators_only(
    admin: Client,
) -> None:
    own = int(admin.session["_auth_user_id"])
    FactorReset.objects.create(person=PersonFactory(name="Bo"), requested_by=own, reason="Perdu.")
    title = "Décider du second facteur de Bo"
    assert title not in [task.title for task in admin.get(ROOT).context["waiting"]]
    other = wearing(administrator_actor())
    assert title in [task.title for task in other.get(ROOT).context["waiting"]]


def test_the_pages_of_a_second_factor_reset_elide_the_preposition_before_the_name(
    admin: Client,
) -> None:
    reset = FactorReset.objects.create(
        person=PersonFactory(name="Anna Roux"), requested_by=0, reason="Perdu."
    )
    url = f"{ROOT}seconds-facteurs/{reset.pk}/"
    assert admin.get(url).context["title"] == "Second facteur d’Anna Roux"
    assert "Second facteur d’Anna Roux" in admin.get(f"{url}refuser/").content.decode()


@pytest.mark.parametrize(("hours", "stale"), [(None, True), (49, True), (47, False)])
def test_the_last_backup_is_reported_as_too_old_after_two_days(
    hours: int | None, stale: bool
) -> None:
    now = timezone.now()
    last = now - timedelta(hours=hours) if hours else None
    assert rules.is_stale(last, now) is stale


def test_the_health_page_shows_the_last_backup_and_the_checks(admin: Client) -> None:
    Backup.objects.create(name="nuit.tar", size=1, files=2)
    page = admin.get(f"{ROOT}etat/")
    facts = dict(page.context["facts"])
    assert "nuit.tar" in str(facts["Dernière sauvegarde"])
    assert {each.what for each in page.context["findings"]} >= {"migrations", "journal"}


def test_file_sizes_on_the_health_page_have_french_units(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = health.Storage(files=2_202_010, papers=12, database=900, free=84_074_496_819)
    monkeypatch.setattr(health, "storage", lambda: used)
    facts = dict(admin.get(f"{ROOT}etat/").context["facts"])
    assert {name: facts[name] for name in ("Documents", "Base de données", "Place libre")} == {
        "Documents": "12 fichiers, 2,1\xa0Mo",
        "Base de données": "900\xa0octets",
        "Place libre": "78,3\xa0Go",
    }


def test_the_health_page_lists_the_last_five_backups(admin: Client) -> None:
    made = datetime(2026, 3, 4, 2, 0, tzinfo=ZoneInfo("Europe/Paris"))
    for number in range(6):
        day = made + timedelta(days=number)
        Backup.objects.create(name=f"nuit-{number}.tar", size=3_145_728, files=1, made_at=day)
    rows = admin.get(f"{ROOT}etat/").context["backups"]
    assert rows[0] == ("09/03/2026 à 02:00", "nuit-5.tar", "3,0\xa0Mo", "1 fichier")
    assert [name for _, name, _, _ in rows] == [f"nuit-{n}.tar" for n in (5, 4, 3, 2, 1)]


def test_the_health_page_shows_whether_a_worker_is_running(admin: Client) -> None:
    def said() -> str:
        return dict(admin.get(f"{ROOT}etat/").context["facts"])["Exécutant des tâches"]

    assert said() == "arrêté : lancez explor worker"
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert said() == "en marche"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = '2026-03-04 09:30 Europe/Paris'"
        )
    assert said() == "arrêté, muet depuis le 04/03/2026 à 09:30 : lancez explor worker"


def test_searching_accounts_by_part_of_a_name_lists_the_matching_accounts(admin: Client) -> None:
    PersonFactory(name="Zoé Rivage")
    page = admin.get(f"{ROOT}comptes/?q=zoe")
    assert [person.name for person in page.context["page"]] == ["Zoé Rivage"]


def test_searching_accounts_by_a_complete_telephone_number_finds_it_in_any_format(
    admin: Client,
) -> None:
    person = PersonFactory(name="Zoé Rivage", phone="06 00 00 00 01")
    for q in ("0600000001", "%2B33 6 00 00 00 01", "0033600000001", "06.00.00.00.01"):
        page = admin.get(f"{ROOT}comptes/?q={q}")
        assert [each.pk for each in page.context["page"]] == [person.pk]
    assert list(admin.get(f"{ROOT}comptes/?q=06000000").context["page"]) == []


def test_the_page_of_an_account_opens_when_its_telephone_number_is_unreadable(
    admin: Client,
) -> None:
    person = PersonFactory(phone="06 00 00 00 01")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_person SET phone = '0612' WHERE id = %s", [person.pk])
    page = admin.get(f"{ROOT}comptes/{person.pk}/")
    assert page.status_code == 200
    assert "valeur illisible" in page.content.decode() and "0612" not in page.content.decode()
