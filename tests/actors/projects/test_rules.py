"""Permissions on a project."""

import pytest

from explor.actors.projects import rules
from factories import (
    AssociationFactory,
    EmployerFactory,
    NetworkFactory,
    ProjectFactory,
    association_actor,
    employer_actor,
    officer_actor,
)


@pytest.mark.django_db
def test_only_the_association_of_a_project_and_its_network_may_edit_the_project() -> None:
    project = ProjectFactory()
    network = project.association.network
    actors = {
        "own": association_actor(project.association),
        "network": officer_actor(network),
        "employer": employer_actor(EmployerFactory(network=network)),
        "other association": association_actor(AssociationFactory(network=network)),
        "other network": officer_actor(NetworkFactory()),
    }
    allowed = [who for who, actor in actors.items() if rules.can_describe(actor, project)]
    assert allowed == ["own", "network"]
