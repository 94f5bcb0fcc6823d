"""Pages of missions, for each role."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from explor.ground.audit.models import Entry
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.mail.models import Message
from explor.ground.ui.days import date_format
from explor.journey.missions import actions as missions
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import url_of, waiting_for
from explor.journey.missions.states import State
from explor.journey.needs.models import Need
from factories import (
    EmployerFactory,
    ExpertFactory,
    MissionFactory,
    NetworkFactory,
    ProposalFactory,
    ReleaseFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)
from support.missions import CAUSED, item_of, on, prepared, side_by_side, undo

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
ROLES = ("reseau", "association", "expert", "employeur")


def actor_of(role: str, mission: Mission) -> Actor:
    return {
        "reseau": lambda: officer_actor(mission.network),
        "association": lambda: association_actor(mission.association),
        "expert": lambda: expert_actor(mission.expert),
        "employeur": lambda: employer_actor(mission.employer),
    }[role]()


def listed(actor: Actor) -> str:
    args = [] if actor.role == "expert" else [actor.key]
    return reverse(f"missions:{actor.role}_missions", args=args)


def filled(client: Client, url: str, **typed: Any) -> dict[str, Any]:
    """Return the form data of a page as a browser would submit it."""
    page = html.fromstring(client.get(url).content.decode())
    form = [each for each in page.iter("form") if each.get("method") == "post"][-1]
    drawn = {name: form.fields[name] for name in form.fields if form.fields[name] is not None}
    return {**drawn, **typed}


def links(client: Client, url: str) -> set[str]:
    page = html.fromstring(client.get(url).content.decode())
    return {anchor.get("href") for anchor in page.iter("a")}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", State.values)
def test_the_page_of_a_mission_links_to_the_actions_allowed_by_its_state_and_role(
    role: str, state: str, session_of: Session, django_assert_max_num_queries: Any
) -> None:
    mission = prepared(state=state)
    actor = actor_of(role, mission)
    client, url = session_of(actor), url_of(actor, mission)
    with django_assert_max_num_queries(25):
        response = client.get(url)
    assert response.status_code == 200
    offered = {row.verb for row in mission.workflow.verbs(state, role)}
    on_page = links(client, url)
    shown = {slug for slug in SLUGS if f"{url}{slug}/" in on_page}
    refused = {"clore"} if state in ("returned", "remote") and role == "reseau" else set()
    offered = [verb for verb in offered if verb in SLUG_OF]  # others appear later, as a late report
    assert shown == {SLUG_OF[verb] for verb in offered} - refused


SLUG_OF = {
    "clear": "feu-vert",
    "suspend": "retirer-le-feu-vert",
    "depart": "depart",
    "undo_departure": "retirer-le-depart",
    "come_back": "retour",
    "undo_return": "retirer-le-retour",
    "close": "clore",
    "postpone": "reporter",
    "cancel": "annuler",
    "interrupt": "interrompre",
    "go_remote": "a-distance",
}
SLUGS = set(SLUG_OF.values())


@pytest.mark.parametrize("role", ROLES)
def test_the_list_of_missions_stays_within_its_query_limit_at_any_length(
    role: str, session_of: Session, django_assert_max_num_queries: Any
) -> None:
    network = NetworkFactory()
    employer = EmployerFactory(network=network)
    expert = ExpertFactory(network=network, employer=employer)
    made = side_by_side(network, 60)
    Mission.objects.update(association=made[0].association, employer=employer, expert=expert)
    mission = Mission.objects.get(pk=made[0].pk)
    actor = actor_of(role, mission)
    client, url = session_of(actor), listed(actor)
    for count in (60, 10):
        Mission.objects.filter(pk__in=[each.pk for each in made[count:]]).delete()
        with django_assert_max_num_queries(15):
            response = client.get(url)
        assert f"{count} missions" in response.content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_the_tasks_of_ten_missions_are_loaded_in_at_most_four_queries(
    role: str, django_assert_max_num_queries: Any
) -> None:
    network = NetworkFactory()
    made = side_by_side(network, 10)
    actor = actor_of(role, made[0])
    with django_assert_max_num_queries(4):
        waiting_for(actor)


def test_an_empty_list_of_missions_explains_when_a_mission_is_created(session_of: Session) -> None:
    actor = officer_actor(NetworkFactory())
    text = session_of(actor).get(listed(actor)).content.decode()
    assert "Une mission s’ouvre quand le départ est accordé." in text


def test_filters_apply_to_the_list_of_missions_and_to_its_csv_file(session_of: Session) -> None:
    network = NetworkFactory()
    first, second, third = side_by_side(network, 3)
    Mission.objects.filter(pk=second.pk).update(country="BF")
    Mission.objects.filter(pk=third.pk).update(state="cleared")
    actor = officer_actor(network)
    client, url = session_of(actor), listed(actor)
    month = f"{first.start:%Y-%m}"
    same_month = {each.pk for each in (first, second, third) if f"{each.start:%Y-%m}" == month}
    for query, kept in (
        ("", {first.pk, second.pk, third.pk}),
        ("country=BF", {second.pk}),
        ("state=cleared", {third.pk}),
        (f"month={month}", same_month),
        ("month=n’importe quoi", {first.pk, second.pk, third.pk}),
        (f"q={first.need.title.rpartition(' ')[0]}&state=preparing", {first.pk, second.pk}),
    ):
        shown = {
            each.pk
            for each in (first, second, third)
            if url_of(actor, each) in links(client, f"{url}?{query}")
        }
        assert shown == kept, query
        lines = client.get(f"{url}?{query}&format=csv").content.decode().splitlines()
        assert len(lines) == 1 + len(kept), query
    assert f"{url}?country=BF" not in links(client, url)
    assert "?country=BF&format=csv" in links(client, f"{url}?country=BF&page=1")


@pytest.mark.parametrize("role", ROLES)
def test_the_pages_of_a_mission_return_404_to_parties_to_other_missions(
    role: str, session_of: Session
) -> None:
    mission, foreign = prepared(), prepared()
    actor = actor_of(role, mission)
    client = session_of(actor)
    key = [] if role == "expert" else [actor.key]
    item = item_of(foreign, "visa")
    urls = [
        url_of(actor, foreign),
        reverse(f"missions:{role}_tick", args=[*key, item.pk]),
    ]
    if role == "reseau":
        urls += [f"{url_of(actor, foreign)}{slug}/" for slug in SLUGS]
    if role == "expert":
        urls += [f"{url_of(actor, foreign)}{slug}/" for slug in ("depart", "retour")]
    for url in urls:
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404), url


def test_the_url_of_an_unknown_action_on_a_mission_is_not_found(session_of: Session) -> None:
    mission = prepared()
    actor = officer_actor(mission.network)
    url = f"{url_of(actor, mission)}detruire/"
    assert session_of(actor).get(url).status_code == 404


def test_submitting_the_clearance_twice_clears_the_mission_once(session_of: Session) -> None:
    mission = prepared(leaves_in=20)
    actor = officer_actor(mission.network)
    client, url = session_of(actor), f"{url_of(actor, mission)}feu-vert/"
    data = filled(client, url)
    codes = [client.post(url, data).status_code for _ in range(2)]
    assert codes == [302, 302]
    verbs = [entry.verb for entry in Entry.objects.about(mission)]
    assert verbs == ["clear"]


def test_postponing_from_a_stale_page_returns_409_and_keeps_the_typed_values(
    session_of: Session,
) -> None:
    mission = prepared(leaves_in=20)
    actor = officer_actor(mission.network)
    client, url = session_of(actor), f"{url_of(actor, mission)}reporter/"
    data = filled(
        client, url, start=on(50).isoformat(), end=on(59).isoformat(), reason="Pluies longues."
    )
    data["read"] = client.post(url, data).context["form"]["read"].value()
    Mission.objects.filter(pk=mission.pk).update(version=mission.version + 1)
    response = client.post(url, data)
    assert response.status_code == 409
    text = response.content.decode()
    assert ("Pluies longues." in text, on(50).isoformat() in text) == (True, True)
    mission.refresh_from_db()
    assert mission.start == on(20)


def test_postponing_with_a_return_before_the_departure_shows_an_error_on_the_field(
    session_of: Session,
) -> None:
    mission = prepared(leaves_in=20)
    actor = officer_actor(mission.network)
    client, url = session_of(actor), f"{url_of(actor, mission)}reporter/"
    typed = {"start": on(59).isoformat(), "end": on(50).isoformat(), "reason": "Pluies."}
    response = client.post(url, filled(client, url, **typed))
    assert response.status_code == 422
    assert response.context["form"].errors["end"] == ["Le retour précède le départ."]


@pytest.mark.parametrize("state", CAUSED)
def test_the_page_of_a_mission_that_ended_early_shows_its_cause_and_lost_expenses(
    state: str, session_of: Session
) -> None:
    mission = prepared(state=state, sunk_cost=120, cause_note="Route coupée.")
    actor = officer_actor(mission.network)
    text = session_of(actor).get(url_of(actor, mission)).content.decode()
    assert ("Route coupée." in text, "120,00" in text or "120.00" in text) == (True, True)


def test_only_papers_that_expire_have_a_date_field_and_no_paper_has_a_file_field(
    session_of: Session,
) -> None:
    mission = prepared()
    actor = expert_actor(mission.expert)
    client = session_of(actor)
    for code, expected in (
        ("passport", {"version", "done", "valid_until", "note"}),
        ("vaccines", {"version", "done", "note"}),
    ):
        item = item_of(mission, code)
        form = client.get(reverse("missions:expert_tick", args=[item.pk])).context["form"]
        assert set(form.fields) == expected


def test_a_step_ticked_by_the_network_is_journaled_on_behalf_of_its_party(
    session_of: Session,
) -> None:
    mission = prepared()
    undo(mission, "visa")
    item, actor = item_of(mission, "visa"), officer_actor(mission.network)
    client = session_of(actor)
    url = reverse("missions:reseau_tick", args=[actor.key, item.pk])
    assert client.post(url, filled(client, url, done="on")).status_code == 302
    item.refresh_from_db()
    assert item.done_at is not None
    assert Entry.objects.about(item).last().acting_for == str(mission.expert)


def test_ticking_a_checklist_step_of_another_party_is_forbidden(session_of: Session) -> None:
    mission = prepared()
    actor = association_actor(mission.association)
    item = item_of(mission, "visa")
    url = reverse("missions:association_tick", args=[actor.key, item.pk])
    assert session_of(actor).post(url, {"version": 0}).status_code == 403


def test_each_role_has_only_its_own_tasks_about_a_mission() -> None:
    mission = prepared(leaves_in=1)
    officer, expert = officer_actor(mission.network), expert_actor(mission.expert)

    def tasks_of(actor: Actor) -> list[str]:
        return [line.title for line in waiting_for(actor)]

    assert (tasks_of(officer), tasks_of(expert)) == (["Donner le feu vert"], [])
    undo(mission, "visa")
    assert (tasks_of(officer), tasks_of(expert)) == ([], [item_of(mission, "visa").label])
    Mission.objects.filter(pk=mission.pk).update(state="cleared", start=on(0))
    assert tasks_of(officer) == ["Confirmer le départ"]
    Mission.objects.filter(pk=mission.pk).update(state="away", start=on(-9), end=on(0))
    assert (tasks_of(officer), tasks_of(expert)) == (
        ["Confirmer le retour"],
        ["Confirmer le retour"],
    )
    Mission.objects.filter(pk=mission.pk).update(state="interrupted", cause="ZONE")
    assert (tasks_of(officer), tasks_of(expert)) == (["Clore la mission interrompue"], [])


def test_an_employer_sees_nothing_about_the_health_or_the_papers_of_the_expert(
    session_of: Session,
) -> None:
    mission = prepared()
    undo(mission, "vaccines")
    passport = item_of(mission, "passport")
    passport.valid_until = on(1)
    passport.save()
    personal = ("Vaccinations", "passeport", "Passeport", "Visa")
    pages = {
        role: session_of(actor_of(role, mission))
        .get(url_of(actor_of(role, mission), mission))
        .content.decode()
        for role in ROLES
    }
    assert [word for word in personal if word in pages["employeur"]] == []
    assert "Il reste des préparatifs propres à la personne." in pages["employeur"]
    assert [role for role in ROLES if "Vaccinations à jour" not in pages[role]] == ["employeur"]


@pytest.mark.parametrize("state", CAUSED)
def test_an_employer_sees_neither_the_cause_nor_the_circumstances_of_an_ended_mission(
    state: str, session_of: Session
) -> None:
    mission = prepared(state=state, cause="SANTE", cause_note="Opérée du genou.")
    pages = {}
    for role in ROLES:
        actor = actor_of(role, mission)
        pages[role] = session_of(actor).get(url_of(actor, mission)).content.decode()
    for words in ("Santé ou empêchement", "Opérée du genou."):
        assert [role for role in ROLES if words not in pages[role]] == ["employeur"]


def test_the_email_about_an_ended_mission_hides_the_circumstances_from_the_employer() -> None:
    mission = prepared(leaves_in=30)
    for role in ("association", "employeur"):
        actor_of(role, mission)
    by = officer_actor(mission.network)
    missions.cancel(mission, by=by, cause="SANTE", reason="Opérée du genou.", sunk_cost=None)
    bodies = Message.objects.filter(kind="missions.cancel").values_list("url", "body")
    [own] = [body for url, body in bodies if url.startswith("/employeur/")]
    [association] = [body for url, body in bodies if url.startswith("/association/")]
    assert ("genou" in own, "genou" in association) == (False, True)


def test_the_email_about_new_mission_dates_hides_their_reason_from_the_employer() -> None:
    mission = prepared(leaves_in=30)
    for role in ("association", "employeur"):
        actor_of(role, mission)
    by, start = officer_actor(mission.network), mission.start + timedelta(days=2)
    end = mission.end + timedelta(days=2)
    missions.postpone(mission, by=by, start=start, end=end, reason="Opérée du genou.")
    bodies = Message.objects.filter(kind="missions.postpone").values_list("url", "body")
    [own] = [body for url, body in bodies if url.startswith("/employeur/")]
    [association] = [body for url, body in bodies if url.startswith("/association/")]
    assert ("genou" in own, "genou" in association) == (False, True)
    assert date_format(end) in own


def test_the_page_of_a_mission_whose_expert_withdrew_says_why_only_cancelling_is_possible(
    session_of: Session,
) -> None:
    mission = prepared(leaves_in=30)
    proposal = mission.release.proposal
    type(proposal).objects.filter(pk=proposal.pk).update(state="lost")
    officer = officer_actor(mission.network)
    page = html.fromstring(session_of(officer).get(url_of(officer, mission)).content)
    open_links = " ".join(page.xpath("//a/@href"))
    assert ("/reporter/" in open_links, "/a-distance/" in open_links) == (False, False)
    assert "/annuler/" in open_links
    assert "cette mission s’annule seulement" in page.text_content()


@pytest.mark.parametrize("by_system", [False, True])
def test_the_employer_reads_why_the_system_withdrew_the_clearance_but_not_why_a_person_did(
    by_system: bool,
) -> None:
    mission = prepared(leaves_in=30, state="cleared")
    for role in ("association", "employeur"):
        actor_of(role, mission)
    by = SYSTEM if by_system else officer_actor(mission.network)
    missions.suspend(mission, by=by, reason="Traitement du paludisme en cours.")
    bodies = dict(Message.objects.filter(kind="missions.suspend").values_list("url", "body"))
    [own] = [body for url, body in bodies.items() if url.startswith("/employeur/")]
    [association] = [body for url, body in bodies.items() if url.startswith("/association/")]
    assert ("paludisme" in own, "paludisme" in association) == (by_system, True)


def test_the_message_of_missing_steps_hides_personal_steps_from_the_employer() -> None:
    mission = prepared()
    undo(mission, "vaccines")
    for role in ("association", "employeur"):
        actor_of(role, mission)
    missions.recheck(mission, days_before=15)
    bodies = dict(Message.objects.filter(kind="missions.recheck").values_list("url", "body"))
    [own] = [body for url, body in bodies.items() if url.startswith("/employeur/")]
    [association] = [body for url, body in bodies.items() if url.startswith("/association/")]
    assert ("Vaccinations" in own, "Vaccinations" in association) == (False, True)
    assert "Il reste des préparatifs propres à la personne." in own


def test_a_party_to_a_mission_sees_nothing_of_the_experts_of_other_seats_of_the_need(
    session_of: Session,
) -> None:
    """Two employers lend somebody for the same need: neither learns whom the other lends."""
    first = MissionFactory()
    need = first.need
    Need.objects.filter(pk=need.pk).update(seats=2)
    need.refresh_from_db()
    other = ProposalFactory(decision=need.decision, agreed=True)
    second = MissionFactory(release=ReleaseFactory(proposal=other, state="agreed", scheme="MCP"))
    for own, foreign in ((first, second), (second, first)):
        for actor in (employer_actor(own.employer), expert_actor(own.expert)):
            text = session_of(actor).get(url_of(actor, own)).content.decode()
            assert own.expert.person.name in text
            for name in (foreign.expert.person.name, foreign.employer.name):
                assert name not in text
