"""The account page leads an expert to their profile, and others to create one."""

import pytest
from django.test import Client

from factories import AssociationFactory, ExpertFactory, association_actor, expert_actor, wearing

pytestmark = pytest.mark.django_db
ACCOUNT = "/compte/?rester"


def test_the_account_page_of_an_expert_links_to_the_profile_instead_of_a_new_profile() -> None:
    page = wearing(expert_actor(ExpertFactory())).get(ACCOUNT).text
    assert ("Voir mon profil" in page, "Créer mon profil" in page) == (True, False)


def test_a_person_without_expert_profile_is_invited_to_create_a_profile() -> None:
    client: Client = wearing(association_actor(AssociationFactory()))
    page = client.get(ACCOUNT).text
    assert ("Voir mon profil" in page, "Créer mon profil" in page) == (False, True)
