"""Budget lines of an imported file: the mission or call of each, its creation and its undo."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction

from explor.ground.audit import actions as audit
from explor.ground.http.bounds import stored_day
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.reference.selectors import fold
from explor.ground.ui.amounts import euros
from explor.journey.budgets import actions as budgets
from explor.journey.budgets.models import AMOUNTS
from explor.journey.calls import actions as calls
from explor.journey.calls.models import Call, Envelope, Funder
from explor.journey.missions.models import Mission

from .. import selectors
from ..models import Takeover, TakeoverLine
from .missions import author_of

NO_HEADING = "REPRISE"
UNKNOWN_FUNDER = "Ce financeur n’est pas connu : l’administration l’ajoute, ou corrigez son nom."
UNKNOWN_MISSION = "Aucune mission du réseau n’a ce numéro ni ce titre."
UNKNOWN_CALL = "Aucun appel du réseau ne porte ce titre."
SEVERAL = "Plusieurs missions portent ce titre : donnez leur numéro."
ONLY_PLANNED = "Une enveloppe n’a qu’un montant : celui que le financeur accorde, dans « Prévu »."
NO_FUNDER = "Une enveloppe vient d’un financeur : dites lequel."


@dataclass
class Account:
    """What a budget line refers to: a mission, or a call for projects for an envelope."""

    mission: Mission | None = None
    call: Call | None = None
    funder: Funder | None = None
    faults: list[list[str]] = field(default_factory=list)

    @property
    def shown(self) -> list[list[str]]:
        """Return (label, name) pairs in French, for the preview."""
        if self.mission:
            title = f"{self.mission.file_number} · {self.mission.need.title}"
            shown = [["Mission", title]]
        elif self.call:
            shown = [["Enveloppe de l’appel", self.call.title]]
        else:
            shown = []
        return [*shown, *([["Financeur", self.funder.name]] if self.funder else [])]


def account_of(content: dict[str, Any], known: selectors.Accounts) -> Account:
    """Return the mission or the call, and the funder, to which a budget line refers.

    What is unknown, ambiguous or missing is None, with a [label, text, reason] in `faults`.
    """
    account = Account()
    if typed := content.get("funder", ""):
        account.funder = known.funders.get(fold(typed)) or known.funders.get(typed)
        if account.funder is None:
            account.faults.append(["Financeur", typed, UNKNOWN_FUNDER])
    if typed := content.get("mission", ""):
        matches = known.mission_of(typed)
        account.mission = matches[0] if len(matches) == 1 else None
        if len(matches) != 1:
            why = SEVERAL if matches else UNKNOWN_MISSION
            account.faults.append(["Mission", typed, why])
        return account
    typed = content.get("call", "")
    account.call = known.calls.get(fold(typed)) or known.calls.get(typed)
    if account.call is None:
        account.faults.append(["Appel", typed, UNKNOWN_CALL])
    if not content.get("funder"):
        account.faults.append(["Financeur", "", NO_FUNDER])
    if any(Decimal(content.get(name, "0")) for name in ("committed", "paid")):
        account.faults.append(["Engagé et payé", "", ONLY_PLANNED])
    return account


def amounts_of(content: dict[str, Any]) -> dict[str, Decimal]:
    """Return the amounts of a line, in euros and to the cent, 0 where the file says none."""
    return {name: Decimal(content.get(name, "0")).quantize(Decimal("0.01")) for name in AMOUNTS}


class Budgets:
    """The reading of a file of budgets: what is loaded once, and the lines read so far."""

    def __init__(self, batch: Takeover) -> None:
        self.known = selectors.Accounts(batch.network_id)
        self.earlier: dict[Any, int] = {}
        for line in batch.lines.filter(content__isnull=False).order_by("number").iterator():
            key = _key_of(line.content, account_of(line.content, self.known))
            self.earlier.setdefault(key, line.number)

    def mark(self, lines: Sequence[TakeoverLine]) -> None:
        """Tie the lines of a chunk to what is known, and mark their twins."""
        wanted = [line for line in lines if line.content]
        accounts = {line.number: account_of(line.content, self.known) for line in wanted}
        missions = {each.mission.pk for each in accounts.values() if each.mission}
        same = selectors.same_lines_among(missions)
        envelopes = selectors.envelopes_of(
            {each.call.pk for each in accounts.values() if each.call}
        )
        for line in wanted:
            account = accounts[line.number]
            line.faults = account.faults + line.faults
            if account.faults:
                line.content = None
                continue
            line.links = account.shown
            for name, value in amounts_of(line.content).items():
                setattr(line, name, value)
            line.duplicate, line.certain = self._duplicate_of(line, account, same, envelopes)

    def _duplicate_of(
        self,
        line: Any,
        account: Account,
        same: set[selectors.Same],
        envelopes: dict[tuple[int, int], Envelope],
    ) -> tuple[str, bool]:
        """Return why a line repeats an amount, "" if it does not, and whether that is certain."""
        key = _key_of(line.content, account)
        first = self.earlier.setdefault(key, line.number)
        if account.call and account.funder:
            if known := envelopes.get((account.call.pk, account.funder.pk)):
                existing = f"une enveloppe de {euros(known.amount)} sur cet appel"
                return f"Ce financeur a déjà {existing}.", True
            return (
                (f"Même enveloppe que la ligne {first}.", True)
                if first != line.number
                else ("", False)
            )
        if key in same:
            return (
                "Cette mission a déjà une ligne de ce financeur, de ce poste, de ce montant.",
                False,
            )
        if first != line.number:
            return f"Mêmes mission, financeur, poste et montants que la ligne {first}.", False
        return "", False


def _key_of(content: dict[str, Any], account: Account) -> Any:
    """Return what makes two lines the same."""
    funder = account.funder.pk if account.funder else None
    if account.mission is None:
        return "call", account.call.pk if account.call else 0, funder
    heading = content.get("heading", NO_HEADING)
    amounts = tuple(amounts_of(content).values())
    return account.mission.pk, funder, heading, *amounts, content.get("reference", "")


def make_budget(batch: Any, line: TakeoverLine) -> dict[str, Any]:
    """Create the row of a line of budget; return the fields of the line to update.

    They are those of `make_budgets`; after a refusal, `duplicate` (why), `certain` and `keep`.
    """
    try:
        with transaction.atomic():
            return make_budgets(batch, [line])[0]
    except ActionNotAllowed as refusal:
        return {"duplicate": refusal.reasons[0][:300], "certain": True, "keep": False}


def make_budgets(batch: Any, lines: Sequence[TakeoverLine]) -> list[dict[str, Any]]:
    """Create the rows of several lines of budget, all or none; an envelope takes its own queries.

    Return for each line its fields to update: `made`, and `budget_line` or `envelope`.

    Raises:
        ActionNotAllowed: something changed after the file was read.
    """
    if not hasattr(batch, "accounts"):
        batch.accounts = selectors.Accounts(batch.network_id)
    by = author_of(batch)
    accounts = [account_of(line.content, batch.accounts) for line in lines]
    if faults := [fault for account in accounts for fault in account.faults]:
        raise ActionNotAllowed(faults[0][2])
    of_missions = [
        (line, account) for line, account in zip(lines, accounts, strict=True) if account.mission
    ]
    rows = budgets.take_over(
        [_fields_of(line.content, account) for line, account in of_missions],
        by=by,
        details=[
            {"import": batch.pk, "line": line.number, "file": batch.name} for line, _ in of_missions
        ],
    )
    made = {line.pk: row for (line, _), row in zip(of_missions, rows, strict=True)}
    return [
        {"made": True, "budget_line": made[line.pk]}
        if line.pk in made
        else {"made": True, "envelope": _envelope(account, amounts_of(line.content)["planned"], by)}
        for line, account in zip(lines, accounts, strict=True)
    ]


def _fields_of(content: dict[str, Any], account: Account) -> dict[str, Any]:
    """Return the values of the fields of a line of budget."""
    note = [f"Reprise du {stored_day(content['on']):%d/%m/%Y}"] if content.get("on") else []
    return {
        "mission": account.mission,
        "funder": account.funder,
        "heading": content.get("heading", NO_HEADING),
        "original": Decimal(content["original"]) if content.get("original") else None,
        "currency": content["currency"],
        "rate": Decimal(content["rate"]) if content.get("rate") else None,
        "rate_on": stored_day(content["rate_on"]) if content.get("rate_on") else None,
        "reference": content.get("reference", ""),
        "note": " – ".join([*note, *filter(None, [content.get("note", "")])])[:300],
        **amounts_of(content),
    }


def _envelope(account: Account, amount: Decimal, by: Any) -> Envelope:
    """Record the envelope of a call, unless one was recorded since the reading."""
    call, funder = account.call, account.funder
    if call is None or funder is None or Envelope.objects.filter(call=call, funder=funder).exists():
        raise ActionNotAllowed("Ce financeur a déjà une enveloppe sur cet appel.")
    return calls.fund(call, by=by, funder=funder, amount=amount)


def erase_budget(batch: Takeover, line: TakeoverLine) -> str:
    """Erase the row of a line unless it was changed or used since; return its name if so."""
    by = author_of(batch)
    if row := line.budget_line:
        if row.version:
            return line.title
        audit.log(row, "erase_taken_over", by=by)
        row.delete()
    if envelope := line.envelope:
        if envelope.amount != line.planned or selectors.is_spent(envelope):
            return line.title
        audit.log(
            envelope.call, "erase_taken_over", by=by, details={"funder": envelope.funder.slug}
        )
        envelope.delete()
    return ""
