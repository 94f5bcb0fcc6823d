"""URLs, texts, tasks and effects of actions for the pages of calls."""

from datetime import date, datetime
from operator import attrgetter, methodcaller

from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.ground.ui.amounts import euros
from explor.ground.ui.days import date_format
from explor.ground.ui.export import Columns
from explor.ground.ui.parts import Task
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo

from . import rules
from .models import Call, Envelope
from .selectors import closed_followers, papers_of, proposed_calls, shared_with
from .states import State

# The columns of the file of the list.
EXPORTED: Columns = {
    "Numéro": attrgetter("file_number"),
    "Appel": attrgetter("title"),
    "État": methodcaller("get_state_display"),
    "Ouverture": attrgetter("opens_at"),
    "Clôture": attrgetter("closes_at"),
    "Besoins": attrgetter("needs_count"),
}


def url_of(actor: Actor, call: Call) -> str:
    """Return the URL of a call, for an officer of its network."""
    return reverse("calls:reseau_call", args=[actor.key, call.pk])


def list_url(actor: Actor, call: Call) -> str:
    """Return the URL of the list of calls of the network; `call` is unused."""
    return reverse("calls:reseau_calls", args=[actor.key])


def blockers_of_open(actor: Actor, call: Call) -> list[str]:
    """Return the reasons why a call cannot be opened, empty when it can."""
    return rules.missing_to_open(call)


def effects_of_open(actor: Actor, call: Call) -> Effects:
    closing = rules.last_instant(call)
    happens = [Consequence("L’appel paraît sur le site, avec ses règles et sa grille.")]
    happens.append(Consequence("Les associations du réseau déposent leurs besoins.", call.opens_at))
    if closing and not call.rolling:
        happens.append(Consequence("Le dépôt se clôt de lui-même.", closing))
    undo = Undo("Tant que l’appel est ouvert", "Vous pouvez clore le dépôt, puis le rouvrir.")
    notified = _authors_notified(reopening_of(call)) + [
        Notified(str(each.network), "« Appel commun rouvert » : son dépôt, lui, reste clos")
        for each in closed_followers(call)
    ]
    return Effects(happens=happens, notified=notified, undo=[undo])


def effects_of_close(actor: Actor, call: Call) -> Effects:
    happens = [
        Consequence("Plus aucun besoin ne se dépose sur cet appel."),
        Consequence("Les brouillons restent ; vous pouvez en déposer un sur demande, avec motif."),
    ]
    undo = Undo(
        "Tant que l’appel n’est pas terminé",
        "Vous pouvez rouvrir l’appel, si sa clôture est à venir.",
    )
    return Effects(happens=happens, notified=_authors_notified(early_closing_of(call)), undo=[undo])


def early_closing_of(call: Call) -> list[str]:
    """Return what those who prepare a need are told if the call closed now; [] if they know it."""
    if call.state != State.OPEN:
        return []
    if call.rolling or call.closes_at is None:
        return ["Le dépôt est clos dès maintenant."]
    if call.closes_at <= timezone.now():
        return []
    return ["Le dépôt est clos dès maintenant, avant la date annoncée."]


def reopening_of(call: Call) -> list[str]:
    """Return what those who prepare a need are told if a closed call opened; [] if it was not."""
    if call.state != State.CLOSED:
        return []
    if call.rolling or call.closes_at is None:
        return ["Le dépôt est rouvert, au fil de l’eau."]
    closing = date_format(call.closes_at, "j F Y à H:i")
    return [f"Le dépôt est rouvert, jusqu’au {closing} (heure de Paris)."]


def _authors_notified(sentences: list[str]) -> list[Notified]:
    who = "Les associations qui préparent un besoin"
    return [Notified(who, f"« L’appel a changé » : {each}") for each in sentences]


def effects_of_end(actor: Actor, call: Call) -> Effects:
    happens = [
        Consequence(
            "L’appel est terminé : ses règles, sa grille et ses documents ne changent plus."
        ),
        Consequence("Aucune enveloppe ne s’y ajoute ; un montant se corrige avec un motif."),
    ]
    followers = [each.network.name for each in shared_with(call)]
    notified = [Notified(name, "que chacun change désormais le sien") for name in followers]
    undo = [Undo("Jamais", "Un appel terminé ne se rouvre pas.")]
    return Effects(happens=happens, notified=notified, undo=undo)


def effects_of_share(actor: Actor, call: Call) -> Effects:
    happens = [
        Consequence("Ce réseau reçoit l’appel en préparation, avec vos dates, règles et grille."),
        Consequence("Ce que vous changerez ensuite changera aussi chez lui."),
    ]
    notified = [
        Notified("Le réseau choisi", "« Appel commun proposé », avec le lien pour le relire")
    ]
    undo = [Undo("Jusqu’à ce qu’il l’ouvre", "Ce réseau peut décliner l’appel.")]
    return Effects(happens=happens, notified=notified, undo=undo)


def notes_of_change_envelope(actor: Actor, envelope: Envelope) -> list[str]:
    """Return the amount of an envelope, then what was promised from it; [] if nothing was."""
    uses = [line for read in hooks.get("calls.envelope_uses") for line in read(envelope)]
    return [f"Cette enveloppe est de {euros(envelope.amount, short=True)}.", *uses] if uses else []


def effects_of_change_envelope(actor: Actor, envelope: Envelope) -> Effects:
    return Effects(
        happens=(
            Consequence("L’enveloppe de l’appel change, et ce qu’il en reste."),
            Consequence("La page publique de l’appel montre le nouveau montant."),
            Consequence("Ce que le comité a déjà accordé ne change pas."),
        ),
        undo=(Undo("À tout moment", "Remettez l’ancien montant, que le journal garde."),),
    )


def effects_of_decline(actor: Actor, call: Call) -> Effects:
    lead = call.lead.network.name if call.lead else "L’autre réseau"
    return Effects(
        happens=[Consequence("L’appel proposé disparaît de vos appels.")],
        notified=[Notified(lead, "« Appel commun décliné »")],
        undo=[Undo("Ensuite", f"{lead} peut vous le proposer de nouveau.")],
    )


def lead_of_edit(call: Call) -> str:
    """Return the sentence on who is notified of the changes of an open call, "" if not open."""
    if call.state != State.OPEN:
        return ""
    return "Les associations qui préparent un besoin sont prévenues des dates et règles changées."


def conditions_of(call: Call) -> list[str]:
    """Return the conditions to file on the call: sentences from the hook `calls:conditions`."""
    return [sentence for read in hooks.get("calls:conditions") for sentence in read(call)]


def paper_lines(call: Call) -> list[str]:
    """Return a line for each document that the call requests: « Statuts (nécessaire) : Signés »."""
    return [
        f"{each.label} ({'nécessaire' if each.needed else 'facultatif'})"
        + (f" : {each.help}" if each.help else "")
        for each in papers_of(call)
    ]


def changed_terms(before: Call, after: Call) -> list[str]:
    """Return a sentence for each change of the dates, durations and limits of a call.

    Associations read these terms before they file. Other fields are not compared.
    """
    closings = [None if call.rolling else call.closes_at for call in (before, after)]
    moments: list[tuple[str, datetime | None, datetime | None]] = [
        ("L’ouverture du dépôt", before.opens_at, after.opens_at),
        ("La clôture du dépôt", closings[0], closings[1]),
    ]
    sentences = [
        f"{what} : {_moment(new)} au lieu {_moment(old, of=True)}."
        for what, old, new in moments
        if old != new
    ]
    numbers = (
        ("Durée minimale sur place, en jours", "min_days"),
        ("Durée maximale sur place, en jours", "max_days"),
        ("Besoins par association", "needs_per_association"),
    )
    sentences += [
        f"{what} : {getattr(after, name)} au lieu de {getattr(before, name)}."
        for what, name in numbers
        if getattr(after, name) != getattr(before, name)
    ]
    if before.travel_days_count != after.travel_days_count:
        count = "comptent désormais" if after.travel_days_count else "ne comptent plus"
        sentences.append(f"Les jours de voyage {count}.")
    return sentences


def _moment(moment: datetime | None, *, of: bool = False) -> str:
    if moment is None:
        return "d’aucune date" if of else "aucune date"
    day = date_format(timezone.localtime(moment), "j F Y à H:i")
    return f"{'du' if of else 'le'} {day} (heure de Paris)"


def dates_of(call: Call) -> str:
    """Return the closing, the grace period and the committee date of a call, in one line."""
    parts = ["au fil de l’eau"]
    if call.closes_at:
        closing = date_format(timezone.localtime(call.closes_at), "j F Y à H:i")
        parts = [f"clôture le {closing} (heure de Paris)"]
    if call.grace_minutes:
        parts.append(f"tolérance {call.grace_minutes} min")
    if call.committee_on:
        parts.append(f"comité le {date_format(call.committee_on, 'j F Y')}")
    return ", ".join(parts)


def calendar_of(call: Call) -> list[tuple[date | datetime, str]]:
    """Return the calendar of a call as (date or datetime, label) pairs, in order."""
    lines: list[tuple[date | datetime, str]] = [(call.opens_at, "Ouverture du dépôt")]
    if call.closes_at:
        lines.append((call.closes_at, "Clôture du dépôt"))
    if call.committee_on:
        lines.append((call.committee_on, "Comité"))
    lines += [(each.on, each.label) for each in call.milestones.all()]
    return sorted(lines, key=lambda line: _day(line[0]))


def _day(when: date | datetime) -> date:
    return timezone.localdate(when) if isinstance(when, datetime) else when


def proposed_to(actor: Actor) -> list[Task]:
    """Return one task for each call that another network proposes to share, 50 at most."""
    return [
        Task(
            title=f"Ouvrir avec {call.lead.network} : {call.title}",  # type: ignore[union-attr]
            url=reverse("calls:reseau_call", args=[actor.key, call.pk]),
            why="Cet appel commun vous est proposé : ouvrez-le, ou déclinez.",
            until=timezone.localdate(call.closes_at) if call.closes_at else None,
        )
        for call in proposed_calls(actor)[:50]
    ]
