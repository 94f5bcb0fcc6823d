"""The commands that create or edit networks and funders and invite their people."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from explor.actors.networks.models import Network
from explor.ground.accounts.models import Invitation
from explor.ground.audit.models import Entry
from explor.journey.calls.models import Funder
from explor.site.cli import framework, main
from factories import FunderFactory, NetworkFactory

pytestmark = pytest.mark.django_db
NETWORK = ["network", "add", "Les Alizés", "--slug", "alizes", "--region", "84"]
FUNDER = ["funder", "add", "Fonjep", "--slug", "fonjep"]


@pytest.fixture(autouse=True)
def same_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the commands on the database connection of the test, which they must not close."""

    @contextmanager
    def database() -> Iterator[None]:
        yield

    monkeypatch.setattr(framework, "database", database)


def test_a_network_added_by_command_appears_in_the_list_of_networks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["--departements", "03,15", "--accent", "lagon", "--email", "c@alizes.test"]
    assert main([*NETWORK, *words]) == 0
    network = Network.objects.get()
    assert (network.slug, network.departments, network.accent, network.email) == (
        "alizes",
        ["03", "15"],
        "lagon",
        "c@alizes.test",
    )
    assert network.in_explor
    assert Entry.objects.filter(verb="create_network").count() == 1
    capsys.readouterr()
    assert main(["network", "list"]) == 0
    assert capsys.readouterr().out.split() == [
        *("alizes", "Les", "Alizés", "0", "personne(s),", "03,15")
    ]


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (["--departments", "999"], 2, "--departments : Département inconnu : 999."),
        (["--departments", "03", "--accent", "fluo"], 2, "--accent : "),
        (["--departments", "03", "--email", "x"], 2, "--email : "),
        (["--departments", "69"], 1, "est déjà servi par Autre."),
        (["--departments", "03", "--slug", "autre"], 2, "--slug : "),
    ],
)
def test_a_command_that_adds_an_invalid_network_prints_the_reason_on_one_line(
    words: list[str], code: int, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    NetworkFactory(slug="autre", name="Autre", departments=["69"])
    assert main([*NETWORK, *words]) == code
    said = capsys.readouterr()
    (line,) = said.err.splitlines()
    assert (said.out, line.startswith("explor : "), reason in line) == ("", True, True)
    assert Network.objects.count() == 1


def test_a_funder_added_by_command_appears_in_the_list_of_funders(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*FUNDER, "--level", "national"]) == 0
    funder = Funder.objects.get()
    assert (funder.name, funder.slug, funder.level) == ("Fonjep", "fonjep", "national")
    capsys.readouterr()
    assert main(["funder", "list"]) == 0
    assert capsys.readouterr().out.split() == ["fonjep", "Fonjep", "0", "personne(s)"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--slug", "autre"], "--slug : "),
        (["--level", "mondial"], "--level : "),
        (["--siret", "12345678901234"], "--siret : Ce SIRET n’existe pas"),
    ],
)
def test_a_command_that_adds_an_invalid_funder_prints_the_reason_on_one_line(
    words: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    FunderFactory(slug="autre")
    assert main([*FUNDER, *words]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"explor : {reason}")
    assert Funder.objects.count() == 1


@pytest.mark.parametrize("role", ["reseau:alizes", "financeur:fonjep", "administration"])
def test_the_users_invite_command_sends_an_invitation_for_each_role(role: str) -> None:
    NetworkFactory(slug="alizes")
    FunderFactory(slug="fonjep")
    assert main(["users", "invite", "bo@exemple.test", "--role", role]) == 0
    kind, _, key = role.partition(":")
    invitation = Invitation.objects.get()
    assert (invitation.role_type, invitation.role_key) == (kind, key)


def test_the_command_that_edits_a_network_changes_only_the_given_options(
    capsys: pytest.CaptureFixture[str],
) -> None:
    network = NetworkFactory(
        slug="alizes", name="Alizés", departments=["03"], email="a@alizes.test", in_explor=False
    )
    assert (
        main(["network", "edit", "alizes", "--name", "Les Alizés", "--departements", "03,15"]) == 0
    )
    assert capsys.readouterr().out == "Réseau modifié : Les Alizés.\n"
    network.refresh_from_db()
    assert (network.name, network.departments, network.email, network.in_explor) == (
        "Les Alizés",
        ["03", "15"],
        "a@alizes.test",
        False,
    )
    entry = Entry.objects.get(verb="edit_network")
    assert entry.details == {"fields": ["departments", "name"]}


def test_the_command_that_edits_a_funder_changes_only_the_given_options(
    capsys: pytest.CaptureFixture[str],
) -> None:
    funder = FunderFactory(slug="fonjep", name="Fonjep", level="national")
    assert main(["funder", "edit", "fonjep", "--name", "Le Fonjep"]) == 0
    assert capsys.readouterr().out == "Financeur modifié : Le Fonjep.\n"
    funder.refresh_from_db()
    assert (funder.name, funder.level) == ("Le Fonjep", "national")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (
            ["network", "edit", "inconnu", "--name", "X"],
            "aucun réseau n’a l’identifiant « inconnu ».",
        ),
        (["network", "edit", "alizes"], "dites ce qui change, par exemple --name."),
        (["network", "edit", "alizes", "--accent", "fluo"], "--accent : "),
        (["funder", "edit", "inconnu", "--name", "X"], "aucun financeur n’a l’identifiant"),
    ],
)
def test_a_command_with_an_invalid_edit_prints_the_reason_on_one_line(
    words: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    NetworkFactory(slug="alizes", name="Alizés")
    assert main(words) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("explor : ") and reason in line
    assert Network.objects.get().name == "Alizés"
