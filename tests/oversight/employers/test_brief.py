"""The ten lines that explain the scheme to an employer."""

from datetime import timedelta

import pytest

from explor.actors.lending.models import LendingRules
from explor.actors.lending.rules import span
from explor.actors.lending.selectors import rules_of
from explor.ground.mail.models import Message
from explor.journey.missions.models import ChecklistItem
from explor.journey.proposals import emails
from explor.oversight.employers import pages
from factories import (
    EmployerFactory,
    MissionFactory,
    NetworkFactory,
    ProposalFactory,
    ReleaseFactory,
    association_actor,
    employer_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
TITLES = [
    "Ce que c’est",
    "Qui décide",
    "Combien de temps",
    "Qui paie",
    "Qui assure",
    "Qui répond de la sécurité",
    "Ce que vous signez",
    "Avant quand répondre",
    "Au retour",
    "Qui appeler",
]


def lines_of(employer, case=None):
    return {each.title: each.answers for each in pages.brief_of(employer, rules_of(employer), case)}


@pytest.mark.parametrize(
    ("values", "who"),
    [
        ({"structure_type": "ENTREPRISE"}, "Une personne de votre entreprise part"),
        (
            {"is_public": True, "structure_type": "COMMUNE"},
            "Une agente ou un agent de votre commune",
        ),
        (
            {"is_public": True, "structure_type": "HOPITAL"},
            "Une agente ou un agent de votre hôpital",
        ),
        ({"is_public": True, "structure_type": "ETAT"}, "Une agente ou un agent de votre service"),
        ({"structure_type": "ASI"}, "Une personne salariée de votre association part"),
        ({"is_public": True}, "Une agente ou un agent de votre administration part"),
    ],
)
def test_the_ten_line_summary_names_the_staff_according_to_the_kind_of_employer(values, who):
    lines = lines_of(EmployerFactory(schemes=[], **values))
    assert list(lines) == TITLES
    assert lines["Ce que c’est"][0][1].startswith(who)
    assert all(answers for answers in lines.values())


def test_the_ten_line_summary_explains_only_the_schemes_that_the_employer_can_use():
    firm = EmployerFactory(structure_type="ENTREPRISE", schemes=["MCP"])
    said = {scope for scope, _ in lines_of(firm)["Qui paie"]}
    assert "Mécénat de compétences d’une entreprise" in said
    assert not any("fonctionnaire" in scope for scope in said)
    town = EmployerFactory(structure_type="COMMUNE", is_public=True, schemes=["MAD"])
    said = {scope for scope, _ in lines_of(town)["Qui paie"]}
    assert "Mise à disposition d’une ou d’un fonctionnaire" in said
    assert not any("Mécénat" in scope or "Bénévolat" in scope for scope in said)


def test_the_ten_line_summary_never_repeats_a_sentence():
    for kind in ("ENTREPRISE", "COMMUNE", "HOPITAL", "ETAT"):
        employer = EmployerFactory(structure_type=kind, is_public=kind != "ENTREPRISE", schemes=[])
        for title, answers in lines_of(employer).items():
            sentences = [sentence for _, sentence in answers]
            assert len(sentences) == len(set(sentences)), (kind, title)


def test_the_ten_line_summary_gives_the_network_of_the_employer_as_contact():
    network = NetworkFactory(name="Alizés", phone="04 00 00 00 00", email="bonjour@alizes.test")
    lines = lines_of(EmployerFactory(network=network))
    assert lines["Qui appeler"] == (
        ("", "Alizés : 04 00 00 00 00 · bonjour@alizes.test. Un doute, une question : appelez."),
    )


def test_without_a_telephone_the_ten_line_summary_tells_the_employer_to_write():
    network = NetworkFactory(name="Alizés", phone="", email="bonjour@alizes.test")
    ((_, said),) = lines_of(EmployerFactory(network=network))["Qui appeler"]
    assert said == (
        "Alizés : bonjour@alizes.test. Un doute, une question : écrivez : le réseau n’a pas donné "
        "de téléphone."
    )


def test_the_ten_line_summary_names_who_arranges_the_journey_and_what_is_unsettled():
    lines = lines_of(EmployerFactory(schemes=["MCP"]))
    journey, insured = dict(lines["Qui paie"])["Le voyage"], dict(lines["Qui assure"])
    assert journey == (
        "Billets : l’association ; Visa : l’experte ou l’expert ; Vaccins : l’experte ou "
        "l’expert ; Qui paie voyage, visa, vaccins et séjour : à préciser par le réseau avant le "
        "départ, dans le budget de la mission."
    )
    assert insured["Assistance et rapatriement"].startswith(
        "Attestation d’assurance (soins, assistance, rapatriement) : l’association ; "
    )
    assert not any("à prévoir" in said for said in insured.values())


def test_the_ten_line_summary_follows_the_mission_checklist_and_the_lending_rules():
    mission = MissionFactory()
    proposal, employer = mission.release.proposal, mission.employer
    ChecklistItem.objects.create(mission=mission, code="tickets", label="Billets", party="reseau")
    LendingRules.objects.create(employer=employer, notice_days=30, gift_words="le billet d’avion")
    lines = lines_of(employer, pages.case_of_proposal(proposal))
    assert "Billets : le réseau ;" in dict(lines["Qui paie"])["Le voyage"]
    assert dict(lines["Qui paie"])["Votre règle"] == "Don par mission : le billet d’avion."
    latest = proposal.start - timedelta(days=30)
    assert dict(lines["Avant quand répondre"])["Votre règle"] == (
        "30 jours de préavis avant le premier jour de la mission, soit une demande reçue au plus "
        f"tard {span(latest, latest)}."
    )


def test_the_ten_line_summary_of_a_release_gives_person_dates_scheme_and_deadline():
    release = ReleaseFactory(state="approved", scheme="MCP")
    proposal = release.proposal
    lines = lines_of(release.employer, pages.case_of_proposal(proposal))
    assert lines["Ce que c’est"][0][1].startswith(f"{proposal.expert.person.name} aide Asso")
    assert lines["Combien de temps"][0][1].endswith(
        "soit 10 jours sur place (le besoin permet de 7 à 15 jours)."
    )
    assert [scope for scope, _ in lines["Qui paie"]] == [
        "Mécénat de compétences d’une entreprise",
        "Le voyage",
    ]
    assert len(lines["Avant quand répondre"]) == 1  # already answered: no day is left
    waiting = pages.case_of_proposal(ReleaseFactory().proposal)
    lines = lines_of(waiting.proposal.employer, waiting)
    assert lines["Avant quand répondre"][0][1].startswith("Avant le ")


def test_only_the_employer_can_open_the_pages_of_the_ten_line_summary():
    proposal = ProposalFactory(expert__employer__slug="ateliers")
    url = f"propositions/{proposal.pk}/en-bref/"
    client = wearing(employer_actor(proposal.employer))
    assert client.get("/employeur/ateliers/en-bref/").status_code == 200
    assert client.get(f"/employeur/ateliers/{url}").status_code == 200
    other = wearing(employer_actor(EmployerFactory(slug="autre")))
    assert other.get("/employeur/ateliers/en-bref/").status_code == 404
    assert other.get(f"/employeur/autre/{url}").status_code == 404
    for actor in (
        association_actor(proposal.need.association),
        officer_actor(proposal.need.network),
    ):
        assert wearing(actor).get("/employeur/ateliers/en-bref/").status_code == 404


def test_the_pages_of_the_proposal_and_the_release_link_to_the_ten_line_summary():
    release = ReleaseFactory(proposal__expert__employer__slug="ateliers")
    client = wearing(employer_actor(release.employer))
    url = f"/employeur/ateliers/propositions/{release.proposal_id}/en-bref/"
    for page in ("propositions", "mises-a-disposition"):
        pk = release.proposal_id if page == "propositions" else release.pk
        assert client.get(f"/employeur/ateliers/{page}/{pk}/").text.count(url) == 1


def test_the_first_email_to_an_employer_links_to_the_ten_line_summary():
    proposal = ProposalFactory(expert__employer__slug="ateliers")
    to = employer_actor(proposal.employer).email
    association_actor(proposal.need.association)
    emails.introduced(proposal)
    bodies = {each.to: each.body for each in Message.objects.filter(kind="proposals.introduce")}
    url = f"/employeur/ateliers/propositions/{proposal.pk}/en-bref/"
    assert {name for name, body in bodies.items() if url in body} == {to}


def test_the_ten_line_summary_accepts_an_employer_name_of_200_characters():
    employer = EmployerFactory(slug="ateliers", name="N" * 200)
    page = wearing(employer_actor(employer)).get("/employeur/ateliers/en-bref/")
    assert "N" * 200 in page.text
