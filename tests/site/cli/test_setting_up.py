"""The commands that create networks and funders: rows created, and refusals in one sentence."""

from contextlib import nullcontext

import pytest

from explor.actors.networks.models import Network
from explor.ground.accounts.models import Invitation
from explor.ground.audit.models import Entry
from explor.journey.calls.models import Funder
from explor.site.cli import main
from factories import FunderFactory, NetworkFactory

ALIZES = ("network", "add", "Les Alizés", "--slug", "alizes", "--region", "84")


@pytest.fixture(autouse=True)
def on_the_test_database(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explor.site.cli.framework.database", nullcontext)


def run(*words: str) -> int:
    return main(words)


def test_explor_network_add_creates_a_network_shown_in_the_list_of_networks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(*ALIZES, "--departments", "03,15") == 0
    assert Network.objects.get().departments == ["03", "15"]
    assert Entry.objects.get().verb == "create_network"
    assert "--role reseau:alizes --position direction" in capsys.readouterr().out
    assert run("network", "list") == 0
    assert capsys.readouterr().out.split() == [
        *("alizes", "Les", "Alizés"),
        *("0", "personne(s),", "03,15"),
    ]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--departments", "999"), 2, "--departments : Département inconnu : 999."),
        (("--departments", "69"), 1, "Rhône est déjà servi par Autre."),
    ],
)
def test_explor_network_add_prints_why_a_network_is_refused_in_one_sentence(
    words: tuple[str, ...], code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    NetworkFactory(name="Autre", departments=["69"])
    assert run(*ALIZES, *words) == code
    assert capsys.readouterr().err.strip() == f"explor : {sentence}"
    assert Network.objects.count() == 1


@pytest.mark.parametrize(
    ("option", "typed"), [("--accent", "fluo"), ("--email", "x"), ("--slug", "autre")]
)
def test_explor_network_add_reports_an_invalid_field_with_the_name_of_its_option(
    option: str, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    NetworkFactory(slug="autre", departments=["69"])
    assert run(*ALIZES, "--departements", "03", option, typed) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"explor : {option} : ")
    assert Network.objects.count() == 1


def test_explor_funder_add_creates_a_funder_shown_in_the_list_of_funders(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("funder", "add", "Fonjep", "--slug", "fonjep", "--level", "national") == 0
    assert Funder.objects.get().level == "national"
    assert run("funder", "list") == 0
    assert capsys.readouterr().out.splitlines()[-1].split()[:2] == ["fonjep", "Fonjep"]


@pytest.mark.parametrize(
    ("option", "typed"),
    [("--level", "mondial"), ("--slug", "autre"), ("--siret", "12345678901234")],
)
def test_explor_funder_add_prints_why_a_funder_is_refused_in_one_sentence(
    option: str, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    FunderFactory(slug="autre")
    assert run("funder", "add", "Fonjep", "--slug", "fonjep", option, typed) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"explor : {option} : ")
    assert Funder.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "role"),
    [
        (("--role", "administration"), ("administration", "", "")),
        (("--role", "financeur:fonjep"), ("financeur", "fonjep", "")),
        (
            ("--role", "reseau:alizes", "--position", "direction"),
            ("reseau", "alizes", "direction"),
        ),
    ],
)
def test_explor_users_invite_creates_invitations(
    words: tuple[str, ...], role: tuple[str, str, str]
) -> None:
    NetworkFactory(slug="alizes")
    FunderFactory(slug="fonjep")
    assert run("users", "invite", "bo@exemple.test", *words) == 0
    made = Invitation.objects.get()
    assert (made.role_type, made.role_key, made.position) == role
