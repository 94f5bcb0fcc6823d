"""New dates of a mission: refusals, warnings shown before saving, and saved values."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from explor.actors.experts.models import Availability
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.ground.ui.days import date_format
from explor.journey.missions import actions, rules
from explor.journey.missions.models import ChecklistItem, Mission
from explor.journey.missions.pages import effects_of_postpone, url_of
from explor.journey.releases.models import Release
from factories import ExpertFactory, ProposalFactory, officer_actor
from support.missions import advise, on, prepared, widen

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
AGREED = "Association et personne, par téléphone, le 3 mars."


@pytest.fixture
def mission() -> Mission:
    """Return a mission 130 days ahead, whose need has a window from day 120 to day 180."""
    made = prepared(leaves_in=130)
    widen(made, on(120), on(180))
    return made


def refused(mission: Mission, first: int, last: int, agreed: str = "") -> list[str]:
    return rules.missing_to_move(mission, on(first), on(last), on(0), agreed)


def notes(mission: Mission, first: int = 140, last: int = 149) -> list[str]:
    return rules.notes_on_dates(mission, on(first), on(last), on(0))


def reading(verdict: str, *questions: str, code: str = "MCP") -> Any:
    return SimpleNamespace(
        code=code,
        label="Mécénat",
        verdict=verdict,
        why=["Préavis trop court."],
        questions=questions,
    )


@pytest.fixture
def schemes(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that sets the leave verdicts returned for any dates."""

    def read(*readings: Any) -> None:
        monkeypatch.setattr(rules.dates, "verdicts", lambda *args, **dates: list(readings))

    return read


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (120, 129, ""),
        (171, 180, ""),
        (119, 128, "Les dates sortent de la fenêtre du besoin, du {start} au {end}."),
        (172, 181, "Les dates sortent de la fenêtre du besoin, du {start} au {end}."),
    ],
)
def test_new_mission_dates_outside_the_window_of_the_need_are_refused(
    mission: Mission, first: int, last: int, reason: str
) -> None:
    window = {"start": f"{on(120):%d/%m/%Y}", "end": f"{on(180):%d/%m/%Y}"}
    asked = " Dites comment l’association et la personne les ont acceptées."
    expected = [reason.format(**window) + asked] if reason else []
    assert refused(mission, first, last) == expected
    assert refused(mission, first, last, AGREED) == []


def test_a_blank_text_does_not_count_as_agreement_on_dates_outside_the_window(
    mission: Mission,
) -> None:
    assert len(refused(mission, 190, 199, "   ")) == 1


def test_new_mission_dates_over_a_year_after_the_window_are_refused_even_if_agreed(
    mission: Mission,
) -> None:
    widen(mission, date(2027, 2, 13), date(2027, 3, 30))
    far = rules.missing_to_move(mission, date(2030, 1, 1), date(2030, 1, 12), on(0), AGREED)
    assert far == [
        "Ces dates sont trop loin : la mission finit au plus tard le 30/03/2028, un an après la "
        "fenêtre du besoin. Au-delà, il faut un nouveau besoin."
    ]


def test_new_mission_dates_taken_by_another_mission_of_the_person_are_refused(
    mission: Mission,
) -> None:
    other = prepared(leaves_in=150)
    Mission.objects.filter(pk=other.pk).update(expert=mission.expert)
    assert refused(mission, 159, 168) == ["Cette personne est déjà en mission à ces dates."]
    assert refused(mission, 160, 169) == []


def test_new_mission_dates_taken_by_a_proposal_that_the_person_accepted_are_refused(
    mission: Mission,
) -> None:
    ProposalFactory(expert=mission.expert, agreed=True, start=on(150), end=on(159))
    assert refused(mission, 155, 164) == ["Cette personne est déjà engagée à ces dates."]


def test_new_mission_dates_on_which_no_leave_scheme_is_possible_are_refused(
    mission: Mission, schemes: Callable[..., None]
) -> None:
    schemes(reading("closed"), reading("closed", code="CP"))
    reason = "Aucun cadre n’est possible à ces dates pour cette personne."
    assert refused(mission, 140, 149) == [reason]


@pytest.mark.parametrize(
    ("read", "possible"),
    [
        (reading("open"), True),
        (reading("ask"), False),
        (reading("ask", code="BSE"), True),
        (reading("closed", code="BSE"), False),
    ],
)
def test_a_person_without_employer_gets_new_dates_only_if_a_scheme_is_open_or_to_check(
    schemes: Callable[..., None], read: Any, possible: bool
) -> None:
    proposal = ProposalFactory(agreed=True, expert=ExpertFactory(alone=True))
    alone = prepared(leaves_in=130, release__proposal=proposal)
    assert alone.release.without_employer
    schemes(read)
    reason = "Aucun cadre n’est possible à ces dates pour cette personne."
    assert refused(alone, 140, 149) == ([] if possible else [reason])


def test_new_dates_give_no_warning_about_a_leave_scheme_while_none_is_chosen(
    mission: Mission, schemes: Callable[..., None]
) -> None:
    schemes(reading("closed"), reading("ask", "Accord de branche ?", code="CP"))
    Release.objects.filter(pk=mission.release_id).update(state="asked", scheme="")
    mission.release.refresh_from_db()
    assert notes(mission) == []


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (reading("open"), []),
        (reading("ask", "Accord de branche ?"),
         ["Le cadre « Mécénat » est à vérifier à ces dates : Accord de branche ?"]),
        (reading("closed"),
         ["Le cadre « Mécénat » est fermé à ces dates : Préavis trop court. Il en faut un autre."]),
    ],
)  # fmt: skip
def test_a_leave_scheme_to_check_or_closed_on_the_new_dates_gives_a_warning(
    mission: Mission, schemes: Callable[..., None], read: Any, expected: list[str]
) -> None:
    schemes(read)
    assert notes(mission) == expected


def test_new_dates_that_the_person_has_not_declared_free_give_a_warning(
    mission: Mission, schemes: Callable[..., None]
) -> None:
    schemes(reading("open"))
    Availability.objects.filter(expert=mission.expert).update(days=(on(100), on(145)))
    note = "La personne n’a pas déclaré être libre à toutes ces dates."
    assert notes(mission) == [note]
    assert notes(mission, 130, 144) == []
    assert notes(mission, 136, 145) == [note]  # the upper bound is not free


def test_another_pending_proposal_on_the_new_dates_gives_a_warning(
    mission: Mission, schemes: Callable[..., None]
) -> None:
    schemes(reading("open"))
    ProposalFactory(expert=mission.expert, start=on(145), end=on(154))
    assert notes(mission) == ["La personne est proposée pour une autre mission à ces dates."]


def test_travel_advice_that_forbids_the_place_gives_a_warning_before_postponing(
    mission: Mission, schemes: Callable[..., None]
) -> None:
    schemes(reading("open"))
    advise(mission, "R")
    (note,) = notes(mission)
    assert note.startswith("Conseils aux voyageurs, à relire avant le départ : ")
    assert "zone rouge" in note


def test_a_passport_that_expires_too_early_for_the_new_dates_gives_a_warning(
    mission: Mission, schemes: Callable[..., None]
) -> None:
    schemes(reading("open"))
    passport = ChecklistItem.objects.get(mission=mission, code="passport")
    passport.valid_until = on(150)
    passport.save()
    (note,) = notes(mission)
    assert note.startswith("Le passeport doit être valable jusqu’au ")


def test_an_agreement_on_dates_outside_the_window_is_saved_journaled_and_emailed(
    mission: Mission,
) -> None:
    by = officer_actor(mission.network)
    move = {"start": on(190), "end": on(199), "reason": "Pluies.", "window_agreement": AGREED}
    actions.postpone(mission, by=by, **move)
    mission.refresh_from_db()
    assert (mission.start, mission.window_agreement) == (on(190), AGREED)
    (entry,) = Entry.objects.about(mission).filter(verb="postpone")
    assert entry.details == {
        "start": str(on(190)), "end": str(on(199)), "window_agreement": AGREED
    }  # fmt: skip
    bodies = {each.body for each in Message.objects.filter(kind="missions.postpone")}
    said = f"Ces dates sortent de la fenêtre du besoin. Accord noté : {AGREED}"
    dates = f"La mission va maintenant du {date_format(on(190))} au {date_format(on(199))}."
    what = f"Mission reportée au {date_format(on(190))}"
    assert bodies == {f"{what}\n\n{dates}\n\nPluies.\n\n{said}"}


def test_an_agreement_text_is_not_saved_for_dates_inside_the_window(mission: Mission) -> None:
    by = officer_actor(mission.network)
    move = {"start": on(150), "end": on(159), "reason": "Pluies.", "window_agreement": AGREED}
    actions.postpone(mission, by=by, **move)
    mission.refresh_from_db()
    assert mission.window_agreement == ""


def test_postponing_outside_the_window_without_agreement_is_refused(mission: Mission) -> None:
    by = officer_actor(mission.network)
    with pytest.raises(ActionNotAllowed, match="Les dates sortent de la fenêtre du besoin"):
        actions.postpone(mission, by=by, start=on(190), end=on(199), reason="Pluies.")
    mission.refresh_from_db()
    assert mission.start == on(130)


def page(session_of: Session, mission: Mission) -> tuple[Client, str, dict[str, Any]]:
    """Return an officer's client, the URL of the postponement, and the form data as first shown."""
    actor = officer_actor(mission.network)
    client, url = session_of(actor), f"{url_of(actor, mission)}reporter/"
    form = client.get(url).context["form"]
    empty = {name: form[name].value() for name in form.fields}
    empty = {name: "" if value is None else value for name, value in empty.items()}
    return client, url, {**empty, "reason": "Pluies."}


def test_new_dates_are_saved_only_after_the_page_has_shown_the_warnings(
    session_of: Session, mission: Mission
) -> None:
    Availability.objects.filter(expert=mission.expert).delete()
    client, url, form = page(session_of, mission)
    typed = {**form, "start": str(on(140)), "end": str(on(149))}
    shown = client.post(url, typed)
    assert shown.status_code == 422
    assert "La personne n’a pas déclaré être libre à toutes ces dates." in shown.content.decode()
    mission.refresh_from_db()
    assert mission.start == on(130)
    confirmed = {**typed, "read": shown.context["form"]["read"].value()}
    assert (
        client.post(url, {**confirmed, "start": str(on(141)), "end": str(on(150))}).status_code
        == 422
    )
    assert client.post(url, confirmed).status_code == 302
    mission.refresh_from_db()
    assert mission.start == on(140)


def test_the_postponement_page_shows_why_dates_are_refused_and_keeps_the_typed_values(
    session_of: Session, mission: Mission
) -> None:
    client, url, form = page(session_of, mission)
    response = client.post(url, {**form, "start": str(on(190)), "end": str(on(199))})
    text = response.content.decode()
    assert response.status_code == 409
    assert ("Les dates sortent de la fenêtre du besoin" in text, str(on(190)) in text) == (
        True,
        True,
    )
    agreed = {"start": str(on(190)), "end": str(on(199)), "window_agreement": AGREED}
    shown = client.post(url, {**form, **agreed})
    read = shown.context["form"]["read"].value()
    assert client.post(url, {**form, **agreed, "read": read}).status_code == 302
    mission.refresh_from_db()
    assert (mission.start, mission.window_agreement) == (on(190), AGREED)
    actor = officer_actor(mission.network)
    assert AGREED in session_of(actor).get(url_of(actor, mission)).content.decode()


def test_the_postponement_page_shows_the_window_the_free_days_and_other_missions(
    session_of: Session, mission: Mission
) -> None:
    other = prepared(leaves_in=300)
    Mission.objects.filter(pk=other.pk).update(expert=mission.expert)
    Availability.objects.filter(expert=mission.expert).update(days=(on(100), on(146)))
    client, url, _ = page(session_of, mission)
    assert client.get(url).context["choices"] == [
        ("Durée", "de 7 à 15 jours"),
        ("Fenêtre du besoin", f"du {on(120):%d/%m/%Y} au {on(180):%d/%m/%Y}"),
        ("Jours libres déclarés", f"du {on(100):%d/%m/%Y} au {on(145):%d/%m/%Y}"),
        ("Déjà prise", f"du {on(300):%d/%m/%Y} au {on(309):%d/%m/%Y}"),
    ]


@pytest.mark.parametrize(("state", "announced"), [("agreed", True), ("asked", False)])
def test_the_postponement_page_announces_an_amendment_when_there_is_an_agreement(
    mission: Mission, state: str, announced: bool
) -> None:
    Release.objects.filter(pk=mission.release_id).update(state=state)
    mission.release.refresh_from_db()
    effects = effects_of_postpone(officer_actor(mission.network), mission)
    said = [each.what for each in effects.happens if "avenant" in each.what]
    assert bool(said) is announced
