"""URLs, tasks, panels and texts for the pages of admissibility and of its actions."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince

from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.ui.parts import Panel, Task
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.calls.models import Call
from explor.journey.eligibility.rules import RuleResult
from explor.journey.needs.models import Need
from explor.journey.needs.rules import barriers
from explor.journey.needs.states import BEFORE, State

from . import emails, rules, selectors
from .models import Supplement

# The title of the link to the page of admissibility, by state of the need.
PURPOSE: dict[str, str] = {
    State.FILED: "Examiner la recevabilité",
    State.RETURNED: "Suivre les compléments",
}


def tasks_of_association(actor: Actor) -> list[Task]:
    """Return one task for each request for supplements to answer by the association, 50 at most."""
    return [
        Task(
            title=f"Donner les compléments de « {each.need.title} »",
            url=reverse("admissibility:association_answer", args=[actor.key, each.need_id]),
            why=f"{each.need.network} les demande, une seule fois.",
            until=timezone.localdate(each.answer_by),
            urgent=True,
        )
        for each in selectors.awaited(actor)[:50]
    ]


def summary_of(need: Need) -> str:
    """Return one line of text: association of a need, time since its filing, officer in charge."""
    parts = [need.association.name]
    if need.filed_at:
        parts[0] += f", déposé il y a {timesince(need.filed_at)}"
    if need.officer:
        parts.append(f"suivi par {need.officer.person.name}")
    return " · ".join(parts)


def failing_labels(results: Sequence[RuleResult]) -> str:
    """Return the labels of the rules that do not hold, separated by commas."""
    return ", ".join(each.label for each in rules.failing(results))


def overdue_tasks(actor: Actor, late: Sequence[Supplement]) -> list[Task]:
    """Return a task for each overdue request for supplements: extend it, or reject the need."""
    return [
        Task(
            title=f"Prolonger, ou refuser « {each.need.title} »",
            url=reverse("admissibility:reseau_need", args=[actor.key, each.need_id]),
            why=f"{each.need.association} n’a pas donné ses compléments à temps.",
            until=timezone.localdate(each.answer_by),
        )
        for each in late
    ]


def for_association(request: Request, need: Need) -> Panel | None:
    """Return the panel of admissibility for the association's page of a need.

    None for the need of an imported mission, which nobody judges.
    """
    if need.state == State.TAKEN_OVER:
        return None
    before, clock = need.state in BEFORE, selectors.clock_of(need.network_id)
    context = {
        "need": need,
        "supplement": selectors.supplement_of(need) if need.state == State.RETURNED else None,
        "readings": selectors.results_of([need])[need.pk] if before else [],
        "papers": selectors.papers_of(need),
        "waits": need.state == State.FILED,
        "clock": rules.clock_sentence(clock),
        "likely": _likely(need, clock),
    }
    template = "admissibility/_panel_association.html"
    return Panel(title="Recevabilité", template=template, context=context)


def _likely(need: Need, clock: rules.Clock) -> datetime | None:
    if need.state != State.FILED or need.filed_at is None or clock.ninetieth is None:
        return None
    return need.filed_at + timedelta(days=clock.ninetieth)


def for_network(request: Request, need: Need) -> Panel | None:
    """Return the panel of the results of the rules on a need, for the page of its network.

    None for the need of an imported mission, which nobody judges.
    """
    if need.state == State.TAKEN_OVER:
        return None
    context = {
        "need": need,
        "readings": selectors.filings_of([need])[need.pk].evaluate(need),
        "purpose": PURPOSE.get(need.state, "Revoir la lecture"),
    }
    return Panel(title="Recevabilité", template="admissibility/_panel_reseau.html", context=context)


def for_call(request: Request, call: Call) -> Panel:
    """Return the panel that links the page of a call to the admissibility of its needs."""
    context = {"call": call, "late": call.state in ("open", "closed")}
    template = "admissibility/_panel_call.html"
    return Panel(title="Recevabilité des besoins", template=template, context=context)


ONCE = "Déjà demandés une fois : décidez."
WAIVABLE = (
    "Ce n’est pas un obstacle au dépôt ; la règle devra être levée par un motif à la lecture."
)


def need_url(actor: Actor, need: Need) -> str:
    """Return the URL of the network's page on the admissibility of a need."""
    return reverse("admissibility:reseau_need", args=[actor.key, need.pk])


def next_url(actor: Actor, need: Need) -> str:
    """Return the URL of the filed need to examine after `need`, or of the board if none is left."""
    following = selectors.next_after(need, actor)
    if following is None:
        return reverse("admissibility:reseau_board", args=[actor.key])
    return need_url(actor, following)


def late_url(actor: Actor, need: Need) -> str:
    """Return the URL of the list of needs that an officer may submit after their call closed.

    `need` is unused.
    """
    return reverse("admissibility:reseau_late", args=[actor.key])


def refused_verbs(need: Need, supplement: Supplement | None, interest: str) -> dict[str, str]:
    """Return why `request_changes` and `reject` are refused, by verb; "" for a verb allowed.

    `interest` is why this officer does not examine the need, "" when nothing prevents it.
    """
    return {
        "request_changes": interest or (ONCE if supplement else ""),
        "reject": interest or " ".join(rules.missing_to_reject(need, supplement)),
    }


def blockers_of_request_changes(actor: Actor, need: Need) -> list[str]:
    """Return why `actor` cannot request supplements (tied to the association, already requested).

    Empty when they can.
    """
    requested = [ONCE] if selectors.supplement_of(need) else []
    return selectors.interests(actor, need) + requested


def blockers_of_reject(actor: Actor, need: Need) -> list[str]:
    """Return why `actor` cannot reject the need (tied to the association, supplements awaited).

    Empty when they can.
    """
    missing = rules.missing_to_reject(need, selectors.supplement_of(need))
    return selectors.interests(actor, need) + missing


def notes_of_submit_late(actor: Actor, need: Need) -> list[str]:
    """Return a warning for each rule that the need fails: an officer must waive it to accept.

    The closing date counts as waived, and the rule on the window of dates is left out.
    """
    filing = selectors.filings_of([need])[need.pk]
    unmet = barriers(need, others=filing.others, at=filing.at, deadline_waived=True)
    return [f"{why} {WAIVABLE}" for why in unmet]


def effects_of_request_changes(actor: Actor, need: Need) -> Effects:
    return Effects(
        happens=[
            Consequence("Le besoin revient à l’association, qui le complète et le rend."),
            Consequence("Les compléments se demandent une seule fois."),
        ],
        notified=[Notified(need.association.name, "« À compléter », votre demande et l’échéance")],
        undo=[
            Undo("Jusqu’à la réponse", "Vous pouvez prolonger l’échéance."),
            Undo("Après l’échéance", "Vous pouvez refuser le besoin resté sans réponse."),
        ],
    )


def effects_of_reject(actor: Actor, need: Need) -> Effects:
    return Effects(
        happens=[Consequence("Le besoin s’arrête ici : aucun comité ne le lira.")],
        notified=[Notified(need.association.name, "« Non recevable », le motif et vos mots")],
        undo=[Undo("Ensuite", "L’association peut reprendre ses textes dans un nouveau besoin.")],
    )


def effects_of_extend(actor: Actor, supplement: Supplement) -> Effects:
    until = emails.deadline_sentence(supplement)
    return Effects(
        happens=[Consequence(f"L’échéance actuelle, {until}, est remplacée.")],
        notified=[Notified(supplement.need.association.name, "la nouvelle échéance")],
        undo=[Undo("Jusqu’à la réponse", "Vous pouvez changer encore l’échéance.")],
    )


def effects_of_submit_late(actor: Actor, need: Need) -> Effects:
    return Effects(
        happens=[
            Consequence("Le besoin est déposé : il attend votre lecture."),
            Consequence("Votre motif est gardé avec le dossier."),
        ],
        notified=[
            Notified(need.association.name, "un accusé de réception"),
            Notified(need.network.name, "« Besoin déposé »"),
        ],
        undo=[Undo("À tout moment", "Le besoin peut être retiré, avec un motif.")],
    )
