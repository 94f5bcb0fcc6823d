"""Checks on the filings in the database, after the call has closed."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from explor.ground.audit.models import Entry
from explor.ground.mail.models import Delivery, Message
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need
from explor.journey.needs.states import State

from .scene import ALLOWED, Applicant

FILED = 302  # HTTP status of the response when the need was filed
REFUSED = 409


def judge(
    call: Call, applicants: Sequence[Applicant], presses: list[dict[str, Any]]
) -> dict[str, int]:
    """Return how many faults of each kind the database shows; all must be zero."""
    filed = set(Need.objects.filter(call=call, state=State.FILED).values_list("pk", flat=True))
    lines = Counter(
        Entry.objects.filter(kind="needs.need", verb="submit").values_list("subject", flat=True)
    )
    receipts = Counter(
        Message.objects.filter(
            kind="needs.submit", to__startswith="a", delivery=Delivery.SENT, tries=1
        ).values_list("about", flat=True)
    )
    answered = {press["need"] for press in presses if press["status"] == FILED}
    owners = Counter(Need.objects.filter(pk__in=filed).values_list("association", flat=True))
    punctual = [each for each in applicants if not each.late]
    return {
        "perdus": sum(not filed & set(each.needs) for each in punctual),
        "doublés": sum(lines[pk] != 1 for pk in filed),
        "au-delà du nombre permis": sum(count > ALLOWED for count in owners.values()),
        "sans accusé de réception, ou avec plusieurs": sum(
            receipts[f"needs.need:{pk}"] != 1 for pk in filed
        ),
        "dits déposés sans l’être, ou l’inverse": len(answered ^ filed),
        "en retard et pourtant déposés": sum(
            bool(filed & set(each.needs)) for each in applicants if each.late
        ),
        "réponses ni déposées ni refusées": sum(
            press["status"] not in (FILED, REFUSED) for press in presses
        ),
    }
