"""Roles are named by the URL; a person without the role gets 404."""

import pytest
from django.test import Client

from explor.ground.roles.registry import roles_of
from factories import (
    AdministratorFactory,
    AssociationFactory,
    EmployerFactory,
    ExpertFactory,
    MemberFactory,
    NetworkFactory,
    OfficerFactory,
    ProjectFactory,
    association_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db


def test_all_the_roles_of_a_person_are_loaded_in_one_query(django_assert_num_queries):
    person = AdministratorFactory().person
    network = NetworkFactory(name="Alizés", slug="alizes", accent="lagon")
    OfficerFactory(person=person, network=network)
    MemberFactory(person=person, organisation=AssociationFactory(slug="rives", network=network))
    MemberFactory(person=person, organisation=EmployerFactory(slug="ateliers", network=network))
    ExpertFactory(person=person, network=network)
    with django_assert_num_queries(1):
        roles = roles_of(person)
    assert sorted(role.url for role in roles) == [
        "/administration/",
        "/association/rives/",
        "/employeur/ateliers/",
        "/expert/",
        "/reseau/alizes/",
    ]
    own = next(role for role in roles if role.kind == "reseau")
    assert (own.name, own.accent, own.scope, own.label) == ("Alizés", "lagon", network.pk, "Réseau")


def test_an_anonymous_visitor_has_no_role(client, rf):
    from django.contrib.auth.models import AnonymousUser

    assert roles_of(AnonymousUser()) == []


def test_the_pages_of_a_role_the_person_does_not_hold_answer_404_like_absent_pages():
    acting_as, foreign = NetworkFactory(slug="ici"), NetworkFactory(slug="ailleurs")
    OfficerFactory(network=foreign)
    client = wearing(officer_actor(acting_as))
    assert client.get("/reseau/ici/").status_code == 200
    answers = [client.get(f"/reseau/{key}/") for key in ("ailleurs", "nulle-part")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_the_page_of_a_row_of_another_organisation_answers_404_like_an_absent_row():
    own, foreign = ProjectFactory(), ProjectFactory()
    client = wearing(association_actor(own.association))
    base = f"/association/{own.association.slug}/projets"
    assert client.get(f"{base}/{own.pk}/").status_code == 200
    answers = [client.get(f"{base}/{pk}/") for pk in (foreign.pk, 10**9)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_the_key_of_an_association_in_the_url_of_another_role_type_answers_404():
    association = AssociationFactory(slug="rives")
    client = wearing(association_actor(association))
    assert client.get("/employeur/rives/").status_code == 404


def test_an_anonymous_visitor_of_a_role_page_is_redirected_to_the_sign_in_page():
    assert Client().get("/reseau/ici/").url == "/compte/login/?next=/reseau/ici/"
