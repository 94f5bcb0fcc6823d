"""The account page leads an expert to their profile, and others to create one."""

import pytest
from django.test import Client

from factories import AssociationFactory, ExpertFactory, association_actor, expert_actor, wearing

pytestmark = pytest.mark.django_db
ACCOUNT = "/compte/?rester"


def test_an_expert_opens_their_profile_rather_than_create_another() -> None:
    page = wearing(expert_actor(ExpertFactory())).get(ACCOUNT).text
    assert ("Voir mon profil" in page, "Créer mon profil" in page) == (True, False)


def test_others_may_create_a_profile() -> None:
    client: Client = wearing(association_actor(AssociationFactory()))
    page = client.get(ACCOUNT).text
    assert ("Voir mon profil" in page, "Créer mon profil" in page) == (False, True)
