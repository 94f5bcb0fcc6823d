"""Searches followed by email: confirmation, emails of new sheets, end, erasure."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from explor.ground.mail.models import Message
from explor.ground.privacy.actions import purge
from explor.public.directory import actions
from explor.public.directory.models import Alert
from factories import SheetFactory

pytestmark = pytest.mark.django_db


def follow(client: Client, email: str = "lectrice@exemple.example", query: str = "pays=BF") -> Any:
    return client.post(f"/projets/suivre/?{query}", {"email": email})


def test_a_confirmed_alert_emails_new_sheets_until_it_is_stopped(
    client: Client,
) -> None:
    page = follow(client)
    assert page.status_code == 302
    assert "Regardez votre courrier" in client.get(page["Location"]).content.decode()
    alert = Alert.objects.get()
    url = f"/projets/suivre/{alert.token}/"
    assert Message.objects.get(kind="follow").url == url
    SheetFactory(title="Avant")
    assert actions.notify_followers(timezone.now()) == 0
    assert "Confirmer" in client.get(url).content.decode()
    assert Alert.objects.get().confirmed_at is None
    client.post(url)
    SheetFactory(title="Un puits", countries=["TG"], published_at=timezone.now())
    assert actions.notify_followers(timezone.now()) == 0
    SheetFactory(title="Un grenier à Pô", published_at=timezone.now())
    assert actions.notify_followers(timezone.now()) == 1
    assert "Un grenier à Pô" in Message.objects.get(kind="news").body
    assert "Avant" not in Message.objects.get(kind="news").body
    assert actions.notify_followers(timezone.now()) == 0
    client.post(f"{url}arreter/")
    assert Alert.objects.count() == 0
    assert "n’est plus suivie" in client.get(url).content.decode()


def test_stopping_a_followed_search_erases_its_email_address_at_once(client: Client) -> None:
    """The form says so: « elle s’efface quand vous les arrêtez »."""
    follow(client, "autre@exemple.example")
    follow(client)
    url = f"/projets/suivre/{Alert.objects.get(email='lectrice@exemple.example').token}/"
    client.post(url)
    SheetFactory(title="Un grenier à Pô", published_at=timezone.now())
    actions.notify_followers(timezone.now())
    assert Message.objects.filter(to="lectrice@exemple.example").count() == 2
    client.post(f"{url}arreter/")
    assert list(Message.objects.values_list("to", flat=True)) == ["autre@exemple.example"]


def test_the_address_of_an_unconfirmed_followed_search_is_erased_after_seven_days(
    client: Client,
) -> None:
    """The message says so: « l’adresse sera effacée dans sept jours »."""
    follow(client)
    Message.objects.update(delivery="sent", sent_at=timezone.now())
    purge(now=timezone.now() + timedelta(days=8))
    assert (Alert.objects.count(), Message.objects.count()) == (0, 0)


def test_an_alert_email_names_ten_sheets_and_counts_the_others(client: Client) -> None:
    follow(client)
    client.post(f"/projets/suivre/{Alert.objects.get().token}/")
    for n in range(13):
        SheetFactory(title=f"Un puits {n}", published_at=timezone.now())
    assert actions.notify_followers(timezone.now()) == 1
    lines = Message.objects.get(kind="news").body.splitlines()
    assert sum(line.startswith("- Un puits") for line in lines) == 10
    assert "- et 3 autres" in lines


def test_an_address_gets_at_most_five_confirmation_emails_a_day(
    client: Client,
) -> None:
    for _ in range(3):
        follow(client)
    assert Message.objects.filter(kind="follow").count() == 1
    for n in range(9):
        assert follow(client, query=f"annee={2000 + n}").status_code == 302
    assert Message.objects.filter(kind="follow").count() == 5
    assert follow(client, email="pas une adresse").status_code == 422


def test_an_unconfirmed_alert_is_erased_after_a_week(client: Client) -> None:
    follow(client)
    purge(now=timezone.now() + timedelta(days=6))
    assert Alert.objects.count() == 1
    purge(now=timezone.now() + timedelta(days=8))
    assert Alert.objects.count() == 0


def test_an_email_address_cannot_follow_the_same_search_twice() -> None:
    Alert.objects.create(email="a@exemple.example", search="pays=BF")
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(email="a@exemple.example", search="pays=BF")
