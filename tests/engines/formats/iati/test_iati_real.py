"""Real IATI files compared with the values that XPath alone reads in them.

A field is correct when it says what the file says; otherwise a remark must explain the difference.
"""

import re
from collections import Counter
from decimal import Decimal

from lxml import etree

from explor.engines.formats.iati import read_activities


def _sums(activity, path):
    """Return the amounts under a path, added by currency."""
    default = activity.get("default-currency", "")
    sums = Counter()
    for value in activity.xpath(path):
        sums[value.get("currency", default)] += Decimal(value.text)
    return dict(sums)


def _possible_budgets(activity):
    """Return the sums that a budget may be: revised over original, or their substitutes."""
    revised = activity.xpath("budget[@type='2']")
    starts = "../budget[@type='2']/period-start/@iso-date"
    replaced = f"budget[@type='2' or not(period-start/@iso-date = {starts})]"
    if activity.xpath("budget"):
        return [_sums(activity, f"{replaced if revised else 'budget'}/value")]
    paths = [f"transaction[transaction-type/@code='{code}']/value" for code in ("2", "11")]
    return [
        sums for path in ["planned-disbursement/value", *paths] if (sums := _sums(activity, path))
    ]


def _amount(activity, read, told):
    possible = _possible_budgets(activity)
    budget = read.sheet.budget
    if budget is None:
        return "right" if not possible and "transaction" not in told else _told("udget", told)
    return "right" if {budget.currency: budget.amount} in possible[:1] else "wrong"


def _told(word, told):
    return "told" if word in told else "wrong"


def _day(activity, read, name, kinds, told):
    dates = [
        d for kind in kinds for d in activity.xpath(f"activity-date[@type='{kind}']/@iso-date")
    ]
    day = getattr(read.sheet, name)
    if day is None:
        return "right" if not dates else _told("fin non reprise", told)
    return "right" if day.iso() == dates[0][:10] else "wrong"


def _countries(activity, read, told):
    codes = activity.xpath("recipient-country/@code | transaction/recipient-country/@code")
    return "right" if set(read.sheet.countries) == {code.upper() for code in codes} else "wrong"


def _sectors(activity, read, told):
    given = activity.xpath(
        "sector[not(@vocabulary='7' or @vocabulary='8')]"
        " | transaction/sector[not(@vocabulary='7' or @vocabulary='8')]"
    )
    shown = " ".join(read.sheet.sectors)
    missing = []
    for sector in given:
        name = " ".join("".join(sector.xpath("narrative[1]//text()")).split())
        if sector.get("vocabulary", "1") in ("1", "2"):
            kept = f"(CAD {sector.get('code')})" in shown
        else:
            kept = bool(name) and name in shown
        missing += [] if kept else [sector]
    if not missing:
        return "right"
    return "told" if any(each in told for each in ("sans nom connu", "autre langue")) else "wrong"


def _goals(activity, read, told):
    codes = activity.xpath(
        "tag[@vocabulary='2' or @vocabulary='3']/@code"
        " | sector[@vocabulary='7' or @vocabulary='8']/@code"
    )
    numbers = {int(code.split(".")[0]) for code in codes if code.split(".")[0].isdigit()}
    known = {number for number in numbers if 1 <= number <= 17}
    if {goal.number for goal in read.sheet.goals} != known:
        return "wrong"
    return "right" if known == numbers else _told("ODD inconnu", told)


def _documents(activity, read, told):
    urls = {url.strip() for url in activity.xpath(".//document-link/@url") if url.strip()}
    kept = {link.url for link in read.sheet.links}
    missing = {url for url in urls if url.replace(" ", "%20") not in kept}
    return "right" if not missing else _told("document", told)


def _texts(activity, read, told):
    """Compare the words of the description and results of the first language with the sheet."""
    sheet = read.sheet
    shown = " ".join(
        filter(None, (sheet.context, sheet.objectives, sheet.audiences, sheet.results))
    )
    words = Counter("".join(c if c.isalnum() else " " for c in shown).split())
    for text in activity.xpath("description/narrative[1]/text() | description/text()"):
        bare = "".join(c if c.isalnum() else " " for c in text).split()
        if any(word not in words for word in bare if word.isalpha()):
            return _told("autre langue", told) if "langue" in told else "wrong"
    return "right"


def _organisations(activity, read, told):
    sheet = read.sheet
    shown = " ".join(
        filter(None, (sheet.lead_organisation.name, sheet.local_partners, *sheet.other_funders))
    )
    for each in activity.xpath("participating-org"):
        name = " ".join("".join(each.xpath("narrative[1]//text()")).split()) or each.get("ref")
        same = each.get("ref") and each.get("ref") in activity.xpath(
            "participating-org[@role='2']/@ref | reporting-org/@ref"
        )
        if name and name.casefold() not in shown.casefold() and not same:
            return _told("sans rôle", told)
    return "right"


def _number(kind, told):
    """Return the number of things of a kind, as a regular expression, that the remarks count."""
    return sum(int(number) for number in re.findall(rf"Non repris : (\d+) (?:{kind})", told))


def _other_dates(activity, read, told):
    kept = {day.iso() for day in (read.sheet.start, read.sheet.end) if day}
    dates = {date[:10] for date in activity.xpath("activity-date/@iso-date")}
    missing = len(dates - kept)
    if not missing:
        return "right"
    return "told" if missing <= _number("autres? dates?", told) else _told("fin non reprise", told)


def _shares(activity, read, told):
    elements = activity.xpath("(sector | recipient-country | recipient-region)[@percentage]")
    sets = Counter((each.tag, each.get("vocabulary")) for each in activity)
    lost = sum(
        sets[each.tag, each.get("vocabulary")] > 1 or float(each.get("percentage")) != 100
        for each in elements
    )
    if not lost:
        return "right"
    return "told" if lost == _number("parts? d", told) else "wrong"


PAYMENTS = {
    "1": "fonds? reçus?",
    "2": "engagements?(?! reçu)",
    "3": "versements?(?! prévu)",
    "4": "dépenses?",
    "11": "engagements? reçus?",
}


def _payments(activity, read, told):
    """Compare the number of transactions of each kind with the remarks and the budget."""
    codes = Counter(activity.xpath("transaction/transaction-type/@code"))
    planned = activity.xpath("count(planned-disbursement)")
    budgets = activity.xpath("count(budget)")
    counted = all(
        number == _number(PAYMENTS[code], told) or (not budgets and code in ("2", "11"))
        for code, number in codes.items()
    )
    if not counted or (budgets and planned != _number("versements? prévus?", told)):
        return "wrong"
    return "told" if codes or planned else "right"


def verdicts(activity, read):
    told = " ".join(note.text for note in read.notes)
    return {
        "budget": _amount(activity, read, told),
        "start": _day(activity, read, "start", "21", told),
        "end": _day(activity, read, "end", "43", told),
        "other dates": _other_dates(activity, read, told),
        "payments": _payments(activity, read, told),
        "shares": _shares(activity, read, told),
        "countries": _countries(activity, read, told),
        "sectors": _sectors(activity, read, told),
        "goals": _goals(activity, read, told),
        "documents": _documents(activity, read, told),
        "texts": _texts(activity, read, told),
        "organisations": _organisations(activity, read, told),
    }


def test_every_field_of_the_real_activities_is_correct_or_explained_by_a_remark(shared):
    counts, wrong, number = Counter(), [], 0
    for path in sorted(shared("data/iati/real").glob("*.xml")):
        activities = etree.parse(path).getroot().findall("iati-activity")
        for activity, read in zip(activities, read_activities(path.read_bytes()), strict=True):
            number += 1
            for field, verdict in verdicts(activity, read).items():
                counts[verdict] += 1
                if verdict == "wrong":
                    wrong.append((path.stem, read.source_id, field))
    assert wrong == []
    assert number == 85
    assert counts == {"right": 843, "told": 177}


def test_the_revised_budget_of_a_real_activity_replaces_the_original_one(shared):
    data = shared("data/iati/real/terre-des-hommes.xml").read_bytes()
    assert [str(read.sheet.budget) for read in read_activities(data)] == [
        "1 198 000 USD",
        "743 176 USD",
    ]


def test_no_remark_on_the_real_files_is_repeated_or_shows_python_values(shared):
    for path in sorted(shared("data/iati/real").glob("*.xml")):
        for read in read_activities(path.read_bytes()):
            texts = [note.text for note in read.notes]
            assert len(texts) == len(set(texts)) <= 16
            shown = " ".join([*texts, *(report.text for report in read.fields)])
            assert not any(word in shown for word in ("None", "Goal(", "PartialDate(", "Link("))
