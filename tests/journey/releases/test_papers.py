"""The papers of a release: clauses of the scheme, fields to fill, who signs, who downloads."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.journey.leave_readings.engine import LEAVE_SCHEMES, leave_papers
from explor.journey.releases import actions
from explor.journey.releases.fields import KNOWN, SIGNERS, TO_FILL
from explor.journey.releases.models import Release
from explor.journey.releases.pages import clauses, papers, url_of
from factories import (
    EmployerFactory,
    ReleaseFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
CODES = [each.code for each in LEAVE_SCHEMES]
ROLES = ("employeur", "association", "expert", "reseau")
# The kinds of employer: private, then each branch of the public service, then an unknown body.
EMPLOYERS: dict[str, dict[str, Any]] = {
    "private": {},
    "local": {"is_public": True, "structure_type": "REGION"},
    "state": {"is_public": True, "structure_type": "ETAT"},
    "hospital": {"is_public": True, "structure_type": "HOPITAL"},
    "other": {"is_public": True, "structure_type": "AGENCE"},
}
PUBLIC = ("local", "state", "hospital", "other")
ONLY_PUBLIC = {"MAD": PUBLIC, "MCF": PUBLIC, "OM": PUBLIC}
ONLY_PUBLIC |= {"AUT": ("local", "other"), "MCI": ("hospital", "other")}
EACH = [
    (code, kind) for code in CODES for kind in EMPLOYERS if kind in ONLY_PUBLIC.get(code, EMPLOYERS)
]
# Roles that may download a paper, besides the network: its signers and its recipients.
READERS = {
    ("PMO", "avenant-au-contrat-de-travail"): {"employeur", "expert"},
    ("MCP", "accord-expres-et-ecrit-de-la-personne"): {"employeur", "expert"},
    ("MCP", "valeur-du-don-en-nature"): {"employeur", "association"},
    ("PSG", "ordre-de-mission-de-lentreprise"): {"employeur", "expert"},
    ("MAD", "arrete-de-mise-a-disposition"): {"employeur", "association", "expert"},
    ("MCF", "demande-de-mise-a-disposition"): {"employeur", "expert"},
    ("MCF", "souscription-du-contrat-dengagement-republicain"): {"employeur", "association"},
    ("OM", "ordre-de-mission"): {"employeur", "expert"},
    ("CSI", "demande-de-conge-de-solidarite-internationale"): {"employeur", "expert"},
    ("CSI", "attestation-de-mission"): {"employeur", "association", "expert"},
    ("CP", "accord-sur-les-dates-de-conge"): {"employeur", "expert"},
    ("CP", "convention-de-benevolat"): {"employeur", "association", "expert"},
    ("BSE", "convention-de-benevolat"): {"association", "expert"},
}


def released(kind: str = "private", **given: Any) -> Release:
    """Return a release whose employer is of the kind `kind`, with all the data that papers need."""
    return ReleaseFactory(employer=EmployerFactory(**EMPLOYERS[kind]), **given)


def actor_of(role: str, release: Release) -> Actor:
    proposal = release.proposal
    return {
        "employeur": lambda: employer_actor(release.employer),
        "association": lambda: association_actor(proposal.need.association),
        "expert": lambda: expert_actor(proposal.expert),
        "reseau": lambda: officer_actor(proposal.need.network),
    }[role]()


def address(actor: Actor, release: Release, scheme: str, slug: str, form: str) -> str:
    own = [release.pk, scheme.lower(), slug, form]
    args = own if actor.role == "expert" else [actor.key, *own]
    return reverse(f"releases:{actor.role}_paper", args=args)


def test_the_fields_used_by_clauses_are_exactly_those_declared_known_or_to_fill() -> None:
    named = {
        name
        for code in CODES
        for paper in leave_papers(code, None)
        for clause in paper.clauses
        for name in clause.fields
    }
    assert named == {*KNOWN, *TO_FILL}
    assert KNOWN.keys() & TO_FILL.keys() == set()


def test_every_known_field_has_a_value_and_every_signing_party_has_a_name() -> None:
    assert clauses.values_of(released(), "CP").keys() == KNOWN.keys()
    signers = {
        each
        for code in CODES
        for paper in leave_papers(code, None)
        for each in (*paper.signers, *paper.consenting)
    }
    assert signers == SIGNERS.keys()


@pytest.mark.parametrize(("code", "kind"), EACH)
def test_an_agreement_contains_each_compulsory_clause_with_its_articles(
    code: str, kind: str
) -> None:
    release = released(kind)
    drawn = papers.agreement_paper(release, code, 0)["data"]["sections"]
    found = {each["title"].partition(". ")[2]: each["paragraphs"] for each in drawn}
    paper = clauses.agreement_of(release, code)
    for clause in paper.clauses:
        assert found[clause.title] != []
        if clause.compulsory:
            assert found[clause.title][1].startswith("Contenu obligatoire : ")
            assert all(str(each) in found[clause.title][1] for each in clause.articles)
    assert [each["title"] for each in drawn] == [
        f"{rank}. {each.title}" for rank, each in enumerate(paper.clauses, 1)
    ]


@pytest.mark.parametrize(("code", "kind"), EACH)
def test_an_agreement_shows_no_field_in_brackets_and_lists_the_fields_to_fill(
    code: str, kind: str
) -> None:
    release = released(kind, scheme=code)
    written = clauses.write(release, code, clauses.agreement_of(release, code))
    text = "\n".join(each.text for each in written.clauses)
    assert "[" not in text
    blank = [
        name
        for clause in written.paper.clauses
        for name in clause.fields
        if not clauses.values_of(release, code).get(name)
    ]
    assert text.count(clauses.BLANK) >= len(written.left) > 0
    assert list(written.left) == list(
        dict.fromkeys(KNOWN.get(each) or TO_FILL[each] for each in blank)
    )
    assert papers.left_to_fill(release) == list(written.left)


def test_a_loan_agreement_fills_in_known_fields_and_leaves_the_others_blank() -> None:
    release = released()
    proposal = release.proposal
    proposal.expert.job = "Fontainière"
    written = clauses.write(release, "PMO", clauses.agreement_of(release, "PMO"))
    said = {each.key: each for each in written.clauses}
    assert said["person"].text == (
        f"L’employeur prête {proposal.expert.person.name}. Métier : Fontainière. "
        f"Qualification : ({clauses.BLANK})."
    )
    assert said["person"].source == "Contenu obligatoire : Code du travail, art. L8241-2."
    assert said["duration"].text == (
        f"Le prêt commence le {proposal.start:%d/%m/%Y} et finit le {proposal.end:%d/%m/%Y}, "
        "soit 10 jours."
    )
    assert said["return"].text.startswith("La personne retrouve son poste ou un poste équivalent")
    assert said["payer"].source == ""
    for words in ("les salaires facturés", "la durée de la période probatoire", "classification"):
        assert any(words in each for each in written.left), words


def test_a_value_with_brackets_in_a_paper_is_not_read_as_a_field() -> None:
    release = released()
    release.proposal.need.objectives = "Former [employeur] à l’entretien."
    written = clauses.write(release, "PMO", clauses.agreement_of(release, "PMO"))
    (work,) = [each.text for each in written.clauses if each.key == "work"]
    assert "Former [employeur] à l’entretien." in work


def test_a_known_field_of_a_paper_without_value_is_left_to_fill() -> None:
    release = released(scheme="CP")
    release.proposal.need.place = ""
    assert KNOWN["lieu"] in papers.left_to_fill(release)


def test_an_agreement_states_that_it_is_an_example_and_its_purpose() -> None:
    release = released()
    drawn = papers.agreement_paper(release, "CP", 0)
    assert drawn["title"] == "Convention de bénévolat"
    assert drawn["data"]["kicker"] == "Exemple, à adopter par votre réseau"
    assert drawn["data"]["lead"] == clauses.agreement_of(release, "CP").purpose


def test_the_seal_of_an_agreement_shows_neither_the_person_nor_the_employer() -> None:
    labels = [label for label, _ in papers.agreement_paper(released(), "CP", 0)["facts"]]
    assert labels == ["Convention", "Mission", "Association", "Lieu", "Dates", "Cadre"]


def test_an_amendment_first_states_which_version_it_replaces() -> None:
    release = released()
    drawn = papers.agreement_paper(release, "CP", 1)
    assert drawn["title"] == "Avenant n° 1"
    first = drawn["data"]["sections"][0]
    assert first["title"] == "Objet"
    number = release.agreement_number
    assert first["paragraphs"] == [f"Il remplace la convention {number} et ses avenants."]
    assert drawn["data"]["lead"].startswith("Convention de bénévolat. ")


def test_an_employer_signs_a_volunteering_agreement_for_the_dates_only() -> None:
    release = released()
    signatures = papers.agreement_paper(release, "CP", 0)["data"]["signatures"]
    assert [(each["party"], each["role"]) for each in signatures] == [
        ("La personne", ""),
        ("L’association", ""),
        ("L’employeur", "pour son accord sur les dates, seulement"),
    ]
    assert signatures[2]["name"] == release.employer.name


def test_a_mobility_agreement_has_blank_boxes_for_signatures_collected_outside_explor() -> None:
    signatures = papers.agreement_paper(released(), "APP", 0)["data"]["signatures"]
    assert [(each["party"], bool(each["name"])) for each in signatures] == [
        ("La personne", True),
        ("L’employeur", True),
        ("Le centre de formation", False),
        ("La structure d’accueil à l’étranger", False),
        ("L’association", True),
    ]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("scheme", "slug"), READERS)
def test_only_the_signers_the_recipients_and_the_network_can_download_a_paper(
    scheme: str, slug: str, role: str, session_of: Session
) -> None:
    release = released("local" if scheme in ONLY_PUBLIC else "private")
    release.scheme, release.state = scheme, "approved"
    release.save()
    actor = actor_of(role, release)
    expected = 200 if role == "reseau" or role in READERS[scheme, slug] else 404
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        response = session_of(actor).get(address(actor, release, scheme, slug, form))
        assert response.status_code == expected, form
        if expected == 200:
            assert response.content.startswith(start)
            assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("role", ROLES)
def test_the_paper_of_another_release_or_scheme_returns_404(role: str, session_of: Session) -> None:
    mine, other = released(), released()
    for each in (mine, other):
        each.scheme, each.state = "CP", "approved"
        each.save()
    actor = actor_of(role, mine)
    client, slug = session_of(actor), "convention-de-benevolat"
    assert client.get(address(actor, mine, "CP", slug, "pdf")).status_code == 200
    assert client.get(address(actor, other, "CP", slug, "pdf")).status_code == 404
    for scheme, name, form in (
        ("CSS", slug, "pdf"),
        ("ZZZ", slug, "pdf"),
        ("CP", "ordre-de-mission", "pdf"),
        ("CP", slug, "odt"),
    ):
        assert client.get(address(actor, mine, scheme, name, form)).status_code == 404


@pytest.mark.parametrize("state", ["refused", "ended"])
def test_a_refused_or_ended_release_offers_no_paper(state: str, session_of: Session) -> None:
    release = released(scheme="CP", state=state)
    actor = actor_of("reseau", release)
    url = address(actor, release, "CP", "convention-de-benevolat", "pdf")
    assert session_of(actor).get(url).status_code == 404
    assert session_of(actor).get(url_of(actor, release)).context["drafts"] == []


def test_before_a_scheme_is_chosen_the_page_offers_the_papers_of_schemes_not_closed(
    session_of: Session,
) -> None:
    release = released()
    actor = actor_of("expert", release)
    response = session_of(actor).get(url_of(actor, release))
    labels = [row["label"] for row in response.context["drafts"]]
    assert "Congés payés ou RTT" in labels
    assert "Mise à disposition d’une ou d’un fonctionnaire" not in labels
    for row in response.context["drafts"]:
        for paper in row["papers"]:
            assert [form for form, _ in paper["links"]] == ["pdf", "docx"]
    url = response.context["drafts"][0]["papers"][0]["links"][0][1]
    assert session_of(actor).get(url).status_code == 200
    closed = address(actor, release, "MAD", "convention-de-mise-a-disposition", "pdf")
    assert session_of(actor).get(closed).status_code == 404


def test_a_generated_agreement_has_a_single_pdf_and_an_editable_copy(session_of: Session) -> None:
    release = released()
    actions.approve(release, by=actor_of("employeur", release), scheme="CP")
    actor = actor_of("expert", release)
    client, slug = session_of(actor), "convention-de-benevolat"
    assert client.get(address(actor, release, "CP", slug, "pdf")).status_code == 404
    content = client.get(address(actor, release, "CP", slug, "docx")).content
    text = ZipFile(BytesIO(content)).read("word/document.xml").decode()
    for words in ("Exemple, à adopter par votre réseau", clauses.BLANK, "Date et signature"):
        assert words in text


def test_fields_left_to_fill_in_an_agreement_are_listed_and_do_not_prevent_signing(
    session_of: Session,
) -> None:
    release = released()
    actions.approve(release, by=actor_of("employeur", release), scheme="CP")
    actor = actor_of("association", release)
    client, url = session_of(actor), url_of(actor, release)
    page = client.get(url)
    assert page.context["to_fill"] == papers.left_to_fill(Release.objects.get(pk=release.pk))
    assert TO_FILL["contrat d’assurance"] in page.context["to_fill"]
    assert TO_FILL["contrat d’assurance"] in page.content.decode()
    signing = client.get(f"{url}signer/")
    assert signing.status_code == 200
    assert TO_FILL["contrat d’assurance"] in signing.content.decode()


def test_a_release_without_chosen_scheme_lists_no_field_to_fill() -> None:
    assert papers.left_to_fill(released()) == []
    assert papers.notes_of_sign(actor_of("expert", released()), released()) == []


@pytest.mark.parametrize("code", ["CP", "PMO", "APP"])
def test_the_pdf_of_a_paper_is_tagged_and_shows_the_fields_to_fill(code: str) -> None:
    release = released()
    for paper in leave_papers(code, release.employer):
        content = papers.paper_file(release, code, paper, "pdf")
        with pikepdf.open(BytesIO(content)) as document:
            assert bool(document.Root.MarkInfo.Marked)
            assert "/StructTreeRoot" in document.Root
            assert str(document.docinfo.get("/Title")) == paper.title


def test_generating_a_release_paper_twice_gives_identical_bytes() -> None:
    release = released()
    paper = clauses.agreement_of(release, "CP")
    for form in ("pdf", "docx"):
        once, twice = (papers.paper_file(release, "CP", paper, form) for _ in range(2))
        assert once == twice


def test_the_numbered_titles_of_a_paper_follow_the_order_of_its_clauses() -> None:
    release = released()
    written = clauses.write(release, "CP", clauses.agreement_of(release, "CP"))
    numbers = [int(re.match(r"\d+", each["title"])[0]) for each in written.sections]  # type: ignore[index]
    assert numbers == list(range(1, len(written.clauses) + 1))
