"""Pages of admissibility for officers and associations, and how many queries they run."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from explor.ground.http.actor import Actor
from explor.ground.ui.days import date_format
from explor.journey.admissibility import actions, selectors
from explor.journey.admissibility.forms import name_of
from explor.journey.admissibility.models import Note, Paper, Review, Supplement
from explor.journey.calls.models import Call, RequestedPaper
from explor.journey.needs.models import Need
from explor.journey.needs.states import State
from factories import NeedFactory, NetworkFactory, OfficerFactory, association_actor, officer_actor

from .conftest import PDF, QUESTIONS

pytestmark = pytest.mark.django_db
USEFUL, SAFE = (name_of(question) for question in QUESTIONS)
UNREAD = {"version": 0, USEFUL: "later", SAFE: "later"}
Open = Callable[[Actor], Client]


@pytest.fixture
def officer(by: Actor, session_of: Open) -> Client:
    return session_of(by)


@pytest.fixture
def member(own: Actor, session_of: Open) -> Client:
    return session_of(own)


def at(need: Need, rest: str = "") -> str:
    return f"/reseau/{need.network.slug}/recevabilite/{need.pk}/{rest}"


def of(need: Need, rest: str) -> str:
    return f"/association/{need.association.slug}/{rest}/{need.pk}/"


def picture(name: str = "statuts.png") -> SimpleUploadedFile:
    from io import BytesIO

    held = BytesIO()
    Image.new("RGB", (4, 4)).save(held, "PNG")
    return SimpleUploadedFile(name, held.getvalue(), content_type="image/png")


def words(response: Any) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def test_the_page_of_a_need_shows_rules_questions_papers_and_verbs(
    officer: Client, need: Need, paper: RequestedPaper
) -> None:
    page = words(officer.get(at(need)))
    for text in (
        need.title,
        "Association vérifiée",
        "Document : Statuts",
        "Ce document n’est pas remis.",
        *QUESTIONS,
        "Demander des compléments",
        "Refuser",
        "Notes internes",
        "Dérogation",
    ):
        assert text in page, text


def test_accepting_a_need_redirects_to_the_next_need_to_judge(officer: Client, need: Need) -> None:
    second = NeedFactory(network=need.network, call=need.call, filed=True)
    typed = {**UNREAD, USEFUL: "yes", f"{USEFUL}_remark": "Très.", "rest": "on"}
    response = officer.post(at(need), {**typed, "then": "accept"})
    assert response["Location"] == at(second)
    assert Review.objects.get().answers[QUESTIONS[0]] == {"verdict": "yes", "remark": "Très."}
    assert Review.objects.get().answers[QUESTIONS[1]] == {"verdict": "yes", "remark": ""}
    response = officer.post(at(second), {**UNREAD, "rest": "on", "then": "accept"}, follow=True)
    assert "Plus rien n’attend." in words(response)
    assert set(Need.objects.values_list("state", flat=True)) == {"admissible"}


def test_an_officer_can_save_answers_to_the_questions_without_a_verdict(
    officer: Client, need: Need
) -> None:
    response = officer.post(at(need), {**UNREAD, SAFE: "no", "then": "save"})
    assert response["Location"] == at(need)
    assert Need.objects.get().state == State.FILED
    assert Review.objects.get().answers == {
        QUESTIONS[0]: {"verdict": "", "remark": ""},
        QUESTIONS[1]: {"verdict": "no", "remark": ""},
    }
    form = officer.get(at(need)).context["form"]
    assert (form[USEFUL].value(), form[SAFE].value()) == ("later", "no")


def test_an_acceptance_that_is_refused_shows_the_reasons_and_the_typed_answers(
    officer: Client, need: Need
) -> None:
    typed = {**UNREAD, USEFUL: "no", f"{USEFUL}_remark": "Pas ici.", "then": "accept"}
    response = officer.post(at(need), typed)
    page = words(response)
    assert response.status_code == 409
    assert f"Vous avez répondu non : {QUESTIONS[0]}" in page
    assert f"Répondez à : {QUESTIONS[1]}" in page
    assert "Pas ici." in page
    assert not Review.objects.exists()


def test_a_stale_appraisal_is_refused_and_shown_again_with_the_typed_answers(
    officer: Client, need: Need, by: Actor, answered: Any
) -> None:
    actions.judge(need, by=by, answers=answered())
    typed = {**UNREAD, USEFUL: "no", f"{USEFUL}_remark": "Mon avis.", "then": "save"}
    response = officer.post(at(need), typed)
    page = words(response)
    assert response.status_code == 409
    assert "Ce dossier a changé" in page
    assert f"{by.name}, « lecture de la recevabilité »." in page
    assert "Mon avis." in page
    assert 'name="version" value="1"' in page
    actions.accept(need, by=by)
    response = officer.post(at(need), {**typed, "version": 1})
    page = words(response)
    assert response.status_code == 409
    assert "Mon avis." in page
    assert Review.objects.get().answers == answered()


def test_an_officer_requests_supplements_and_the_association_answers_on_their_pages(
    officer: Client, member: Client, need: Need, paper: RequestedPaper
) -> None:
    Need.objects.update(context="<b>Douze</b> fontaines")
    page = words(officer.get(at(need, "demander/")))
    assert "« &lt;b&gt;Douze&lt;/b&gt; fontaines »" in page
    assert 'value="Ce document manque."' in page
    soon = timezone.localtime() + timedelta(days=7)
    response = officer.post(
        at(need, "demander/"),
        {
            "version": 0,
            "message": "Il manque deux choses.",
            "answer_by": f"{soon:%Y-%m-%dT%H:%M}",
            "on_objectives": "Pour qui ?",
            f"paper_{paper.pk}": "Ce document manque.",
        },
    )
    assert response.status_code == 302
    on_field, on_paper = Supplement.objects.get().items.order_by("pk")
    page = words(member.get(of(need, "besoins")))
    assert "Votre réseau attend des compléments" in page
    page = words(member.get(of(need, "complements")))
    assert "Il manque deux choses." in page
    assert "Objectifs : Pour qui ?" in page
    sent = {"version": 0, f"text_{on_field.pk}": "Six femmes.", "done": "on"}
    page = words(member.post(of(need, "complements"), sent, follow=True))
    assert "mais pas encore rendu. Répondez à : Statuts" in page
    assert "Six femmes." in page
    sent = {"version": 1, f"text_{on_field.pk}": "Six femmes.", "done": "on"}
    response = member.post(of(need, "complements"), {**sent, f"file_{on_paper.pk}": picture()})
    assert response["Location"] == of(need, "besoins")
    assert Need.objects.get().state == State.FILED
    page = words(officer.get(at(need)))
    assert "Six femmes." in page
    assert "lire le fichier" in page
    item = Supplement.objects.get().items.get(pk=on_paper.pk)
    for url in (f"pieces/lire/{Paper.objects.get().pk}/", f"complements/lire/{item.pk}/"):
        served = officer.get(f"/reseau/{need.network.slug}/{url}")
        assert b"".join(served.streaming_content)[:8] == b"\x89PNG\r\n\x1a\n"
    assert "Déjà demandés une fois" in page
    assert words(member.get(of(need, "complements"))).count("fichier remis") == 1


@pytest.mark.parametrize(
    ("rest", "typed"),
    [
        ("demander/", {"message": "Ma demande.", "on_days": "?"}),
        ("refuser/", {"ground": "other", "words": "Mes mots."}),
    ],
)
def test_a_stale_admissibility_verdict_is_refused_and_shown_again_with_the_typed_text(
    officer: Client, need: Need, by: Actor, answered: Any, rest: str, typed: dict[str, str]
) -> None:
    actions.judge(need, by=by, answers=answered())
    soon = f"{timezone.localtime() + timedelta(days=7):%Y-%m-%dT%H:%M}"
    sent = {"version": 0, "answer_by": soon, **typed}
    response = officer.post(at(need, rest), sent)
    page = words(response)
    assert response.status_code == 409
    assert "Ce dossier a changé" in page
    assert (typed.get("message") or typed["words"]) in page
    assert officer.post(at(need, rest), {**sent, "version": 1}).status_code == 302


def test_extending_a_supplement_deadline_from_a_stale_page_is_refused(
    officer: Client, need: Need, by: Actor, ask: Any
) -> None:
    supplement = ask(fields={"days": "?"})
    actions.extend(supplement, by=by, answer_by=timezone.now() + timedelta(days=9))
    soon = f"{timezone.localtime() + timedelta(days=12):%Y-%m-%dT%H:%M}"
    response = officer.post(at(need, "prolonger/"), {"version": 0, "answer_by": soon})
    assert response.status_code == 409
    assert f'value="{soon}"' in words(response)


def test_a_stale_answer_to_a_supplement_is_refused_and_shown_again_with_the_typed_text(
    member: Client, need: Need, own: Actor, ask: Any
) -> None:
    supplement = ask(fields={"days": "?"})
    item = supplement.items.get()
    actions.answer(supplement, by=own, answers={item.pk: ("Dix.", None)})
    response = member.post(of(need, "complements"), {"version": 0, f"text_{item.pk}": "Douze."})
    assert response.status_code == 409
    assert "Douze." in words(response)
    assert "Ce dossier a changé" in words(response)


def test_the_association_submits_requested_documents_before_filing_a_need(
    officer: Client, member: Client, need: Need, paper: RequestedPaper
) -> None:
    Need.objects.update(state=State.DRAFT)
    assert "Documents demandés par l’appel" in words(member.get(of(need, "besoins")))
    response = member.post(of(need, "pieces"), {f"file_{paper.pk}": picture()})
    assert response.status_code == 302
    page = words(member.get(of(need, "pieces")))
    assert "remis le" in page
    url = f"/association/{need.association.slug}/pieces/lire/{Paper.objects.get().pk}/"
    assert member.get(url)["Content-Type"] == "image/png"
    Need.objects.update(state=State.FILED)
    assert "ses documents ne changent plus" in words(member.get(of(need, "pieces")))
    assert member.post(of(need, "pieces"), {f"file_{paper.pk}": picture()}).status_code == 403


def test_submitting_a_file_that_is_not_a_document_is_refused(
    member: Client, need: Need, paper: RequestedPaper
) -> None:
    Need.objects.update(state=State.DRAFT)
    sent = {f"file_{paper.pk}": SimpleUploadedFile("a.pdf", b"MZ programme")}
    assert member.post(of(need, "pieces"), sent).status_code == 422
    assert not Paper.objects.exists()


def test_an_officer_writes_a_note_and_rejects_a_need_from_its_page(
    officer: Client, member: Client, need: Need
) -> None:
    officer.post(at(need, "noter/"), {"text": "À rappeler lundi."})
    assert Note.objects.count() == 1
    assert "À rappeler lundi." in words(officer.get(at(need)))
    assert officer.post(at(need, "refuser/"), {"version": 0}).status_code == 422
    sent = {"version": 0, "ground": "safety", "words": "Zone rouge."}
    assert officer.post(at(need, "refuser/"), sent).status_code == 302
    assert Need.objects.get().state == State.INADMISSIBLE
    assert officer.get(at(need, "refuser/")).status_code == 409
    for page in ("besoins", "pieces"):
        assert "rappeler lundi" not in words(member.get(of(need, page)))


def test_an_officer_extends_a_deadline_and_submits_a_draft_late_on_their_pages(
    officer: Client, need: Need, by: Actor, ask: Any
) -> None:
    ask(fields={"days": "?"})
    later = timezone.localtime() + timedelta(days=20)
    sent = {"version": 0, "answer_by": f"{later:%Y-%m-%dT%H:%M}"}
    assert officer.post(at(need, "prolonger/"), sent).status_code == 302
    draft = NeedFactory(network=need.network, call=need.call)
    home = f"/reseau/{need.network.slug}/recevabilite/tardifs/"
    assert officer.get(f"{home}{draft.pk}/").status_code == 404
    Call.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    page = words(officer.get(home))
    assert draft.title in page
    assert draft.objectives not in page
    assert officer.post(f"{home}{draft.pk}/", {"version": 0}).status_code == 422
    response = officer.post(f"{home}{draft.pk}/", {"version": 0, "reason": "Panne."})
    assert response["Location"] == at(draft)
    assert "Dépôt tardif accepté : Panne." in words(officer.get(at(draft)))


def test_the_admissibility_board_shows_which_needs_were_accepted_or_why_others_were_not(
    officer: Client, need: Need, by: Actor, answered: Any
) -> None:
    ready = NeedFactory(network=need.network, call=need.call, filed=True)
    Review.objects.create(need=ready, answers=answered())
    home = f"/reseau/{need.network.slug}/recevabilite/"
    sent = {"lines": [f"{need.pk}-0", f"{ready.pk}-0"], "verb": "accept"}
    page = words(officer.post(home, sent))
    done, left = page.split("Laissés en attente")
    assert ready.title in done.split("C’est fait")[1]
    assert f"Répondez à : {QUESTIONS[0]}" in left
    other = OfficerFactory(network=need.network)
    page = words(
        officer.post(home, {"lines": [f"{need.pk}-0"], "verb": "assign", "officer": other.pk})
    )
    assert "C’est fait" in page
    assert Need.objects.get(pk=need.pk).officer == other
    page = words(
        officer.post(home, {"lines": [f"{need.pk}-0"], "verb": "assign", "officer": other.pk})
    )
    assert "Ce dossier a changé" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"verb": "accept"}, "Cochez au moins un besoin."),
        ({"verb": "autre", "lines": ["1-0"]}, '<ul class="errorlist" id="id_verb_error">'),
        ({"verb": "assign", "lines": ["1-0"]}, "Choisissez à qui confier ces besoins."),
        ({"verb": "accept", "lines": ["1-0", "a"]}, "n’en fait pas partie"),
    ],
)
def test_an_invalid_list_of_ticked_needs_is_refused_with_the_reason(
    officer: Client, need: Need, sent: dict[str, Any], said: str
) -> None:
    response = officer.post(f"/reseau/{need.network.slug}/recevabilite/", sent)
    assert response.status_code == 422
    assert said in words(response)


def test_accepting_needs_of_another_network_changes_nothing(officer: Client, need: Need) -> None:
    foreign = NeedFactory(filed=True)
    sent = {"lines": [f"{foreign.pk}-0"], "verb": "accept"}
    page = words(officer.post(f"/reseau/{need.network.slug}/recevabilite/", sent))
    assert foreign.title not in page
    assert Need.objects.get(pk=foreign.pk).state == State.FILED


def test_pages_of_a_need_are_not_found_for_another_network(
    need: Need, session_of: Open, ask: Any
) -> None:
    ask(fields={"days": "?"})
    network = NetworkFactory()
    client = session_of(officer_actor(network))
    for rest in ("", "demander/", "prolonger/", "refuser/", "noter/"):
        url = at(need, rest).replace(need.network.slug, network.slug, 1)
        assert client.get(url).status_code == 404, rest


def test_the_admissibility_board_filters_needs_by_words_officer_call_and_state(
    officer: Client, need: Need, by: Actor
) -> None:
    mine = OfficerFactory(network=need.network)
    NeedFactory(
        network=need.network, call=need.call, filed=True, title="Puits de Sikasso", officer=mine
    )
    NeedFactory(network=need.network, call=need.call, state="returned", title="Revenu")
    home = f"/reseau/{need.network.slug}/recevabilite/"
    shown = {
        "": (True, True, False),
        "?q=sikasso": (False, True, False),
        "?officer=personne": (True, False, False),
        f"?officer={mine.pk}": (False, True, False),
        f"?call={need.call_id}": (True, True, False),
        "?state=returned": (False, False, False),
        "?after=pas-un-repere": (True, True, False),
    }
    for query, expected in shown.items():
        page = words(officer.get(home + query))
        titles = (need.title, "Puits de Sikasso", "Revenu")
        assert tuple(f"{title}</a>" in page for title in titles) == expected, query


def test_the_page_of_a_call_links_to_its_needs(officer: Client, need: Need) -> None:
    page = words(officer.get(f"/reseau/{need.network.slug}/appels/{need.call_id}/"))
    assert f"/recevabilite/?call={need.call_id}" in page
    assert "Dépôts tardifs" in page


def test_the_second_page_of_the_admissibility_board_follows_the_last_need_of_the_first(
    officer: Client, need: Need
) -> None:
    same = {"network": need.network, "call": need.call, "association": need.association}
    same |= {"project": need.project, "partner": need.partner, "state": "filed"}
    when = timezone.now()
    made = [NeedFactory(**same, filed_at=when) for _ in range(selectors.PAGE + 5)]
    actor = officer_actor(need.network)
    first, cursor = selectors.page_after(selectors.board(actor), "")
    second, end = selectors.page_after(selectors.board(actor), cursor)
    assert [each.pk for each in first + second] == [need.pk, *(each.pk for each in made)]
    assert end == ""
    page = words(officer.get(f"/reseau/{need.network.slug}/recevabilite/"))
    assert "Suite de la liste" in page


@given(st.text(max_size=60) | st.from_regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d[+ ]\d\d:\d\d_\d{1,30}"))
def test_a_malformed_pagination_cursor_of_the_admissibility_board_is_ignored(cursor: str) -> None:
    place = selectors.read_cursor(cursor)
    assert place is None or (timezone.is_aware(place[0]) and place[1] < 10**18)


def fill(need: Need, count: int) -> None:
    for number in range(count):
        other = NeedFactory(network=need.network, call=need.call, filed=True)
        Review.objects.create(need=other, answers={})
        OfficerFactory(network=need.network)
        RequestedPaper.objects.create(call=need.call, label=f"Document {number}")
        Note.objects.create(need=need, text="Note")
        NeedFactory(network=need.network, call=need.call)
    for paper in need.call.papers.all()[:count]:
        actor = association_actor(need.association)
        Need.objects.filter(pk=need.pk).update(state="draft")
        need.refresh_from_db()
        actions.hand_paper(need, by=actor, requested_paper=paper, file=PDF)
    Need.objects.filter(pk=need.pk).update(state="filed")


@pytest.mark.parametrize("count", [1, 30])
def test_pages_of_admissibility_stay_within_their_query_limits_at_any_size(
    count: int,
    officer: Client,
    member: Client,
    need: Need,
    ask: Any,
    django_assert_max_num_queries: Any,
) -> None:
    fill(need, count)
    home = f"/reseau/{need.network.slug}/recevabilite/"
    for url, most in (
        (home, 12),
        (f"{home}repartition/", 6),
        (f"{home}tardifs/", 4),
        (at(need), 18),
        (at(need, "demander/"), 8),
    ):
        with django_assert_max_num_queries(most):
            assert officer.get(url).status_code == 200
    need.refresh_from_db()
    ask(fields={"days": "?", "place": "?"})
    with django_assert_max_num_queries(7):
        assert member.get(of(need, "complements")).status_code == 200
    with django_assert_max_num_queries(8):
        assert member.get(of(need, "pieces")).status_code == 200


def test_the_response_times_on_the_admissibility_page_count_only_needs_of_its_network(
    member: Client, need: Need
) -> None:
    sentence = "Pas encore assez de dossiers"
    assert sentence in words(member.get(of(need, "besoins")))
    now = timezone.now()
    for days in (1, 2, 3, 4, 20):
        NeedFactory(
            network=need.network,
            call=need.call,
            state="admissible",
            filed_at=now - timedelta(days=days),
            state_since=now,
        )
    NeedFactory(state="admissible", filed_at=now - timedelta(days=90), state_since=now)
    page = words(member.get(of(need, "besoins")))
    assert "un dossier sur deux en 3 jours, à neuf sur dix en 14 jours (5 dossiers" in page
    last = timezone.localtime(need.filed_at) + timedelta(days=14)
    assert f"{date_format(last, 'j F Y')} au plus tard, neuf fois sur dix" in page


def test_the_page_of_a_draft_need_shows_the_failing_rules(member: Client, need: Need) -> None:
    Call.objects.update(eligibility={"pays": ["SN"]})
    Need.objects.update(state="draft", filed_at=None)
    page = words(member.get(of(need, "besoins")))
    assert "L’appel ne couvre pas ce pays : Madagascar." in page
