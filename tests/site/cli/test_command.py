"""The command line: its help, its refusals and its exit codes."""

import pytest

from explor.site.cli import COMMANDS, main, users
from explor.site.cli.failure import Failure


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err.splitlines()[-1]


def test_the_help_of_explor_is_in_french_and_names_every_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    shown = capsys.readouterr().out
    assert end.value.code == 0
    assert shown.startswith("usage : explor [-h] COMMANDE ...")
    assert [name for name in COMMANDS if f"\n    {name}" not in shown] == []


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ([], "explor : il manque : COMMANDE"),
        (["users", "invite", "a@b.example"], "explor users invite : il manque : --role"),
        (
            ["users", "invite", "a@b.example", "--role", ":"],
            "explor users invite : --role : un rôle s’écrit reseau:resacoop",
        ),
        (["serve", "--port"], "explor serve : --port : une valeur est attendue"),
        (["backup", "a", "b"], "explor : arguments inconnus : b"),
    ],
)
def test_a_command_with_wrong_arguments_exits_with_code_2(
    words: list[str], answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert (end.value.code, said(capsys)) == (2, answer)


def test_a_command_that_fails_prints_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(args: object) -> int:
        raise Failure("Rien ne va.")

    monkeypatch.setattr("explor.site.cli.doctor.run", run)
    assert (main(["doctor"]), said(capsys)) == (1, "explor : Rien ne va.")


def test_explor_match_passes_its_arguments_unparsed_to_the_matching_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken: list[list[str]] = []

    def match(words: list[str]) -> int:
        taken.append(words)
        return 2

    monkeypatch.setattr("explor.engines.matching.files.main", match)
    assert main(["match", "rank", "--needs", "b.json"]) == 2
    assert taken == [["rank", "--needs", "b.json"]]


def test_a_typed_role_is_split_into_role_type_and_slug() -> None:
    assert users.role("reseau:resacoop") == ("reseau", "resacoop")
    assert users.role("administration") == ("administration", "")
