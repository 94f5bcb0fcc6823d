"""Pages on which a network sets the eligibility rules of its call."""

import pytest
from django.urls import reverse

from factories import CallFactory, officer_actor, wearing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("state", "announced"), [("draft", False), ("open", True)])
def test_the_page_of_a_rule_states_that_associations_are_notified_while_the_call_is_open(
    state: str, announced: bool
) -> None:
    call = CallFactory(state=state)
    by = officer_actor(call.network)
    url = reverse("eligibility:reseau_rule", args=[by.key, call.pk, "age"])
    page = wearing(by).get(url).text
    assert "Compté de la date de création au jour du dépôt." in page
    assert ("Les associations qui préparent un besoin sont prévenues" in page) is announced
