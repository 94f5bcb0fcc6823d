"""URLs, filters, facts, progress, panels and confirmation texts of the pages of missions."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from explor.actors.projects.models import Project
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.reference.selectors import label, terms
from explor.ground.travel_advice.rules import Outcome
from explor.ground.ui import hooks
from explor.ground.ui.amounts import counted, euros
from explor.ground.ui.days import date_format
from explor.ground.ui.parts import Panel, ProgressStep, panels_of, progress_of
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.proposals.pages import trail_of
from explor.journey.proposals.states import State as Proposed

from .. import rules, selectors
from ..models import ChecklistItem, Mission
from ..states import BEFORE, MISSION, PROPERTIES, State, properties_of, states_where

BUT = ", sauf l’employeur, qui lit le fait seul"


def tone_of(mission: Mission) -> str:
    """Return the tone ("good", "warn"...) of the state badge of a mission."""
    return properties_of(mission.state).tone


def name_of(mission: Mission) -> str:
    """Return the number of a mission and the title of its need, as shown in lists and links."""
    return f"{mission.file_number} · {mission.need.title}"


def filters_of(query: Mapping[str, str]) -> dict[str, str]:
    """Return the filters `q`, `state`, `country` and `month` of a query string, "" when absent."""
    return {name: query.get(name, "").strip() for name in ("q", "state", "country", "month")}


def url_of(actor: Actor, mission: Mission) -> str:
    """Return the URL of the page of a mission in the role of `actor`."""
    args = [mission.pk] if actor.role == "expert" else [actor.key, mission.pk]
    return reverse(f"missions:{actor.role}_mission", args=args)


def facts_of(actor: Actor, mission: Mission) -> list[tuple[str, object]]:
    """Return the facts about a mission that `actor` may read, as (label, value) pairs."""
    return [
        ("Association", mission.association.name),
        ("Experte ou expert", mission.expert.person.name),
        *_employer_of(mission),
        ("Pays", label("countries", mission.country)),
        ("Lieu", mission.place),
        *_days_of(mission),
        ("Objectifs", mission.need.objectives),
        ("Résultats attendus", mission.need.expected_results),
        *((name, value) for name, value in _of_what_happened(actor, mission) if value),
    ]


def _of_what_happened(actor: Actor, mission: Mission) -> list[tuple[str, object]]:
    """Return (label, value) facts on the changes and the end of a mission, with blank values."""
    cause = terms("causes").get(mission.cause)
    why = [("Cause", cause.label if cause else ""), ("Circonstances", mission.cause_note)]
    return [
        ("Accord hors de la fenêtre du besoin", mission.window_agreement),
        *(why if rules.can_read_cause(actor.role) else []),
        ("Dépenses perdues", euros(mission.sunk_cost) if mission.sunk_cost is not None else ""),
    ]


def _employer_of(mission: Mission) -> list[tuple[str, object]]:
    """Return the (label, value) fact about the employer, [] when the person has none."""
    if mission.employer is None and mission.expert.without_employer:
        return []
    return [("Employeur", mission.employer.name if mission.employer else "")]


def dates_of(mission: Mission) -> str:
    """Return the days of a mission in a few words: real once recorded, planned before."""
    stay = mission.stay
    if stay is None:
        return f"prévue {_span(mission.start, mission.end)}"
    return _span(stay.start, stay.end)


def _span(start: date, end: date) -> str:
    first = date_format(start, "j N" if start.year == end.year else "j N Y")
    return f"du {first} au {date_format(end, 'j N Y')}"


def _days_of(mission: Mission) -> list[tuple[str, object]]:
    """Return the planned days of a mission and, once recorded, the real ones."""
    stay = mission.stay
    real = [
        ("Parti le", stay and stay.start_is_real and f"{stay.start:%d/%m/%Y}"),
        ("De retour le", stay and stay.end_is_real and f"{stay.end:%d/%m/%Y}"),
    ]
    planned = [
        ("Départ prévu", f"{mission.start:%d/%m/%Y}"),
        ("Retour prévu", f"{mission.end:%d/%m/%Y}"),
    ]
    return [*planned, *((name, day) for name, day in real if day)]


def steps(need: Any, seat: int | None = None) -> list[ProgressStep]:
    """Return the progress bar steps of the mission of a need, of the least advanced if several."""
    missions = selectors.of_seats(need, seat)
    if not missions:
        return [
            ProgressStep(label=name, state="next") for name in ("Préparation", "Mission", "Retour")
        ]
    order = list(State)
    mission = min(missions, key=lambda each: order.index(State(each.state)))
    who, stay = mission.expert.person.name, mission.stay
    if properties_of(mission.state).is_outcome:
        label_ = mission.get_state_display().capitalize()
        when = stay.end if stay else mission.ended_on
        return [ProgressStep(label=label_, state="present", who=who, when=when)]
    at = [each for each in order if not PROPERTIES[each].is_outcome].index(State(mission.state))
    note = "feu vert donné" if mission.state == State.CLEARED else ""
    return [
        ProgressStep(
            label="Préparation", state="present" if at < 2 else "done", who=who, note=note
        ),
        ProgressStep(
            label="Mission", state=_state(at, 2), who=who, when=stay.start if stay else None
        ),
        ProgressStep(
            label="Retour",
            state="done" if at >= 3 else "next",
            who=who,
            when=stay.end if stay else None,
        ),
    ]


def _state(at: int, own: int) -> Any:
    return "done" if at > own else "present" if at == own else "next"


def for_need(request: Request, need: Any) -> Panel | None:
    """Return the panel of the missions of a need that the actor may see; None if there is none."""
    actor = request.actor
    missions = list(selectors.with_related(Mission.objects.visible_to(actor)).filter(need=need.pk))
    if not missions:
        return None
    rows = [(mission, url_of(actor, mission), dates_of(mission)) for mission in missions]
    return Panel(title="Missions", template="missions/_panel_need.html", context={"rows": rows})


def public_missions(project: Project) -> list[dict[str, Any]]:
    """Return the missions of a project, except cancelled ones, for its public sheet.

    Returns:
        Dicts of texts without personal data: `title`, `when` (mm/yyyy, "" without travel),
        `state`, `summary` and `recommendations` ("" unless a `sheet:results` hook fills them).
    """
    counted = states_where(is_counted=True)
    shown = Mission.objects.filter(need__project=project, state__in=counted)
    return [
        {
            "title": mission.need.title,
            "when": f"{mission.stay.start:%m/%Y}" if mission.stay else "",
            "state": mission.get_state_display(),
            "summary": "",
            "recommendations": "",
            **{
                k: v
                for results_of in hooks.get("sheet:results")
                for k, v in results_of(mission).items()
            },
        }
        for mission in shown.select_related("need").order_by("start", "pk")
    ]


def context_of(request: Request, mission: Mission) -> dict[str, Any]:
    """Return the context of the page of a mission: facts, preparation, blockers, journal.

    `blockers` are listed on the page, empty once the expert has left or the mission ended;
    `refused` says by verb why its button is disabled. That of the clearance leaves out the
    blockers that the officer lifts with a reason or an override.
    """
    today, before = timezone.localdate(), mission.state in BEFORE
    advice = rules.advice_on(mission, today) if before else None
    unready = rules.unready(mission, today) if before else []
    # Orange, red and closed advice do not disable the button: its form asks for the reasons.
    left = len(unready) + (advice is not None and advice.outcome == Outcome.TO_READ)
    blockers = [*unready, *(rules.against(mission, advice) if advice else [])]
    if request.actor.role == "employeur":
        blockers = rules.for_employer(mission, blockers)
    late = rules.likely_departure(mission, today)
    leaving = rules.advice_on(mission, late) if advice and late < today else advice
    held = [*unready, *(rules.against(mission, leaving) if leaving else [])]
    mission.release.proposal.read_with = mission  # saves queries when the stages are shown
    return {
        "mission": mission,
        "dates": dates_of(mission),
        "tone": tone_of(mission),
        "progress": progress_of(mission.need, mission.release.proposal_id),
        "facts": facts_of(request.actor, mission),
        "columns": ["À faire", "Par", "Pour le", "État"],
        "advice": advice,
        "blockers": blockers,
        "refused": _refused(mission, left, held),
        "panels": panels_of(request, "mission", mission),
        "trail": trail_of(request.actor, mission.release.proposal, request.path),
        "entries": Entry.objects.about(mission) if request.actor.role == "reseau" else [],
    }


def _refused(mission: Mission, left: int, held: list[str]) -> dict[str, str]:
    """Return, by verb, why its button is disabled, "" when it is not."""
    seat = "" if mission.release.proposal.state == Proposed.AGREED else rules.NO_SEAT
    today = timezone.localdate()
    day = rules.likely_departure(mission, today)
    late = rules.blockers_of_departure_day(mission, day, today) or held
    return {
        "clear": f"Il reste {counted(left, 'point')}, à lire ci-dessous." if left else "",
        "depart": " ".join(late) if mission.state == State.CLEARED else "",
        **dict.fromkeys(("postpone", "go_remote"), seat),
    }


# Texts of the confirmation page of each verb (workflow action).


def word_of_tick(actor: Actor, item: ChecklistItem) -> str:
    """Return the name of the party for which `actor` ticks a step; "" for the actor's own step."""
    return "" if actor.role == item.party else item.mission.name_of(item.party)


def blockers_of_clear(actor: Actor, mission: Mission) -> list[str]:
    """Return why `actor` cannot clear the mission, even with a reason or an override; else []."""
    advice = rules.advice_on(mission, timezone.localdate())
    unread = rules.against(mission, advice) if advice.outcome == Outcome.TO_READ else []
    own = rules.own_seat(actor, mission.expert)
    return [*own, *rules.unready(mission, timezone.localdate()), *unread]


def notes_of_clear(actor: Actor, mission: Mission) -> list[str]:
    """Return what an officer must justify before a clearance, and other remarks to read."""
    advice = rules.advice_on(mission, timezone.localdate())
    justify = [] if advice.outcome == Outcome.TO_READ else rules.against(mission, advice)
    return [*justify, *rules.remarks_on(mission)]


def blockers_of_close(actor: Actor, mission: Mission) -> list[str]:
    """Return why the mission cannot be closed, empty when it can."""
    return rules.missing_to_close(mission)


def parties_of(mission: Mission, reads: str) -> tuple[Notified, ...]:
    """Return the parties notified about a mission; `reads` describes the email they receive."""
    who = ["L’experte ou l’expert", "l’association", "le réseau"]
    who += ["l’employeur"] if mission.employer_id else []
    return (Notified(", ".join(who), reads),)


def effects_of_clear(actor: Actor, mission: Mission) -> Effects:
    return Effects(
        happens=(
            Consequence("La mission a le feu vert."),
            Consequence(
                "La situation est relue 15 jours avant, 3 jours avant et le jour même. Avant le "
                "premier jour, une zone qui devient rouge ou un pays fermé retire le feu vert ; "
                "ensuite, toutes les parties sont alertées."
            ),
            Consequence("Le départ peut être confirmé.", mission.start - rules.EARLY),
        ),
        notified=parties_of(mission, "« Feu vert donné », et vos motifs s’il y en a"),
        undo=(
            Undo("Jusqu’au départ", "Vous pouvez retirer le feu vert, avec un motif, ou reporter."),
        ),
    )


def effects_of_suspend(actor: Actor, mission: Mission) -> Effects:
    return Effects(
        happens=(
            Consequence("La mission revient en préparation : personne ne peut partir."),
            Consequence("Les dérogations écrites avec le feu vert sont effacées."),
        ),
        notified=parties_of(mission, f"« Feu vert retiré », et votre motif{BUT}"),
        undo=(Undo("Jusqu’au départ prévu", "Le feu vert peut être donné de nouveau."),),
    )


def effects_of_close(actor: Actor, mission: Mission) -> Effects:
    return Effects(
        happens=(
            Consequence("Le dossier est clos : plus rien ne s’y décide."),
            Consequence("Le suivi des recommandations continue."),
        ),
        notified=parties_of(mission, "« Mission close »"),
    )


NEW_ONE = Undo("Ensuite", "La mission ne reprend pas : il en faut une nouvelle.")
CAN_UNDO = Undo(
    "Tant que rien n’en découle",
    "Vous pouvez retirer une interruption notée par erreur, avec un motif : tant que le compte "
    "rendu n’est pas commencé et que les jours libérés ne sont pas pris.",
)


def effects_of_outcome(verb: str) -> Callable[[Actor, Mission], Effects]:
    """Return the function that computes the effects of `verb`, from the state that it leads to."""
    target = next(row.target for row in MISSION.transitions if row.verb == verb)
    reached, label_ = properties_of(target), State(target).label

    def effects(actor: Actor, mission: Mission) -> Effects:
        happens = [Consequence(f"La mission est {label_}.", timezone.localdate())]
        if reached.frees_seat and rules.holds_seat(mission):
            happens += [
                Consequence("La place est de nouveau libre : la recherche peut reprendre."),
                Consequence("Les jours de la personne sont de nouveau libres."),
            ]
        elif not (reached.frees_seat or reached.holds_days):
            happens += [Consequence("Les jours de la personne sont de nouveau libres.")]
        elif reached.has_left:
            happens += [
                Consequence("La mission finit le jour que vous donnez ; les suivants sont libres.")
            ]
        if reached.needs_report:
            happens += [Consequence("Le compte rendu est attendu ; accepté, il permet de clore.")]
        return Effects(
            happens=happens,
            notified=parties_of(mission, f"« Mission {label_} », et les circonstances{BUT}"),
            undo=(CAN_UNDO if MISSION.allows(target, "undo_return", "reseau") else NEW_ONE,),
        )

    return effects
