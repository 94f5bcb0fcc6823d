"""Queries on organisations, their members and their field partners."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from explor.ground.accounts.models import Person
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.rights.selectors import records
from explor.ground.ui.order import french_key
from explor.ground.ui.words import each_word_of

from .models import Member, Organisation
from .states import State

MOST_TASKS = 50  # maximum number of tasks, separately for organisations with and without a member


def members_as(kind: str) -> Callable[[Any], "QuerySet[Any, Any]"]:
    """Return a query function: given a person, their organisations of this kind, as roles.

    Its queryset is annotated with `roles.registry.COLUMNS`.
    """

    def holders(person: Any) -> "QuerySet[Any, Any]":
        return Member.objects.filter(person=person, organisation__kind=kind).annotate(
            role_type=Value(kind),
            role_key=F("organisation__slug"),
            role_name=F("organisation__name"),
            role_scope=F("organisation_id"),
            role_accent=F("organisation__network__accent"),
        )

    return holders


def name_of(slug: str) -> str:
    """Return the name of the organisation whose slug is `slug`.

    Raise `Organisation.DoesNotExist` if there is none.
    """
    return Organisation.objects.get(slug=slug).name


def search(actor: Actor, *, q: str = "", kind: str = "", state: str = "") -> "QuerySet[Any]":
    """Return the organisations that `actor` may see and that match the filters, sorted by name.

    Each organisation has the number of its members in `people`.

    Args:
        q: words, each of which must be in the name or town, begin the SIRET, or be the RNA.
        kind: a kind of organisation.
        state: a state of the organisation.
    """
    # Members are counted in a subquery, for the rows of one page only: a join would group all
    # organisations, and compute the sort key of every name.
    members = Member.objects.filter(organisation=OuterRef("pk")).order_by().values("organisation")
    people = Subquery(members.annotate(number=Count("pk")).values("number"))
    results = Organisation.objects.visible_to(actor).annotate(people=Coalesce(people, 0))
    if kind:
        results = results.filter(kind=kind)
    if state:
        results = results.filter(state=state)
    codes = ("siret__startswith", "rna__iexact")
    results = results.filter(each_word_of(q, "name", "city", codes=codes))
    return results.order_by(french_key("name"), "pk")


def links_of(organisation: Organisation) -> list[tuple[Any, int]]:
    """Return (relation, number of rows) for each relation whose rows reference `organisation`.

    The import line from which the organisation was created is not counted.
    """
    links = []
    for relation in Organisation._meta.related_objects:
        if relation.related_model._meta.label_lower == "member_imports.memberline":
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: organisation})
        if count := rows.count():
            links.append((relation, count))
    return links


def addresses_to_reach(organisation: Organisation) -> list[str]:
    """Return the e-mail addresses of the members and field partners of an organisation."""
    partners = organisation.partners.exclude(email="").order_by("pk")
    members = organisation.members.order_by("pk")
    return [
        *members.values_list("person__email", flat=True),
        *partners.values_list("email", flat=True),
    ]


def members_of(organisation: Organisation) -> "QuerySet[Member]":
    """Return the members of an organisation, sorted by name."""
    return organisation.members.select_related("person").order_by(french_key("person__name"))


def addresses_of(organisation: Organisation | None) -> list[str]:
    """Return the e-mail addresses of the active members of an organisation; [] for None."""
    if organisation is None:
        return []
    members = Member.objects.filter(organisation=organisation, person__is_active=True)
    return list(members.order_by("pk").values_list("person__email", flat=True))


def awaiting_network(actor: Actor, conditions: Sequence[Exists]) -> list[Any]:
    """Return the organisations that need an action of their network, oldest first.

    Imported organisations without a member come before the others.

    Args:
        actor: an officer of the network.
        conditions: conditions, other than a verification to do, that select an organisation; each
            row has the result of the condition at index `n` in `condition_n`.

    Returns:
        At most `MOST_TASKS` imported organisations without a member, and as many others. Each
            organisation has `own` (True when to verify), `acting` (False for an imported
            organisation without a member) and `together` (the number of rows with the same
            `acting`).
    """
    others = {f"condition_{at}": condition for at, condition in enumerate(conditions)}
    own = Q(network=actor.scope, state__in=(State.REGISTERED, State.LAPSED))
    acts = Exists(Member.objects.filter(organisation=OuterRef("pk"))) | ~Q(
        network=actor.scope, state=State.REGISTERED
    )
    waiting = Organisation.objects.annotate(
        **others,
        own=ExpressionWrapper(own, output_field=BooleanField()),
        acting=ExpressionWrapper(acts, output_field=BooleanField()),
    ).filter(reduce(or_, (Q(**{name: True}) for name in ("own", *others))))
    counted = waiting.annotate(
        place=Window(RowNumber(), partition_by=[F("acting")], order_by=[F("created_at"), F("pk")]),
        together=Window(Count("pk"), partition_by=[F("acting")]),
    )
    return list(counted.filter(place__lte=MOST_TASKS).order_by("acting", "place"))


def own_memberships(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the memberships of a person, for the copy of their personal data."""
    members = Member.objects.filter(person=person)
    yield from records(members, also={"organisation": "organisation__name"})


def organisations_of(person: Person) -> "QuerySet[Organisation]":
    """Return the organisations of which a person is a member."""
    return Organisation.objects.filter(members__person=person)


def left_alone_by(person: Person) -> "QuerySet[Organisation]":
    """Return the organisations of which a person is the only member with an open account."""
    others = Member.objects.filter(organisation=OuterRef("pk"), person__is_active=True)
    return organisations_of(person).exclude(Exists(others.exclude(person=person)))


def letters_of_today(author: Actor) -> int:
    """Return how many invitations and personal links a person sent in the last day."""
    return _acts_of_today(author, "invite", "open_link")


def registrations_of_today(author: Actor) -> int:
    """Return how many organisations a person registered in the last day."""
    return _acts_of_today(author, "register")


def _acts_of_today(author: Actor, *verbs: str) -> int:
    recent = Entry.objects.filter(at__gt=timezone.now() - timedelta(days=1), person=author.person)
    return recent.filter(verb__in=verbs).count()
