"""Concurrent actions of several officers: one succeeds, the others are refused with a reason."""

from collections.abc import Callable, Iterator
from itertools import count
from threading import Barrier, Thread

import pytest
from django.db import connection

from explor.actors.networks.models import Network
from explor.actors.organisations.actions import register
from explor.actors.organisations.models import Organisation
from explor.actors.organisations.rules import MOST_REGISTRATIONS
from explor.ground.accounts.models import Administrator, Person
from explor.ground.accounts.selectors import active_administrators
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.ground.rights.actions import request_erasure
from explor.ground.rights.rules import actor_of
from explor.journey.admissibility import actions as admissibility
from explor.journey.needs import actions
from explor.journey.needs.models import Need
from explor.journey.nominations.actions import nominate
from explor.journey.nominations.models import Nomination
from explor.journey.nominations.rules import PENDING
from explor.journey.sheets import engine
from explor.journey.sheets.actions import draft, import_sheet
from explor.journey.sheets.models import ProjectSheet
from factories import (
    AdministratorFactory,
    DecisionFactory,
    EmployerFactory,
    MemberFactory,
    NeedFactory,
    NetworkFactory,
    PersonFactory,
    association_actor,
    employer_actor,
    officer_actor,
)

OFFICERS = 6
ROUNDS = 5


def at_once(act: Callable[[], None]) -> list[str]:
    """Run `act` in several threads started together; return "won" or the refusal of each."""
    barrier, outcomes = Barrier(OFFICERS), []

    def run() -> None:
        barrier.wait()
        try:
            act()
            outcomes.append("won")
        except ActionNotAllowed as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(OFFICERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_only_one_of_several_concurrent_acceptances_of_a_need_succeeds_and_emails() -> None:
    for _ in range(ROUNDS):
        need = NeedFactory(filed=True, call__questions=[])
        MemberFactory(organisation=need.association)
        officer: Actor = officer_actor(need.network)
        expected_version = need.version

        def admit(
            pk: int = need.pk, by: Actor = officer, expected_version: int = expected_version
        ) -> None:
            admissibility.accept(Need.objects.get(pk=pk), by=by, expected_version=expected_version)

        outcomes = at_once(admit)
        assert outcomes.count("won") == 1
        assert all("a changé" in each for each in outcomes if each != "won")
        assert Entry.objects.about(need).filter(verb="accept").count() == 1
        about = f"needs.need:{need.pk}"
        assert Message.objects.filter(kind="admissibility.accept", about=about).count() == 1


@pytest.mark.django_db(transaction=True)
def test_concurrent_submissions_never_exceed_the_number_of_needs_the_call_allows() -> None:
    for _ in range(ROUNDS):
        first = NeedFactory(call__needs_per_association=1)
        shared = {"association": first.association, "network": first.network, "call": first.call}
        drafts = [first, *NeedFactory.create_batch(OFFICERS - 1, **shared)]
        by, waiting = association_actor(first.association), iter(drafts)

        def file(waiting: Iterator[Need] = waiting, by: Actor = by) -> None:
            actions.submit(next(waiting), by=by)

        assert at_once(file).count("won") == 1
        assert Need.objects.filter(call=first.call, state="filed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_several_officers_could_accept_the_same_need_without_the_lock() -> None:
    """Prove that the other tests detect a missing lock: without it, several officers succeed."""
    winners = 0
    for _ in range(ROUNDS):
        need = NeedFactory(filed=True)
        gate = Barrier(OFFICERS)

        def naive(pk: int = need.pk, gate: Barrier = gate) -> None:
            row = Need.objects.get(pk=pk)
            if row.state != "filed":
                raise ActionNotAllowed("déjà fait")
            gate.wait()
            row.state = "admissible"
            row.save()

        winners += at_once(naive).count("won")
    assert winners > ROUNDS


def enrol(person: Person, network: Network, name: str) -> None:
    register(by=actor_of(person), person=person, kind="association", network=network, name=name)


@pytest.mark.django_db(transaction=True)
def test_organisations_and_sheets_with_one_name_created_at_once_get_different_slugs() -> None:
    network, people = NetworkFactory(), iter(PersonFactory.create_batch(OFFICERS))
    sheet, by = engine.Sheet(title="Un puits"), officer_actor(network)

    def enter() -> None:
        enrol(next(people), network, "Rives")

    def write() -> None:
        draft(sheet, by=by, network=network, source="fichier.csv")

    assert at_once(enter) + at_once(write) == ["won"] * 2 * OFFICERS
    names = [f"-{number}" if number > 1 else "" for number in range(1, OFFICERS + 1)]
    for model, root in ((Organisation, "rives"), (ProjectSheet, "un-puits")):
        slugs = model.objects.order_by("slug").values_list("slug", flat=True)
        assert list(slugs) == [f"{root}{name}" for name in names]


@pytest.mark.django_db(transaction=True)
def test_concurrent_registrations_by_one_person_never_exceed_the_daily_limit() -> None:
    network, person, numbers = NetworkFactory(), PersonFactory(), count()
    for number in range(MOST_REGISTRATIONS - 1):
        enrol(person, network, f"Rives {number}")
    assert at_once(lambda: enrol(person, network, f"Monts {next(numbers)}")).count("won") == 1
    assert Organisation.objects.count() == MOST_REGISTRATIONS


@pytest.mark.django_db(transaction=True)
def test_a_sheet_imported_by_several_people_at_once_is_created_once() -> None:
    lead = engine.LeadOrganisation(name="Rives")
    sheet = engine.Sheet(title="Un puits", lead_organisation=lead)
    network = NetworkFactory()
    by = officer_actor(network)
    for shared in (network, None):
        outcomes: list[str] = []

        def enter(shared: Network | None = shared, outcomes: list[str] = outcomes) -> None:
            outcomes.append(import_sheet(sheet, by=by, network=shared)[1])

        assert at_once(enter) == ["won"] * OFFICERS
        assert sorted(outcomes) == ["créée", *["inchangée"] * (OFFICERS - 1)]


@pytest.mark.django_db(transaction=True)
def test_concurrent_nominations_never_exceed_the_limit_of_unanswered_nominations() -> None:
    need = DecisionFactory(need=NeedFactory(state="admissible")).need
    employer = EmployerFactory(network=need.network)
    by, numbers = employer_actor(employer), count()
    for place in range(PENDING - 1):
        Nomination.objects.create(need=need, employer=employer, email=f"{place}@exemple.test")

    def name_somebody() -> None:
        number = next(numbers)
        nominate(
            need, employer=employer, by=by, name="Awa", email=f"awa{number}@exemple.test",
            job="", word="", agreed=True,
        )  # fmt: skip

    assert at_once(name_somebody).count("won") == 1
    assert Nomination.objects.filter(employer=employer, state="sent").count() == PENDING


@pytest.mark.django_db(transaction=True)
def test_one_administrator_stays_when_all_request_their_erasure_at_once() -> None:
    for _ in range(ROUNDS):
        Administrator.objects.all().delete()
        waiting = iter([each.person for each in AdministratorFactory.create_batch(OFFICERS)])

        def leave(waiting: Iterator[Person] = waiting) -> None:
            person = next(waiting)
            request_erasure(person, by=actor_of(person))

        assert at_once(leave).count("won") == OFFICERS - 1
        assert active_administrators().count() == 1
