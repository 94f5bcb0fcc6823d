"""Pages before and after signing: the next action, the blank lines and the leave schemes."""

from collections.abc import Callable

import pytest
from django.test import Client

from explor.ground.audit.models import Entry
from explor.ground.files.models import Seal
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.pages import proposal_url, trail_of
from explor.journey.releases import actions, rules, selectors
from explor.journey.releases.fields import TO_FILL
from explor.journey.releases.models import Release
from explor.journey.releases.pages import papers, url_of, waiting_for
from factories import (
    EmployerFactory,
    ExpertFactory,
    ProposalFactory,
    ReleaseFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
ROLES = ("employeur", "association", "expert")
TO_READ = "Relire la convention, pas encore à signer"
INSURANCE = TO_FILL["contrat d’assurance"]


def actor_of(role: str, release: Release) -> Actor:
    proposal = release.proposal
    return {
        "employeur": lambda: employer_actor(release.employer),
        "association": lambda: association_actor(proposal.need.association),
        "expert": lambda: expert_actor(proposal.expert),
        "reseau": lambda: officer_actor(proposal.need.network),
    }[role]()


def granted(*, confirmed: bool = True) -> Release:
    """Return a release granted in a scheme that the network has to confirm."""
    employer = EmployerFactory(schemes=["MCP"])
    expert = ExpertFactory(network=employer.network, employer=employer)
    release = ReleaseFactory(proposal=ProposalFactory(agreed=True, expert=expert))
    actions.approve(release, by=actor_of("employeur", release), scheme="MCP")
    if confirmed:
        actions.confirm_scheme(release, by=actor_of("reseau", release))
    return selectors.with_related(Release.objects.filter(pk=release.pk)).get()


def concluded(release: Release) -> Release:
    for party in ROLES:
        actions.sign(release, by=actor_of(party, release), party=party)
    release = Release.objects.get(pk=release.pk)
    assert release.state == "agreed"
    return release


@pytest.mark.parametrize("role", ROLES)
def test_the_home_page_says_that_the_network_must_confirm_before_anyone_signs(role: str) -> None:
    release = granted(confirmed=False)
    actor = actor_of(role, release)
    (task,) = waiting_for(actor)
    assert task.title == TO_READ
    assert "Votre réseau doit d’abord confirmer le cadre, à son nom." in task.why
    actions.confirm_scheme(release, by=actor_of("reseau", release))
    assert [task.title for task in waiting_for(actor)] == ["Signer la convention de mission"]


def test_no_task_asks_to_read_an_agreement_that_is_not_generated_yet() -> None:
    release = ReleaseFactory(scheme="MCP", state="approved")
    assert waiting_for(actor_of("employeur", release)) == []


def test_a_party_with_a_named_signatory_sees_that_name_and_is_not_asked_to_sign_itself() -> None:
    release = granted()
    (place,) = rules.chain_of(release, "employeur")
    officer = actor_of("reseau", release)
    named = {"name": "Ida Roc", "email": "ida@roc.test", "capacity": "gérante"}
    actions.name_signatory(place, by=officer, **named)
    actor, proposal = actor_of("employeur", release), release.proposal

    def turn(actor: Actor) -> str:
        return str(trail_of(actor, Proposal.objects.get(pk=proposal.pk), "")["now"].turn)

    assert "de Ida Roc (gérante)," in turn(actor)
    assert "À vous" not in turn(actor)
    assert turn(actor_of("association", release)).startswith("À vous de signer la convention")
    assert "de l’employeur" in turn(officer)


def test_the_blank_lines_listed_on_the_page_are_those_of_the_generated_agreement() -> None:
    release = granted()
    left = papers.left_to_fill(release)
    assert INSURANCE in left
    need = release.proposal.need
    need.objectives = ""
    need.save()
    again = selectors.with_related(Release.objects.filter(pk=release.pk)).get()
    assert papers.left_to_fill(again) == left


def test_the_network_sees_the_blank_lines_of_an_agreement_before_confirming_the_scheme(
    session_of: Session,
) -> None:
    release = granted(confirmed=False)
    officer = actor_of("reseau", release)
    client, url = session_of(officer), url_of(officer, release)
    for page in (client.get(url).text, client.get(f"{url}cadre/").text):
        assert "Ces lignes sont encore vides" in page
        assert INSURANCE in page


def test_signing_accepts_the_blank_lines_of_the_agreement_and_the_journal_lists_them(
    session_of: Session,
) -> None:
    release = granted()
    actor = actor_of("association", release)
    page = session_of(actor).get(f"{url_of(actor, release)}signer/").text
    assert "J’ai lu la convention et je la signe, avec ses lignes vides" in page
    actions.sign(release, by=actor, party="association")
    (entry,) = Entry.objects.about(release).filter(verb="sign")
    assert entry.details["blank"] == papers.left_to_fill(release)


def test_a_party_fills_the_blank_lines_of_the_agreement_before_the_first_signature(
    session_of: Session,
) -> None:
    release = granted()
    former = release.agreement
    assert former
    actor = actor_of("employeur", release)
    client, url = session_of(actor), url_of(actor, release)
    slug = "contrat-dassurance"
    page = client.get(f"{url}lignes/")
    typed = {"version": page.context["form"]["version"].value(), slug: "Mutuelle [X], n° 12"}
    assert client.post(f"{url}lignes/", typed).status_code == 302
    release = selectors.with_related(Release.objects.filter(pk=release.pk)).get()
    assert release.agreement
    assert (release.agreement.pk, release.agreement.rank) == (former.pk, 0)
    assert release.agreement.document_id != former.document_id
    assert "Mutuelle [X], n° 12" in str(release.agreement.content["sections"])
    assert INSURANCE not in papers.left_to_fill(release)
    assert Seal.objects.get(document=former.document).replaced_by == release.agreement.document.seal
    assert client.get(f"{url}lignes/").context["form"][slug].value() == "Mutuelle [X], n° 12"
    actions.fill_lines(release, by=actor, lines={"contrat d’assurance": " "})
    release = selectors.with_related(Release.objects.filter(pk=release.pk)).get()
    assert INSURANCE in papers.left_to_fill(release)


def test_blank_lines_of_an_agreement_cannot_be_filled_by_the_expert_or_after_a_signature(
    session_of: Session,
) -> None:
    release = granted()
    expert = actor_of("expert", release)
    assert session_of(expert).get(f"{url_of(expert, release)}lignes/").status_code == 404
    actions.sign(release, by=expert, party="expert")
    actor = actor_of("association", release)
    assert session_of(actor).get(f"{url_of(actor, release)}lignes/").status_code != 200
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.fill_lines(release, by=actor, lines={"contrat d’assurance": "Mutuelle"})
    assert refusal.value.reasons == ("Une partie a déjà signé : la convention ne change plus.",)


def test_signing_an_agreement_that_changed_since_it_was_opened_is_refused() -> None:
    opened = granted()
    again = selectors.with_related(Release.objects.filter(pk=opened.pk)).get()
    officer = actor_of("reseau", again)
    actions.fill_lines(again, by=officer, lines={"contrat d’assurance": "Mutuelle"})
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.sign(opened, by=actor_of("expert", opened), party="expert")
    assert refusal.value.reasons == (
        "La convention a changé : relisez-la, puis signez de nouveau.",
    )


def test_an_amendment_keeps_the_lines_filled_in_the_agreement() -> None:
    release = granted()
    actor = actor_of("reseau", release)
    actions.fill_lines(release, by=actor, lines={"contrat d’assurance": "Mutuelle, n° 12"})
    release = selectors.with_related(Release.objects.filter(pk=release.pk)).get()
    drawn = papers.agreement_paper(release, release.scheme, 1)["data"]
    assert "Mutuelle, n° 12" in str(drawn["sections"])


def test_a_scheme_that_the_network_confirmed_is_no_longer_shown_as_to_check(
    session_of: Session,
) -> None:
    release = granted(confirmed=False)
    actor = actor_of("employeur", release)
    client, url = session_of(actor), url_of(actor, release)
    assert client.get(url).context["schemes"][0]["badge"] == ("à vérifier", "warn")
    actions.confirm_scheme(release, by=actor_of("reseau", release))
    page = client.get(url)
    assert page.context["schemes"][0]["badge"] == ("confirmé par le réseau", "good")
    assert "à vérifier" not in page.text
    assert "Le cadre de ce départ" in page.text


def test_once_an_agreement_is_signed_no_page_shows_the_current_verdicts_on_leave_schemes(
    session_of: Session,
) -> None:
    release = concluded(granted())
    actor = actor_of("employeur", release)
    client = session_of(actor)
    pages = [url_of(actor, release), proposal_url(actor, release.proposal)]
    for page in (client.get(url).text for url in pages):
        for words in ("aujourd’hui", "n’engage pas encore", "Personne n’a encore répondu"):
            assert words not in page


def test_the_list_of_release_papers_shows_the_status_of_the_agreement_only(
    session_of: Session,
) -> None:
    release = granted()
    actor = actor_of("employeur", release)

    def marks() -> set[tuple[str, str]]:
        rows = session_of(actor).get(url_of(actor, release)).context["drafts"]
        return {paper["mark"] for row in rows for paper in row["papers"]}

    assert marks() == {("à signer", "warn"), ("suivi hors d’Explor", "neutral")}
    concluded(release)
    assert marks() == {("signée", "good"), ("suivi hors d’Explor", "neutral")}


def test_the_proposal_shows_schemes_and_lending_rules_only_while_it_can_be_answered(
    session_of: Session,
) -> None:
    proposal = ProposalFactory()
    actor = employer_actor(proposal.employer)
    client, url = session_of(actor), proposal_url(actor, proposal)
    page = client.get(url)
    assert page.context["schemes"] != []
    assert ("Billets", "l’association") in page.context["in_charge"]
    assert "Le voyage et l’assurance" in page.text
    Proposal.objects.filter(pk=proposal.pk).update(state="agreed")
    page = client.get(url)
    assert (page.context["schemes"], page.context["house"]) == ([], [])


def test_the_blank_lines_of_an_agreement_not_generated_yet_cannot_be_filled() -> None:
    release = ReleaseFactory(scheme="MCP", state="approved")
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.fill_lines(release, by=actor_of("reseau", release), lines={})
    assert refusal.value.reasons == ("La convention n’est pas encore établie.",)


@pytest.mark.parametrize("verb", ["amend", "end"])
def test_the_blank_lines_of_an_agreement_replaced_since_it_was_opened_cannot_be_filled(
    verb: str,
) -> None:
    opened = granted()
    officer = actor_of("reseau", opened)
    getattr(actions, verb)(Release.objects.get(pk=opened.pk), by=officer, reason="Dates.")
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.fill_lines(opened, by=officer, lines={"contrat d’assurance": "Mutuelle"})
    assert refusal.value.reasons == ("Cette convention n’est plus à signer.",)
