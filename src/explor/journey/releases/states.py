"""Workflow of a release: requested, approved by the employer, then signed by every party."""

from django.db.models import TextChoices

from explor.ground.workflow.table import DANGER, REASON, T, Workflow


class State(TextChoices):
    REQUESTED = "asked", "demandé à l’employeur"
    APPROVED = "approved", "donné"
    REFUSED = "refused", "refusé"
    AGREED = "agreed", "convention signée"
    ENDED = "ended", "sans suite"
    # Imported with a mission that began before Explor: no employer was asked in Explor.
    TAKEN_OVER = "taken_over", "repris, à compléter"


GRANTED = (State.APPROVED, State.AGREED)
PARTIES = ("association", "expert", "employeur", "reseau")

RELEASE = Workflow(
    "release",
    State,
    T("approve", (State.REQUESTED, State.TAKEN_OVER), State.APPROVED, ("employeur", "reseau"),
      "Donner l’accord"),
    T("note_silence", State.REQUESTED, State.APPROVED, "reseau", "Constater l’accord tacite"),
    T("refuse", State.REQUESTED, State.REFUSED, ("employeur", "reseau"), "Refuser", DANGER),
    T("sign", State.APPROVED, State.APPROVED, PARTIES, "Signer la convention"),
    T("conclude", State.APPROVED, State.AGREED, PARTIES, "Constater les signatures"),
    T("amend", (State.APPROVED, State.AGREED), State.APPROVED, ("reseau", "systeme"),
      "Établir un avenant", REASON),
    T("request_again", (State.REQUESTED, State.APPROVED, State.AGREED), State.REQUESTED,
      ("reseau", "systeme"), "Redemander l’accord de l’employeur", REASON),
    T("ask_employer", (State.REQUESTED, State.APPROVED, State.AGREED), State.REQUESTED, "reseau",
      "Demander à son employeur"),
    T("reopen", State.ENDED, State.REQUESTED, "systeme", "Demander de nouveau l’accord"),
    T("end", (State.REQUESTED, State.TAKEN_OVER, State.APPROVED, State.AGREED), State.ENDED,
      ("reseau", "systeme"), "Classer sans suite", REASON, DANGER),
)  # fmt: skip
