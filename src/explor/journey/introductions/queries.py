"""Reads about introductions: searches, answers awaited, steps of the road, panels."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from explor.actors.experts.models import Expert
from explor.ground.accounts.models import Person
from explor.ground.common.actor import Actor
from explor.ground.common.parts import Panel, Step, Waiting
from explor.ground.common.request import Request
from explor.ground.journal.selectors import revision
from explor.ground.messaging.queries import bad_addresses
from explor.ground.reference.queries import label
from explor.journey.decisions.models import Decision
from explor.journey.needs.models import Need
from explor.journey.needs.states import State as NeedState

from . import rules
from .models import Introduction, IntroductionQuerySet, Party, ReserveEntry
from .states import HOLDING, State

TONES: dict[str, str] = {
    State.PROPOSED: "warn",
    State.AGREED: "good",
    State.DECLINED: "neutral",
    State.LAPSED: "neutral",
    State.LOST: "bad",
    State.RECALLED: "neutral",
    State.FREED: "neutral",
}


RESERVE_NOTICE = 7  # days before the end of a reserve at which its network is told
SEARCHES_SHOWN = 5  # needs named one by one on the home of a network


def url_of(actor: Actor, page: str, *args: object) -> str:
    """The address of a page of ours under the hat of `actor`."""
    return reverse(f"introductions:{actor.hat}_{page}", args=[*filter(None, [actor.key]), *args])


def whole(found: IntroductionQuerySet) -> IntroductionQuerySet:
    """The same introductions with all that a page or a letter reads."""
    return found.select_related(
        "need__association", "need__network", "need__partner", "expert__person", "employer"
    ).prefetch_related("answers")


def searched(actor: Actor) -> "QuerySet[Need]":
    """Needs whose favourable decision is announced, with the seats held and agreed."""
    held = Count("introductions", filter=Q(introductions__state__in=HOLDING), distinct=True)
    agreed = Count("introductions", filter=Q(introductions__state=State.AGREED), distinct=True)
    return (
        Need.objects.visible_to(actor)
        .filter(state=NeedState.ADMISSIBLE, decision__in=Decision.objects.selected())
        .select_related("association")
        .annotate(held=held, agreed=agreed)
    )


def is_selected(need: Need) -> bool:
    """True once a favourable decision on `need` is announced."""
    return Decision.objects.selected().filter(need=need).exists()


def search_state(need: Any) -> tuple[str, str]:
    """Where the search for a need of `searched` stands, in words, and the tone of its badge."""
    if need.agreed >= need.seats:
        return "équipe complète", "good"
    if need.held >= need.seats:
        return "réponses attendues", "info"
    return "à chercher", "warn"


def named(actor: Actor, words: str) -> set[int]:
    """The experts this network may see whose name or job holds these words."""
    found = Expert.objects.visible_to(actor)
    for word in words.split():
        found = found.filter(
            Q(person__name__unaccent__icontains=word) | Q(job__unaccent__icontains=word)
        )
    return set(found.values_list("pk", flat=True))


def compared(lines: Sequence[Any]) -> list[tuple[str, list[list[str]]]]:
    """Rows of a comparison: a title, then for each line what there is to read, as a list."""
    parts = [bar["label"] for bar in lines[0].bars] if lines else []
    told = {label: [[_part(line, label)] for line in lines] for label in parts}
    candidates = [line.candidate for line in lines]
    return [
        ("Score", [[line.total] for line in lines]),
        *told.items(),
        ("Ce qui parle pour cette personne", [list(each.reasons) for each in candidates]),
        ("Ce qui s’y oppose", [list(each.blockers) for each in candidates]),
        ("Ce qui changerait tout", [[fix.change for fix in each.fits_if] for each in candidates]),
        ("Lignes du profil", [[quote.line for quote in each.quotes] for each in candidates]),
        ("Jours libres", [[_days(run) for run in line.free] for line in lines]),
    ]


def _part(line: Any, label: str) -> str:
    return str(next(bar["points"] for bar in line.bars if bar["label"] == label))


def _days(run: Any) -> str:
    return f"du {date_format(run.start, 'j F Y')} au {date_format(run.end, 'j F Y')}"


def standing_reserve(need: Need) -> "QuerySet[ReserveEntry]":
    """The reserve that still holds today, first rank first."""
    return need.reserve.filter(until__gte=timezone.localdate()).select_related("expert__person")


def waiting_for_network(actor: Actor) -> list[Waiting]:
    """Needs with a free seat, the nearest first; past a few, the others in one line."""
    today = timezone.localdate()
    reserve = Prefetch(
        "reserve",
        ReserveEntry.objects.filter(until__gte=today).select_related("expert__person"),
        to_attr="standing",
    )
    found = searched(actor).filter(held__lt=F("seats")).prefetch_related(reserve)  # type: ignore[misc]
    rows = list(found.order_by("window_start", "pk")[: SEARCHES_SHOWN + 1])
    lines = [
        Waiting(
            title=f"Chercher une expertise : {need.title}",
            url=reverse("introductions:reseau_shortlist", args=[actor.key, need.pk]),
            why=_why_search(need),
        )
        for need in rows[:SEARCHES_SHOWN]
    ]
    if len(rows) > SEARCHES_SHOWN:
        others = found.count() - SEARCHES_SHOWN
        title = "Chercher une expertise pour un autre besoin"
        if others > 1:
            title = f"Chercher une expertise pour {others} autres besoins"
        url = reverse("introductions:reseau_searches", args=[actor.key])
        lines.append(Waiting(title=title, url=url, why="Un plan d’ensemble les sert tous."))
    return lines


def reserves_ending(actor: Actor) -> list[Waiting]:
    """Reserves that end within a week while the need still looks for somebody."""
    today = timezone.localdate()
    soon = today + timedelta(days=RESERVE_NOTICE)
    open_ = searched(actor).filter(held__lt=F("seats"))  # type: ignore[misc]
    found = ReserveEntry.objects.filter(until__range=(today, soon), need__in=open_.values("pk"))
    return [
        Waiting(
            title=f"La réserve se termine : {each.expert} pour {each.need.title}",
            url=reverse("introductions:reseau_shortlist", args=[actor.key, each.need_id]),
            why="Proposez cette personne, ou dites-lui que vous ne la gardez plus.",
            until=each.until,
        )
        for each in found.select_related("expert__person", "need").order_by("until", "pk")[:10]
    ]


def _why_search(need: Any) -> str:
    free = need.seats - need.held
    why = "Une place à pourvoir." if free == 1 else f"{free} places à pourvoir."
    if names := ", ".join(str(each.expert.person) for each in need.standing):
        why += f" En réserve : {names}."
    return why


def waiting_for_party(actor: Actor) -> list[Waiting]:
    """The proposals this party has not answered."""
    found = whole(Introduction.objects.visible_to(actor).filter(state=State.PROPOSED))
    unanswered = found.exclude(answers__party=actor.hat).order_by("answer_by", "pk")
    return [
        Waiting(
            title=f"Répondre à une proposition : {each.need.title}",
            url=url_of(actor, "introduction", each.pk),
            why=WHY[actor.hat].format(person=each.expert.person, need=each.need),
            until=timezone.localdate(each.answer_by),
            urgent=(each.answer_by - timezone.now()).days < 2,
        )
        for each in unanswered[:50]
    ]


WHY = {
    "expert": "{need.association} cherche votre expertise.",
    "association": "{person} est une personne proposée pour votre besoin.",
    "employeur": "{person} pourrait partir : votre accord de principe est demandé.",
}


def steps(need: Any) -> list[Step]:
    """The step of the triple yes on the road of a need."""
    held = Introduction.objects.filter(need=need).holding().select_related("expert__person")
    rows = list(held.prefetch_related("answers"))
    agreed = [row for row in rows if row.state == State.AGREED]
    proposed = [row for row in rows if row.state == State.PROPOSED]
    names = ", ".join(str(row.expert.person) for row in agreed)
    if len(agreed) >= need.seats:
        when = max(row.state_since for row in agreed)
        return [Step(label="Mise en relation", state="done", who=names, when=when)]
    if proposed:
        first = min(proposed, key=lambda row: row.answer_by)
        who = ", ".join(Party(party).label for party in rules.silent(first))
        note = "réponses attendues avant cette date"
        return [
            Step(
                label="Mise en relation", state="present", who=who, when=first.answer_by, note=note
            )
        ]
    if is_selected(need):
        return [Step(label="Recherche d’une expertise", state="present", who="le réseau")]
    return [Step(label="Mise en relation", state="next", who="le réseau")]


def facts_of(introduction: Introduction, hat: str) -> list[tuple[str, object]]:
    """Who, what for, where and when; of the person, no more than each reader needs."""
    need, expert = introduction.need, introduction.expert
    person = [
        ("Personne", expert.person.name),
        ("Métier", expert.job),
        ("Présentation", expert.summary),
    ]
    mission = [
        ("Association", need.association.name),
        ("La mission sert à", need.get_purpose_display()),
        ("Objectifs", need.objectives),
        ("Résultats attendus", need.expected_results),
        ("Pays", label("countries", need.country) if need.country else ""),
        ("Lieu", need.place),
        ("Partenaire de terrain", need.partner.name if need.partner else ""),
    ]
    dates = [("Du", introduction.start), ("Au", introduction.end)]
    employer = [("Employeur", introduction.employer.name if introduction.employer else "aucun")]
    shown = {
        "expert": [*mission, *dates],
        "association": [*person, *dates],
        "employeur": [*person[:2], *mission, *dates],
        "reseau": [*person, *employer, *mission[:1], *mission[4:], *dates],
    }
    return [
        (name, date_format(value, "j F Y") if isinstance(value, date) else value)
        for name, value in shown[hat]
    ]


def unreachable(introduction: Introduction) -> dict[str, str]:
    """The addresses of the parties that refuse our messages."""
    organisations = [introduction.need.association_id, introduction.employer_id]
    people = Person.objects.filter(
        Q(member_of__organisation__in=[pk for pk in organisations if pk])
        | Q(pk=introduction.expert.person_id)
    )
    return bad_addresses(list(people.values_list("email", flat=True)))


def answers_of(introduction: Introduction) -> list[dict[str, Any]]:
    """One line per party: what it said, or that it is awaited."""
    given = {answer.party: answer for answer in introduction.answers.all()}
    return [
        {"party": party, "label": Party(party).label, "answer": given.get(party)}
        for party in rules.parties_of(introduction)
    ]


def lines(actor: Actor, found: Iterable[Introduction]) -> list[dict[str, Any]]:
    """Introductions as the panels of a need show them."""
    return [
        {
            "row": each,
            "tone": TONES[State(each.state)],
            "answers": answers_of(each),
            "url": url_of(actor, "introduction", each.pk),
        }
        for each in found
    ]


def for_network(request: Request, need: Need) -> Panel | None:
    """The introductions of a need, its reserve, and the way to the shortlist."""
    if not is_selected(need):
        return None
    actor: Actor = request.actor
    context = {
        "lines": lines(actor, whole(Introduction.objects.visible_to(actor).filter(need=need))),
        "reserve": standing_reserve(need),
        "url": reverse("introductions:reseau_shortlist", args=[actor.key, need.pk]),
    }
    return Panel(
        title="Recherche d’une expertise",
        template="introductions/_panel_reseau.html",
        context=context,
    )


def for_association(request: Request, need: Need) -> Panel | None:
    """Who is proposed to the association, and who has still to answer."""
    if not is_selected(need):
        return None
    actor: Actor = request.actor
    found = whole(Introduction.objects.visible_to(actor).filter(need=need))
    return Panel(
        title="Personnes proposées",
        template="introductions/_panel_association.html",
        context={"lines": lines(actor, found)},
    )


def sought() -> dict[str, list[tuple[str, str]]]:
    """The countries and the sectors of the missions that look for someone, by name."""
    rows = to_fill().prefetch_related(None).order_by().values_list("country", "sectors")
    found = list(rows)
    codes = {
        "countries": {country for country, _ in found},
        "sectors": {code for _, sectors in found for code in sectors},
    }
    return {
        name: sorted(((code, label(name, code)) for code in each if code), key=lambda pair: pair[1])
        for name, each in codes.items()
    }


def version() -> tuple[int, date]:
    """What tells a state of the missions to fill: the last act journaled, and the day."""
    return revision(), timezone.localdate()


def to_fill(*, q: str = "", pays: str = "", secteur: str = "") -> "QuerySet[Need]":
    """Announced favourable needs with a seat that nobody holds; nothing personal."""
    held = Count("introductions", filter=Q(introductions__state__in=HOLDING), distinct=True)
    found = (
        Need.objects.filter(state=NeedState.ADMISSIBLE, decision__in=Decision.objects.selected())
        .annotate(held=held, free=F("seats") - F("held"))
        .filter(free__gt=0, window_end__gt=timezone.localdate())
        .select_related("association", "network")
        .prefetch_related("languages")
    )
    if pays:
        found = found.filter(country=pays)
    if secteur:
        found = found.filter(sectors__contains=[secteur])
    for word in q.split():
        found = found.filter(title__unaccent__icontains=word)
    return found.order_by("window_start", "pk")
