"""Who may judge, decide, announce and sign, and what speaks against it."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from explor.ground.common.actor import Actor
from explor.journey.needs.states import State as NeedState

from ..models import SELECTED, Appeal, CommitteeMember, Decision, Opinion, Session, Verdict
from ..states import MEETING, AppealState, SessionState, State


def presides(actor: Actor, call: int) -> bool:
    """Under the hat of the committee, only whoever chairs it leads its sessions."""
    if actor.hat != "comite" or actor.scope != call:
        return False
    return CommitteeMember.objects.filter(call=call, person=actor.person, chair=True).exists()


def can(actor: Actor, verb: str, decision: Decision) -> bool:
    """The network of the need; whoever chairs decides too, while a session is open."""
    if not decision.workflow.allows(decision.state, verb, actor.hat):
        return False
    if actor.hat == "comite":
        return presides(actor, decision.need.call_id)
    return decision.need.network_id == actor.scope


def can_lead(actor: Actor, verb: str, session: Session) -> bool:
    """The network of the call, and whoever chairs its committee."""
    if not session.workflow.allows(session.state, verb, actor.hat):
        return False
    if actor.hat == "comite":
        return presides(actor, session.call_id)
    return session.call.network_id == actor.scope


def can_answer(actor: Actor, verb: str, appeal: Appeal) -> bool:
    """The network of the need."""
    own = appeal.need.network_id == actor.scope
    return own and appeal.workflow.allows(appeal.state, verb, actor.hat)


def may_read(member: CommitteeMember | None, decision: Decision) -> bool:
    """A member who stands aside does not read the file nor the opinions on it."""
    return member is not None and all(
        recusal.member_id != member.pk for recusal in decision.need.recusals.all()
    )


def may_change(opinion: Opinion | None) -> bool:
    """A final opinion is taken up again before it changes."""
    return opinion is None or opinion.final_at is None


def missing_to_opine(decision: Decision) -> list[str]:
    """Opinions are given until the decision is taken."""
    if decision.state != State.TO_DECIDE:
        return ["La décision est prise : les avis ne changent plus."]
    if decision.need.state != NeedState.ADMISSIBLE:
        return ["L’association a retiré ce besoin."]
    return []


def missing_to_finish(opinion: Opinion, blank: Iterable[str]) -> list[str]:
    """A final opinion has a verdict and a level by criterion, by a member who told their ties."""
    missing = [] if opinion.verdict else ["Choisissez votre avis."]
    if opinion.member.declared_at is None:
        missing.append("Dites d’abord vos liens avec les dossiers : page « Mes liens ».")
    missing += [f"Donnez un niveau à « {label} »." for label in blank]
    if opinion.score is None and not missing:
        missing.append("Donnez une note.")
    return missing


def opinions_asked(quorum: int, judges: int) -> int:
    """How many opinions a file needs: those of the call, or of all who may judge it."""
    return min(quorum, max(judges, 1))


def against_deciding(decision: Decision) -> list[str]:
    """What holds for any decision, voted or written."""
    if decision.need.state != NeedState.ADMISSIBLE:
        return ["L’association a retiré ce besoin : il n’y a plus rien à décider."]
    return [] if decision.verdict else ["Choisissez le sens de la décision."]


def missing_opinions(decision: Decision) -> list[str]:
    """The opinions that the call asks on each file, drafts and those aside not counted."""
    call = decision.need.call
    aside = decision.need.recusals.values("member")
    judges = CommitteeMember.objects.filter(call=call).exclude(pk__in=aside).count()
    given = Opinion.objects.counted().filter(need=decision.need_id).count()
    return lacking_opinions(given, opinions_asked(call.quorum, judges))


def lacking_opinions(given: int, asked: int) -> list[str]:
    """How many opinions are still awaited, if any."""
    if given >= asked:
        return []
    return [f"Il manque des avis : {given} sur {asked} (quorum de l’appel)."]


def against_envelope(
    decision: Decision, *, granted: Decimal, envelope: Decimal | None
) -> list[str]:
    """What the favourable decisions cost never passes what the funders put on the call."""
    if envelope is None or decision.verdict not in SELECTED:
        return []
    over = granted + (decision.amount or 0) - envelope
    if over <= 0:
        return []
    told = f"{over:,.0f}".replace(",", "\u202f")
    return [
        f"L’enveloppe serait dépassée de {told} € : "
        f"réduisez le montant, ou choisissez « {Verdict.WAITING.label} »."
    ]


def against_writing(decision: Decision, voting: bool) -> list[str]:
    """Why a decision is not for the network to write alone: the committee votes, or voted, it."""
    if voting:
        return ["Une séance est ouverte : les décisions s’y votent."]
    if decision.state == State.DECIDED and decision.session_id:
        return ["Cette décision a été votée : rouvrez sa séance pour la changer."]
    return missing_opinions(decision)


def missing_to_write(decision: Decision) -> list[str]:
    """Reasons change between the decision and its announcement."""
    if decision.state == State.DECIDED:
        return []
    return ["Les motifs s’écrivent une fois la décision prise, et avant son annonce."]


def missing_to_announce(decision: Decision) -> list[str]:
    """The reasons, in words for the association, on a need that is still there."""
    missing = [] if decision.letter else ["Écrivez les motifs donnés à l’association."]
    if decision.need.state != NeedState.ADMISSIBLE:
        missing.append("L’association a retiré ce besoin.")
    return missing


def missing_to_reconsider(decision: Decision) -> list[str]:
    """A selection that was announced is not taken back: its expert is already looked for."""
    if decision.verdict in SELECTED:
        return ["Ce besoin est retenu : retirez-le plutôt, ou annulez sa mission."]
    if decision.need.state != NeedState.ADMISSIBLE:
        return ["L’association a retiré ce besoin."]
    if Appeal.objects.filter(need=decision.need_id, state=AppealState.ASKED).exists():
        return ["Un réexamen est demandé : répondez-y, l’association le saura."]
    return []


def meets(states: Iterable[str]) -> bool:
    """Whether a session is planned or open."""
    return any(state in MEETING for state in states)


def missing_to_attend(session: Session) -> list[str]:
    """Presence is noted until the session ends: then the minutes hold it."""
    if session.state in MEETING:
        return []
    return ["La séance n’est plus ouverte : les présences ne changent plus."]


def missing_to_close(session: Session) -> list[str]:
    """Somebody was there."""
    if session.present.exists():
        return []
    return ["Notez d’abord qui est là."]


def missing_to_sign(session: Session) -> list[str]:
    """The minutes are drawn when the session closes."""
    return [] if session.minutes_id else ["Le procès-verbal n’est pas encore établi."]


def may_contest(decision: Decision) -> bool:
    """What was refused or put off may be asked again, once."""
    return decision.state == State.ANNOUNCED and decision.verdict not in SELECTED


def contest_until(announced: datetime, days: int) -> datetime:
    """The last minute, in Paris, of the last of so many days."""
    last = timezone.localdate(announced) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(last, time(23, 59, 59)))


def missing_to_contest(decision: Decision, days: int, now: datetime) -> list[str]:
    """Announced, not selected, in time; once only is held by a constraint."""
    if not may_contest(decision) or decision.announced_at is None:
        return ["Cette décision ne peut pas faire l’objet d’un réexamen."]
    if decision.need.state != NeedState.ADMISSIBLE:
        return ["Vous avez retiré ce besoin."]
    until = contest_until(decision.announced_at, days)
    if now <= until:
        return []
    return [f"Le délai est passé : il courait jusqu’au {timezone.localtime(until):%d/%m/%Y}."]


def reads_minutes(actor: Actor, session: Session) -> bool:
    """The network and the chair at once; other members when nothing is left to announce."""
    if session.minutes_id is None:
        return False
    if actor.hat == "reseau":
        return session.call.network_id == actor.scope
    if presides(actor, session.call_id):
        return True
    waiting = session.decisions.exclude(state=State.ANNOUNCED).exists()
    own = actor.hat == "comite" and actor.scope == session.call_id
    return own and session.state == SessionState.SIGNED and not waiting
