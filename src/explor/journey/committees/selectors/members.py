"""Database queries on members, bylaws and recusals of a committee."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value

from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.ground.ui.order import french_key
from explor.journey.calls.models import Call

from ..models import Bylaws, CommitteeMember, Opinion, Recusal

hooks.define("committees:voting", "callable(call) -> bool: whether a meeting votes now")
hooks.define("committees:attended", "callable(member) -> bool: whether they attended a meeting")
OF_VOTES = ("presence", "majority", "casting")


def bylaws_of(call: Call) -> Bylaws:
    """Return the bylaws of a committee; unsaved default ones until its network sets them."""
    return Bylaws.objects.filter(call=call).first() or Bylaws(call=call)


def committees_of(person: Any) -> "QuerySet[Any, Any]":
    """Return the memberships of a person in committees, described as roles.

    The rows are annotated with `role_type`, `role_key`, `role_name`, `role_scope` and
    `role_accent`.
    """
    return CommitteeMember.objects.filter(person=person).annotate(
        role_type=Value("comite"),
        role_key=F("call__slug"),
        role_name=F("call__title"),
        role_scope=F("call_id"),
        role_accent=F("call__network__accent"),
    )


def call_named(slug: str) -> str:
    """Return « le comité de « Appel » », for the invitation; raise `Call.DoesNotExist` if none."""
    return f"le comité de « {Call.objects.get(slug=slug).title} »"


def member_of(actor: Actor) -> CommitteeMember | None:
    """Return the membership of `actor` in the committee for which they act, or None."""
    return (
        CommitteeMember.objects.filter(call=actor.scope, person=actor.person)
        .select_related("call", "person")
        .first()
    )


def members_of(call: Call) -> "QuerySet[CommitteeMember]":
    """Return the members of a committee, chair first.

    `given` counts the final opinions of each member, and `recused` the recusals.
    """
    return (
        CommitteeMember.objects.filter(call=call)
        .select_related("person")
        .annotate(
            given=Count("opinions", distinct=True, filter=Q(opinions__final_at__isnull=False)),
            recused=Count("recusals", distinct=True),
        )
        .order_by("-chair", french_key("person__name"), "pk")
    )


def recusals_of(member: CommitteeMember) -> list[Recusal]:
    """Return the recusals of a member from needs, sorted by title of the need."""
    return list(
        member.recusals.select_related("need__association").order_by(
            french_key("need__title"), "pk"
        )
    )


def recusals_on(need: int) -> list[Recusal]:
    """Return the recusals of members from a need (primary key), sorted by name of the member."""
    results = Recusal.objects.filter(need=need)
    return list(
        results.select_related("member__person").order_by(french_key("member__person__name"), "pk")
    )


def missing_to_remove(member: CommitteeMember) -> list[str]:
    """Return why a member cannot be removed, empty when they can.

    Reasons: they gave an opinion, attended a meeting, or recused themselves.
    """
    attended = any(check(member) for check in hooks.get("committees:attended"))
    if Opinion.objects.filter(member=member).exists() or attended:
        return ["Cette personne a déjà jugé ou siégé : elle reste au comité."]
    if Recusal.objects.filter(member=member, detected=False).exists():
        return ["Cette personne s’est mise en retrait d’un dossier : elle reste, avec son retrait."]
    return []


def missing_to_set_bylaws(bylaws: Bylaws) -> list[str]:
    """Return why new bylaws (not saved yet) are refused, empty when they are accepted.

    The rules of the votes cannot change while a meeting is open: its minutes state them once.
    """
    stored = Bylaws.objects.get(pk=bylaws.pk)
    same = all(getattr(stored, name) == getattr(bylaws, name) for name in OF_VOTES)
    if same or not any(check(bylaws.call) for check in hooks.get("committees:voting")):
        return []
    return ["Une séance est ouverte : les règles du vote ne changent qu’après sa clôture."]
