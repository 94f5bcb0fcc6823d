"""The workflow of an organisation: it registers, then its network verifies it every year."""

from django.db.models import TextChoices

from explor.ground.workflow.table import DANGER, REASON, T, Workflow


class State(TextChoices):
    REGISTERED = "registered", "à vérifier"
    VERIFIED = "verified", "vérifiée"
    REFUSED = "refused", "refusée"
    SUSPENDED = "suspended", "en veille"
    LAPSED = "lapsed", "à vérifier de nouveau"


# States that count as verified. An overdue yearly check does not stop needs that are already open.
STANDING = (State.VERIFIED, State.LAPSED)
TO_VERIFY = (State.REGISTERED, State.REFUSED, State.SUSPENDED)
RESEAU, SYSTEME, OWN = "reseau", "systeme", ("association", "employeur")

MEMBERSHIP = Workflow(
    "membership",
    State,
    T("verify", TO_VERIFY, State.VERIFIED, RESEAU, "Vérifier"),
    T("refuse", State.REGISTERED, State.REFUSED, RESEAU, "Refuser", REASON, DANGER),
    T("register_again", State.REFUSED, State.REGISTERED, OWN, "Demander une nouvelle vérification"),
    T("verify_again", STANDING, State.VERIFIED, RESEAU, "Vérifier pour un an de plus"),
    T("suspend", STANDING, State.SUSPENDED, RESEAU, "Mettre en veille", REASON),
    T("fall_due", State.VERIFIED, State.LAPSED, SYSTEME, "Demander la vérification de l’année"),
)
