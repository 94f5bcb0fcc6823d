"""Clause texts of a network: adopted, rewritten within the law, restored to the example."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from explor.actors.networks.models import Network
from explor.engines.leave import Paper as LeavePaper
from explor.engines.leave import all_papers
from explor.engines.leave.tables import rows, split
from explor.ground.audit.models import Entry
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.journey.releases import actions, rules, selectors
from explor.journey.releases.models import ClauseText, Release
from explor.journey.releases.pages import clauses, papers, templates
from factories import (
    NetworkFactory,
    OfficerFactory,
    ReleaseFactory,
    administrator_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
BY_KEY = {each.key: each for each in all_papers()}
LOAN = BY_KEY["loan_agreement"]
DURATION = "Du [début] au [fin] : [durée]."


def text_of(network: Network, clause: str, paper: LeavePaper = LOAN) -> ClauseText:
    written = selectors.network_paper(network, paper)
    return next(each for each in written.texts if each.clause == clause)


def adopt(network: Network, clause: str, text: str, paper: LeavePaper = LOAN) -> ClauseText:
    return actions.adopt_clause(
        text_of(network, clause, paper), by=administrator_actor(), text=text
    )


def drawn(release: Release, paper: LeavePaper = LOAN) -> clauses.WrittenPaper:
    return clauses.write(release, "PMO", paper)


@pytest.mark.parametrize("paper", all_papers(), ids=lambda each: each.key)
def test_every_example_text_can_be_adopted_without_change(paper: LeavePaper) -> None:
    network = NetworkFactory()
    actions.adopt_paper(selectors.network_paper(network, paper), by=administrator_actor())
    assert selectors.network_paper(network, paper).examples == ()
    assert selectors.adopted_texts(network.pk, paper) == {
        each.key: each.text for each in paper.clauses
    }


def test_a_clause_has_the_same_text_for_every_kind_of_employer() -> None:
    texts: dict[tuple[str, str], set[str]] = {}
    for row in rows("clauses"):
        for paper in split(row["papers"]):
            texts.setdefault((paper, row["clause"]), set()).add(row["text"])
    assert {key for key, said in texts.items() if len(said) > 1} == set()


def test_each_paper_and_each_clause_has_its_own_url() -> None:
    slugs = [templates.slug_of_paper(each) for each in all_papers()]
    assert slugs == list(dict.fromkeys(slugs))
    for paper in all_papers():
        own = [templates.slug_of_clause(each) for each in paper.clauses]
        assert own == list(dict.fromkeys(own)), paper.key


@pytest.mark.parametrize(
    ("clause", "text", "refusals"),
    [
        ("duration", DURATION, []),
        ("duration", "", ["Cette clause est obligatoire : Code du travail, art. L8241-2."]),
        (
            "duration",
            "Du [début] au [fin].",
            ["Gardez [durée] : le nombre de jours, du premier au dernier."],
        ),
        ("duration", f"{DURATION} [âge]", ["« [âge] » n’est pas un champ connu."]),
        ("council", "", []),
        ("council", "Sans objet.", []),
        ("council", "[âge]", ["« [âge] » n’est pas un champ connu."]),
    ],
)
def test_a_clause_required_by_law_can_neither_be_blank_nor_lose_a_field(
    clause: str, text: str, refusals: list[str]
) -> None:
    network = NetworkFactory()
    row = ClauseText(network=network, paper=LOAN.key, clause=clause, text=text)
    assert rules.missing_in_clause(row) == refusals
    if refusals:
        with pytest.raises(ActionNotAllowed):
            adopt(network, clause, text)
        assert selectors.adopted_texts(network.pk, LOAN) == {}
    else:
        adopt(network, clause, text)
        assert selectors.adopted_texts(network.pk, LOAN) == {clause: text}


def test_a_paper_without_adopted_text_is_marked_as_an_example() -> None:
    release = ReleaseFactory()
    written = drawn(release)
    assert written.status("RRMA") == "Exemple, à adopter par votre réseau"
    assert [each["title"] for each in written.sections if "exemple" in each["title"]] == []


def test_an_adopted_clause_replaces_its_example_and_the_others_are_marked_as_examples() -> None:
    release = ReleaseFactory()
    network, proposal = release.proposal.need.network, release.proposal
    adopt(network, "duration", DURATION)
    written = drawn(release)
    said = {each.key: each for each in written.clauses}
    assert said["duration"].text == (
        f"Du {proposal.start:%d/%m/%Y} au {proposal.end:%d/%m/%Y} : 10 jours."
    )
    assert written.status("RRMA") == (
        "Texte adopté en partie par RRMA ; le reste est un exemple, à adopter"
    )
    titles = [each["title"] for each in written.sections]
    assert titles[:3] == [
        "1. Les parties (exemple)",
        "2. La personne et sa qualification (exemple)",
        "3. La durée",
    ]


def test_a_paper_whose_clauses_are_all_adopted_is_not_marked_as_an_example() -> None:
    release = ReleaseFactory()
    network = release.proposal.need.network
    actions.adopt_paper(selectors.network_paper(network, LOAN), by=administrator_actor())
    kicker = papers.agreement_paper(release, "PMO", 0)["data"]["kicker"]
    assert kicker == f"Texte adopté par {network.name}"
    assert "exemple" not in " ".join(each["title"] for each in drawn(release).sections)


def test_a_network_never_uses_the_texts_of_another_network() -> None:
    release = ReleaseFactory()
    adopt(NetworkFactory(), "duration", DURATION)
    assert not any(each.adopted for each in drawn(release).clauses)


def test_a_clause_that_the_law_does_not_require_can_be_removed_with_its_fields() -> None:
    release = ReleaseFactory()
    assert any("comités" in each for each in drawn(release).left)
    adopt(release.proposal.need.network, "council", "")
    written = drawn(release)
    assert "council" not in [each.key for each in written.clauses]
    assert not any("comités" in each for each in written.left)


def test_a_restored_clause_is_marked_as_an_example_again() -> None:
    release = ReleaseFactory()
    row = adopt(release.proposal.need.network, "duration", DURATION)
    row = actions.restore_clause(row, by=administrator_actor())
    assert not any(each.adopted for each in drawn(release).clauses)
    assert (row.text, row.adopted_at, row.adopted_by, row.version) == ("", None, "", 2)


def test_the_example_clause_applies_when_the_adopted_text_lacks_what_the_law_now_requires() -> None:
    release = ReleaseFactory()
    row = adopt(release.proposal.need.network, "duration", DURATION)
    ClauseText.objects.filter(pk=row.pk).update(text="Du [début] au [fin].")
    assert not any(each.adopted for each in drawn(release).clauses)
    written = selectors.network_paper(release.proposal.need.network, LOAN)
    refusals = [each["refusals"] for each in templates.clause_rows(written) if each["refusals"]]
    assert refusals == [["Gardez [durée] : le nombre de jours, du premier au dernier."]]


def test_adopting_a_clause_text_from_a_stale_version_is_refused() -> None:
    network = NetworkFactory()
    read_by_both = text_of(network, "duration")
    adopt(network, "duration", DURATION)
    with pytest.raises(EditConflict):
        actions.adopt_clause(
            read_by_both,
            by=administrator_actor(),
            text=f"Autre. {DURATION}",
            expected_version=read_by_both.version,
        )


def test_the_journal_keeps_the_text_of_each_adopted_version_of_a_clause() -> None:
    network = NetworkFactory()
    row = adopt(network, "duration", DURATION)
    adopt(network, "duration", f"Bis. {DURATION}")
    entries = Entry.objects.about(row).filter(verb="adopt_clause").order_by("pk")
    assert [each.details["text"] for each in entries] == [DURATION, f"Bis. {DURATION}"]


def test_adopting_all_clauses_of_a_paper_keeps_the_texts_already_adopted() -> None:
    network = NetworkFactory()
    adopt(network, "duration", DURATION)
    actions.adopt_paper(selectors.network_paper(network, LOAN), by=administrator_actor())
    assert selectors.adopted_texts(network.pk, LOAN)["duration"] == DURATION
    assert selectors.adopted_counts(network) == {LOAN.key: len(LOAN.clauses)}


def send(client: Client, url: str, **typed: Any) -> Any:
    """Fill in the form of a page as a browser does, and submit it."""
    page = html.fromstring(client.get(url).content.decode())
    form = [each for each in page.iter("form") if each.get("method") == "post"][-1]
    given = {name: form.fields[name] for name in form.fields if form.fields[name] is not None}
    return client.post(url, {**given, **typed})


def signed_in(position: str, network: Network) -> tuple[Client, str]:
    """Return a client signed in as an officer, and the URL of the network's loan agreement."""
    OfficerFactory(network=network, position=position)
    url = reverse("releases:reseau_network_papers", args=[network.slug])
    return wearing(officer_actor(network)), f"{url}{templates.slug_of_paper(LOAN)}/"


def test_a_director_previews_a_paper_and_rewrites_and_restores_a_clause() -> None:
    network = NetworkFactory()
    client, url = signed_in("direction", network)
    assert (
        "Les papiers des départs"
        in client.get(
            reverse("releases:reseau_network_papers", args=[network.slug])
        ).content.decode()
    )
    page = client.get(url).content.decode()
    for words in ("La durée", "exemple", "obligatoire", "Adopter tout le papier"):
        assert words in page, words
    assert client.get(f"{url}apercu.pdf").content.startswith(b"%PDF")
    assert send(client, f"{url}la-duree/modifier/", text="Du [début].").status_code == 409
    assert send(client, f"{url}la-duree/modifier/", text=DURATION).url == url
    assert selectors.adopted_texts(network.pk, LOAN) == {"duration": DURATION}
    assert DURATION in client.get(url).content.decode()
    assert send(client, f"{url}la-duree/reprendre/").url == url
    assert selectors.adopted_texts(network.pk, LOAN) == {}
    assert send(client, f"{url}adopter/").url == url
    assert len(selectors.adopted_texts(network.pk, LOAN)) == len(LOAN.clauses)
    assert client.get(f"{url}adopter/").status_code == 403


def test_an_officer_who_is_not_a_director_can_read_papers_but_not_change_them() -> None:
    network = NetworkFactory()
    client, url = signed_in("officer", network)
    assert client.get(url).status_code == 200
    for page in ("adopter/", "la-duree/modifier/"):
        assert client.get(f"{url}{page}").status_code == 403, page
        assert client.post(f"{url}{page}", {"version": 0, "text": DURATION}).status_code == 403
    assert ClauseText.objects.count() == 0


def test_the_url_of_an_unknown_release_paper_or_clause_returns_404() -> None:
    network = NetworkFactory()
    client, url = signed_in("direction", network)
    for page in ("inconnue/modifier/", "la-duree/inconnu/"):
        assert client.get(f"{url}{page}").status_code == 404, page
    assert client.get(url.replace("pmo-", "zzz-")).status_code == 404
