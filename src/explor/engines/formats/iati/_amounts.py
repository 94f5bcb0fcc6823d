"""Budget of an IATI activity, without counting revised and original budgets twice.

If the activity has no budget, a commitment or a planned disbursement is used instead, with a
remark.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from explor.engines.formats.sheets import Money, PartialDate

from ._life import written_date
from ._remarks import Remarks

BUDGETS = ("budget", "budget-planned")  # the second one in the first draft of the standard
REVISED = ("2", "revised")
# Kinds of payments: French singular and plural, by code; letters are those of version 1.
PAYMENTS = {
    "1": ("fonds reçu", "fonds reçus"),
    "2": ("engagement", "engagements"),
    "3": ("versement", "versements"),
    "4": ("dépense", "dépenses"),
    "5": ("paiement d’intérêts", "paiements d’intérêts"),
    "6": ("remboursement de prêt", "remboursements de prêt"),
    "7": ("remboursement", "remboursements"),
    "8": ("prise de participation", "prises de participation"),
    "9": ("cession de participation", "cessions de participation"),
    "10": ("garantie de crédit", "garanties de crédit"),
    "11": ("engagement reçu", "engagements reçus"),
    "12": ("promesse faite", "promesses faites"),
    "13": ("promesse reçue", "promesses reçues"),
}
OTHER = ("autre transaction", "autres transactions")
LETTERS = {
    "IF": "1", "C": "2", "D": "3", "E": "4", "IR": "5",
    "LR": "6", "R": "7", "QP": "8", "QS": "9", "CG": "10",
}  # fmt: skip
# Words of version 1 and of the first draft, when a transaction has no code.
WORDS = {
    "incoming funds": "1", "commitment": "2", "disbursement": "3", "expenditure": "4",
    "interest repayment": "5", "loan repayment": "6", "reimbursement": "7",
}  # fmt: skip
COMMITMENTS = ("2", "11")  # those made are preferred to those received
MOST = 30  # budgets whose amounts are listed
Amounts = dict[str, Decimal]


@dataclass(frozen=True, kw_only=True)
class _Budget:
    """A budget in the file; `start` and `end` are None when the file does not give them."""

    revised: bool
    indicative: bool
    start: date | None
    end: date | None
    amount: Decimal
    currency: str

    def overlaps(self, other: "_Budget") -> bool:
        """Return whether two budgets overlap in time; one may end on the day the other begins."""
        if self.period == other.period:
            return True
        if not (self.start and self.end and other.start and other.end):
            return True
        return self.start < other.end and other.start < self.end

    def covers(self, other: "_Budget") -> bool:
        if not (self.start and self.end and other.start and other.end):
            return False
        return self.start <= other.start and other.end <= self.end

    @property
    def period(self) -> tuple[date | None, date | None]:
        return self.start, self.end


def budget_of(activity: Any, remarks: Remarks) -> Money | None:
    """Return the budget of an activity, or an amount used in its place; None if no amount.

    Budgets of zero beside other amounts are placeholders: they count as no budget.
    """
    elements = [element for name in BUDGETS for element in activity.findall(name)]
    given = [each for b in elements if (each := _budget(activity, b, remarks))]
    payments = _payments(activity, remarks)
    planned, number = _planned(activity, remarks)
    spent = [amount for values in payments.values() for _, amount in values]
    others = any(planned.values()) or any(spent)
    if given and (any(each.amount for each in given) or not others):
        total = _total(_kept(given, remarks), remarks)
        remarks.count("versement prévu", "versements prévus", number, _shown(planned))
    else:
        lacking = "Budget nul" if given else "Pas de budget"
        total = _substitute(lacking, planned, payments, remarks)
    _note_payments(payments, remarks)
    return total


def _substitute(
    lacking: str,
    planned: Amounts,
    payments: dict[str, list[tuple[str, Decimal]]],
    remarks: Remarks,
) -> Money | None:
    """Return the amount used in place of a budget, with a remark; remove it from `payments`."""
    name, total = "", None
    if planned:
        name, total = "des versements prévus", _only(planned, "Versements prévus", remarks)
    elif code := next((code for code in COMMITMENTS if payments.get(code)), ""):
        values, (one, several) = payments.pop(code), PAYMENTS[code]
        name = f"de l’{one}" if len(values) == 1 else f"des {len(values)} {several}"
        total = _only(_sums(values), several.capitalize(), remarks)
    if total:
        remarks.add(f"{lacking} dans le fichier : le montant est celui {name}.")
    elif payments or name:
        remarks.add(f"{lacking} dans le fichier.")
    return total


def _budget(activity: Any, element: Any, remarks: Remarks) -> _Budget | None:
    value = _value(activity, element, "budget", remarks)
    if value is None:
        return None
    return _Budget(
        revised=(element.get("type") or "").strip().lower() in REVISED,
        indicative=element.get("status", "1") == "1",
        start=day.first_day() if (day := _date(element.find("period-start"))) else None,
        end=day.last_day() if (day := _date(element.find("period-end"))) else None,
        currency=value[0],
        amount=value[1],
    )


def _date(element: Any) -> PartialDate | None:
    """Return a limit of a period; None if it is missing or unreadable."""
    try:
        return PartialDate.parse(written_date(element)) if element is not None else None
    except ValueError:
        return None


def _value(activity: Any, element: Any, what: str, remarks: Remarks) -> tuple[str, Decimal] | None:
    """Return the (currency, amount) of an XML element; None, with a remark, if unreadable."""
    value = element.find("value")
    bare = re.sub(r"\s", "", (value.text or "") if value is not None else "")
    if value is None or not bare:
        remarks.count("montant absent", "montants absents", 1, what)
        return None
    if re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare):
        bare = bare.replace(",", "")
    if not re.fullmatch(r"[-+]?(?:\d{1,20}(?:\.\d*)?|\.\d+)", bare):
        remarks.add(f"Montant de {what} incompris : « {bare[:40]} ».")
        return None
    currency = (value.get("currency") or "").strip() or activity.get("default-currency") or ""
    return currency.strip().upper(), Decimal(bare)


def _kept(budgets: list[_Budget], remarks: Remarks) -> list[_Budget]:
    """Return the budgets to add up: revised ones replace the original ones that they overlap."""
    revised = [each for each in budgets if each.revised]
    first = [each for each in budgets if not each.revised]
    replaced = [each for each in first if any(each.overlaps(other) for other in revised)]
    if replaced:
        uncovered = [e for e in replaced if not any(o.period == e.period for o in revised)]
        why = "remplacé par le budget révisé"
        if len(replaced) > 1:
            why = "remplacés par les budgets révisés"
        if uncovered:
            why += ", dont la période diffère"
        sums = _shown(_sums((each.currency, each.amount) for each in replaced))
        remarks.count("budget d’origine", "budgets d’origine", len(replaced), f"{sums}, {why}")
    return [each for each in first if each not in replaced] + revised


def _total(budgets: list[_Budget], remarks: Remarks) -> Money | None:
    """Return the sum of budgets in one currency without overlap, or the budget that covers all."""
    widest = next((b for b in budgets if all(b is o or b.covers(o) for o in budgets)), None)
    if any(b.overlaps(o) for i, b in enumerate(budgets) for o in budgets[:i]):
        same = len({b.period for b in budgets}) < len(budgets)
        if widest is None or same:
            partial = any(None in each.period for each in budgets)
            why = "ont une période incomplète" if partial else "se recouvrent"
            remarks.add(f"Des budgets {why} ({_each(budgets)}) : aucun n’est repris.")
            return None
        remarks.add(
            f"{len(budgets)} budgets se recouvrent : seul celui de toute la période est repris."
        )
        others = [each for each in budgets if each is not widest]
        remarks.count("budget", "budgets", len(others), _each(others))
        budgets = [widest]
    if any(each.indicative for each in budgets):
        share = "Budget" if all(each.indicative for each in budgets) else "Budget en partie"
        remarks.add(f"{share} indicatif, sans engagement.")
    return _only(_sums((each.currency, each.amount) for each in budgets), "Budget", remarks)


def _only(sums: Amounts, what: str, remarks: Remarks) -> Money | None:
    """Return the single amount of `sums`; None, with a remark, if several or invalid."""
    if len(sums) > 1:
        remarks.add(f"{what} en plusieurs monnaies ({_shown(sums)}) : non repris.")
        return None
    ((currency, amount),) = sums.items()
    if not currency:
        remarks.add(f"{what} non repris ({_shown(sums)}) : le fichier ne dit pas la monnaie.")
        return None
    rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    try:
        total = Money(amount=rounded, currency=currency)
    except ValueError as fault:
        remarks.add(f"{what} non repris ({_shown(sums)}) : {fault}.")
        return None
    if rounded != amount:
        remarks.add(f"{what} arrondi au centime ({amount} dans le fichier).")
    return total


def _each(budgets: list[_Budget]) -> str:
    """Return the amount of each budget in French, at most 30 of them."""
    amounts = [_shown({each.currency: each.amount}) for each in budgets]
    return " ; ".join([*amounts[:MOST], *["…"][: len(amounts) > MOST]])


def _shown(sums: Amounts) -> str:
    """Return amounts as French text; unlike with `Money`, some may be negative."""
    shown = ((f"{amount:,.2f}".removesuffix(".00"), code) for code, amount in sums.items())
    marks = str.maketrans({",": " ", ".": ","})
    return " + ".join(f"{text.translate(marks)} {code or 'sans monnaie'}" for text, code in shown)


def _planned(activity: Any, remarks: Remarks) -> tuple[Amounts, int]:
    every = activity.findall("planned-disbursement")
    read = (_value(activity, each, "versement prévu", remarks) for each in every)
    values = [value for value in read if value]
    return _sums(values), len(values)


def _sums(values: Iterable[tuple[str, Decimal]]) -> Amounts:
    sums: Amounts = {}
    for currency, amount in values:
        sums[currency] = sums.get(currency, Decimal(0)) + amount
    return sums


def _payments(activity: Any, remarks: Remarks) -> dict[str, list[tuple[str, Decimal]]]:
    """Return {transaction type: (currency, amount) pairs} for an activity."""
    payments: dict[str, list[tuple[str, Decimal]]] = {}
    for each in activity.findall("transaction"):
        code = _kind(each)
        if value := _value(activity, each, "transaction", remarks):
            payments.setdefault(code if code in PAYMENTS else "", []).append(value)
    return payments


def _kind(transaction: Any) -> str:
    """Return the code of the type of a transaction, given by a code, a letter or a word."""
    element = transaction.find("transaction-type")
    if element is None:
        word = transaction.get("type") or ""
    elif code := (element.get("code") or "").strip():
        return LETTERS.get(code.upper(), code)
    else:
        word = element.text or ""
    return WORDS.get(word.strip().lower(), "")


def _note_payments(payments: dict[str, list[tuple[str, Decimal]]], remarks: Remarks) -> None:
    """Add remarks on the number and sum of transactions, which a sheet cannot contain."""
    for code, values in payments.items():
        one, several = PAYMENTS.get(code, OTHER)
        remarks.count(one, several, len(values), _shown(_sums(values)))
