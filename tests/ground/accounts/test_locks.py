"""Locks of accounts, the administrator role and second factors: what refuses each change."""

from typing import Any

import pytest

from explor.ground.accounts import actions
from explor.ground.accounts.models import Administrator, FactorReset, Person
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from factories import AdministratorFactory, PersonFactory, administrator_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Actor:
    """Return an administrator; another administrator exists."""
    AdministratorFactory()
    return administrator_actor()


@pytest.mark.parametrize(
    ("verb", "given", "is_active", "why"),
    [
        ("lock_account", {}, False, "Ce compte est déjà fermé."),
        ("unlock_account", {}, True, "Ce compte est déjà ouvert."),
        (
            "withdraw_administration",
            {"key": ""},
            True,
            "Cette personne n’est pas administratrice.",
        ),
    ],
)
def test_changing_an_account_into_a_state_that_the_account_already_has_is_refused(
    by: Actor, verb: str, given: dict[str, Any], is_active: bool, why: str
) -> None:
    person = PersonFactory(is_active=is_active)
    with pytest.raises(ActionNotAllowed) as refusal:
        getattr(actions, verb)(person, **given, by=by, reason="Essai.")
    assert refusal.value.reasons == (why,)
    assert Person.objects.get(pk=person.pk).is_active is is_active
    assert Administrator.objects.count() == 2
    assert (Entry.objects.count(), Message.objects.count()) == (0, 0)


def test_an_administrator_cannot_request_the_removal_of_their_own_second_factor(by: Actor) -> None:
    own = Person.objects.get(pk=by.person)
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.request_reset(own, by=by, reason="Téléphone perdu.")
    assert refusal.value.reasons == ("Ce compte est le vôtre : une autre personne doit le faire.",)
    assert (FactorReset.objects.count(), Entry.objects.count()) == (0, 0)
