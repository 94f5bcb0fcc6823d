"""The employment of an expert: statuses, contracts, and profiles of people without employer."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils.text import capfirst
from lxml import html

from explor.actors.experts import actions, pages
from explor.actors.experts.forms import EMPLOYMENT_GROUPS, OF_EMPLOYER, ProfileNew
from explor.actors.experts.models import WITH_A_TERM, WITHOUT_EMPLOYER, Employment, Expert
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.reference.selectors import terms
from factories import (
    EmployerFactory,
    ExpertFactory,
    NetworkFactory,
    PersonFactory,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
EDIT = "/expert/profil/modifier/"
WITH_EMPLOYER = [each for each in Employment if each not in WITHOUT_EMPLOYER]
ENDS = date(2030, 5, 31)


def drawn(client: Client, url: str) -> dict[str, Any]:
    """Return the values that a browser would send with the form of a page."""
    page = html.fromstring(client.get(url).content.decode())
    form = [each for each in page.iter("form") if each.get("method") == "post"][-1]
    return {name: form.fields[name] for name in form.fields if form.fields[name] is not None}


def change(client: Client, **typed: Any) -> Any:
    """Fill in the profile form of the signed-in expert as a browser does, and submit it."""
    return client.post(EDIT, {**drawn(client, EDIT), **typed})


def ties(expert: Expert) -> tuple[Any, ...]:
    return tuple(Expert.objects.filter(pk=expert.pk).values_list("employment", *OF_EMPLOYER).get())


def test_the_employment_statuses_of_a_profile_are_those_of_the_reference_list() -> None:
    listed = {term.code: term.label for term in terms("employment_statuses").values()}
    assert listed == {each.value: capfirst(each.label) for each in Employment}


def test_the_profile_form_offers_every_employment_status_in_one_group() -> None:
    offered = [each for _, statuses in EMPLOYMENT_GROUPS for each in statuses]
    assert sorted(offered) == sorted(Employment)
    shown = ProfileNew().fields["employment"].choices  # type: ignore[attr-defined]
    assert [title for title, _ in shown] == [
        "",
        "Secteur privé",
        "Fonction publique",
        "Sans employeur",
    ]


@pytest.mark.parametrize("status", WITHOUT_EMPLOYER)
def test_choosing_a_status_without_employer_removes_the_employer_only_once_confirmed(
    status: str, session_of: Session
) -> None:
    expert = ExpertFactory(part_time=True)
    before, client = ties(expert), session_of(expert_actor(expert))
    refused = change(client, employment=status)
    assert refused.status_code == 422
    assert refused.context["form"].errors == {
        "leaves_employer": ["Cochez pour confirmer, ou choisissez un autre statut."]
    }
    assert f"retirer « {expert.employer} » de mon profil" in refused.text
    assert ties(expert) == before
    assert change(client, employment=status, leaves_employer="on").status_code == 302
    assert ties(expert) == (status, None, None, None, None)


@pytest.mark.parametrize("status", WITH_EMPLOYER)
def test_choosing_another_status_with_an_employer_keeps_the_employer(
    status: str, session_of: Session
) -> None:
    expert = ExpertFactory()
    client = session_of(expert_actor(expert))
    assert change(client, employment=status, part_time="True").status_code == 302
    since = expert.employed_since
    assert ties(expert) == (status, expert.employer_id, since, None, True)


@pytest.mark.parametrize("status", WITHOUT_EMPLOYER)
def test_the_profile_form_of_a_person_without_employer_asks_nothing_about_an_employer(
    status: str, session_of: Session
) -> None:
    expert = ExpertFactory(alone=True, employment=status)
    page = session_of(expert_actor(expert)).get(EDIT)
    assert set(OF_EMPLOYER) & set(page.context["form"].fields) == set()
    assert "personne n’a à vous libérer" in page.text
    facts = dict(pages.facts_of(expert))
    assert ("Employeur" in facts, facts["Statut"]) == (False, Employment(status).label)


def test_a_retired_person_hired_again_must_give_the_employer_before_the_profile_changes(
    session_of: Session,
) -> None:
    expert = ExpertFactory(alone=True)
    employer = EmployerFactory(network=expert.network)
    client = session_of(expert_actor(expert))
    asked = change(client, employment="cdd")
    assert asked.status_code == 422
    assert set(OF_EMPLOYER) <= set(asked.context["form"].fields)
    assert ties(expert)[0] == "retraite"
    typed = {"employment": "cdd", "employer": employer.pk, "contract_ends": ENDS.isoformat()}
    assert change(client, **typed).status_code == 302
    assert ties(expert) == ("cdd", employer.pk, None, ENDS, None)


@pytest.mark.parametrize("status", WITH_EMPLOYER)
def test_the_end_of_a_contract_is_saved_for_fixed_term_contracts_and_refused_for_others(
    status: str, session_of: Session
) -> None:
    expert = ExpertFactory()
    client = session_of(expert_actor(expert))
    answer = change(client, employment=status, contract_ends=ENDS.isoformat())
    kept = status in WITH_A_TERM
    assert (answer.status_code, ties(expert)[3]) == ((302, ENDS) if kept else (422, None))


def test_a_contract_that_ends_before_it_began_is_refused(session_of: Session) -> None:
    expert = ExpertFactory()
    client = session_of(expert_actor(expert))
    answer = change(client, employment="cdd", contract_ends="2010-01-01")
    assert answer.context["form"].errors == {
        "contract_ends": ["Le contrat finit avant d’avoir commencé."]
    }


def test_choosing_a_permanent_contract_erases_the_end_of_the_former_contract() -> None:
    expert = ExpertFactory(fixed_term=True, part_time=False)
    actions.describe(expert, by=expert_actor(expert), changes={"employment": "salarie"})
    assert ties(expert)[3:] == (None, False)


def test_an_employer_on_a_status_without_employer_is_refused_also_by_the_database() -> None:
    expert = ExpertFactory()
    reasons = ["Ce statut est sans employeur : retirez d’abord votre employeur."]
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.describe(expert, by=expert_actor(expert), changes={"employment": "retraite"})
    assert list(refusal.value.reasons) == reasons
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.open_profile(
            by=expert_actor(expert),
            person=PersonFactory(),
            network=expert.network,
            employer=expert.employer,
            employment="benevole",
        )
    assert list(refusal.value.reasons) == reasons
    with pytest.raises(IntegrityError, match="experts_expert_without_employer"):
        Expert.objects.filter(pk=expert.pk).update(employment="retraite")


@pytest.mark.parametrize(("employer", "status"), [(False, 302), (True, 422)])
def test_the_profile_of_a_retired_person_is_created_only_without_employer(
    employer: bool, status: int, client: Client
) -> None:
    network, person = NetworkFactory(), PersonFactory()
    made = EmployerFactory(network=network)
    client.force_login(person)
    typed = {
        "job": "Ancienne sage-femme",
        "employment": "retraite",
        "load": 1,
        "network": network.pk,
        "employer": made.pk if employer else "",
    }
    assert client.post("/expert/profil/creer/", typed).status_code == status
    assert Expert.objects.filter(person=person, employment="retraite").exists() is not employer


def test_the_person_the_employer_and_the_network_see_the_end_of_a_contract(
    session_of: Session,
) -> None:
    expert = ExpertFactory(fixed_term=True, contract_ends=ENDS)
    readers = {
        "/expert/profil/": expert_actor(expert),
        f"/employeur/{expert.employer.slug}/collegues/": employer_actor(expert.employer),
        f"/reseau/{expert.network.slug}/expertises/{expert.pk}/": officer_actor(expert.network),
    }
    shown = {url: session_of(actor).get(url).text for url, actor in readers.items()}
    assert [url for url, text in shown.items() if "31/05/2030" not in text] == [
        f"/employeur/{expert.employer.slug}/collegues/"
    ]
    assert "31 mai 2030" in shown[f"/employeur/{expert.employer.slug}/collegues/"]


def test_the_profile_of_a_retired_person_says_that_nobody_has_to_release_them(
    session_of: Session,
) -> None:
    expert = ExpertFactory(alone=True)
    text = " ".join(session_of(expert_actor(expert)).get("/expert/profil/").text.split())
    assert "Personne n’a à vous libérer : votre réseau accorde votre départ" in text


def test_the_search_of_an_employer_does_not_read_the_presentations_hidden_from_employers(
    session_of: Session,
) -> None:
    expert = ExpertFactory(summary="Je cherche un autre employeur.", job="Hydrologue")
    employer, network = employer_actor(expert.employer), officer_actor(expert.network)
    found = {
        (actor.role, word): expert.person.name
        in session_of(actor).get(reverse(name, args=[actor.key]), {"q": word}).content.decode()
        for actor, name in (
            (employer, "experts:employeur_experts"),
            (network, "experts:reseau_experts"),
        )
        for word in ("hydrologue", "autre employeur")
    }
    assert found == {
        ("employeur", "hydrologue"): True,
        ("employeur", "autre employeur"): False,
        ("reseau", "hydrologue"): True,
        ("reseau", "autre employeur"): True,
    }
