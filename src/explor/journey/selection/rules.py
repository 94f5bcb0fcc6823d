"""Who may judge, decide and announce."""

from explor.ground.common.actor import Actor

from .models import CommitteeMember, Decision, Opinion
from .states import State


def can(actor: Actor, verb: str, decision: Decision) -> bool:
    """The network of the need."""
    own = actor.hat == "reseau" and decision.need.network_id == actor.scope
    return own and decision.workflow.allows(decision.state, verb, actor.hat)


def may_read(member: CommitteeMember | None, decision: Decision) -> bool:
    """A member who stands aside does not read the file nor the opinions on it."""
    return member is not None and all(
        recusal.member_id != member.pk for recusal in decision.need.recusals.all()
    )


def missing_to_opine(decision: Decision) -> list[str]:
    """Opinions are given until the decision is taken."""
    if decision.state == State.TO_DECIDE:
        return []
    return ["La décision est prise : les avis ne changent plus."]


def missing_to_decide(decision: Decision) -> list[str]:
    """The quorum of the call, and a verdict."""
    given = Opinion.objects.filter(need=decision.need_id).count()
    quorum = decision.need.call.quorum
    missing = []
    if given < quorum:
        missing.append(f"Il manque des avis : {given} sur {quorum} (quorum de l’appel).")
    if not decision.verdict:
        missing.append("Choisissez le sens de la décision.")
    return missing


def missing_to_announce(decision: Decision) -> list[str]:
    """The reasons, in words for the association."""
    return [] if decision.letter else ["Écrivez les motifs donnés à l’association."]
