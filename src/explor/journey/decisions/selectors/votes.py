"""Whether the votes of a meeting agree with the members noted as present."""

from explor.journey.committees.models import CommitteeMember
from explor.journey.committees.selectors import bylaws_of, recused_by_need
from explor.journey.meetings.models import Meeting
from explor.journey.meetings.rules import voting

from ..models import Decision


def missing_voters(meeting: Meeting) -> list[str]:
    """Return the needs whose votes contradict the attendance of the meeting, as reasons.

    The votes contradict the attendance when they outnumber the members noted as present, or when
    these members do not reach the quorum. Members who joined after a vote do not count.
    """
    voted = list(Decision.objects.filter(meeting=meeting).select_related("need").order_by("pk"))
    if not voted:
        return []
    bylaws, recused = bylaws_of(meeting.call), recused_by_need([each.need_id for each in voted])
    members = CommitteeMember.objects.filter(call=meeting.call_id).values_list("pk", "joined_at")
    seats, present = dict(members), set(meeting.present.values_list("pk", flat=True))
    reasons = []
    for each in voted:
        late = {pk for pk, at in seats.items() if at and each.decided_at and at > each.decided_at}
        voters = set(seats) - late - set(recused[each.need_id])
        counts = voting.VoterCounts(
            seated=len(voters), present=len(present & voters), chaired=False
        )
        count = (each.votes_for or 0) + (each.votes_against or 0) + (each.abstentions or 0)
        if count > counts.present or voting.missing_quorum(counts, bylaws):
            reasons.append(_reason(each, count, counts))
    return reasons


def _reason(decision: Decision, count: int, counts: voting.VoterCounts) -> str:
    return (
        f"« {decision.need.title} » : {count} voix ne vont pas avec les présences notées, "
        f"{counts.present} de qui pouvait voter. Notez toutes les personnes qui étaient là au vote."
    )
