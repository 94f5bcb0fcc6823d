"""An independent evaluation of the IATI rules, from the JSON file of the standard."""

import json
import re
from datetime import timedelta
from types import SimpleNamespace

NAMESPACES = {"xml": "http://www.w3.org/XML/1998/namespace"}


def _walk(rules, on, loops=()):
    for kind, body in rules.items():
        for case in body["cases"]:
            if kind == "loop":
                yield from _walk(case["do"], on, (*loops, case))
            else:
                info = case["ruleInfo"]
                yield SimpleNamespace(
                    id=info["id"],
                    severity=info["severity"],
                    on=on,
                    kind=kind,
                    case=case,
                    loops=loops,
                )


def cases(path):
    return [c for on, rules in json.loads(path.read_text()).items() for c in _walk(rules, on)]


def _text(node):
    return (node if isinstance(node, str) else "".join(node.itertext())).strip()


def _found(element, paths):
    return [node for path in paths for node in element.xpath(path, namespaces=NAMESPACES)]


def _numbers(element, paths):
    return [float(_text(node)) for node in _found(element, paths) if _text(node)]


def _day(element, path, today):
    if path == "NOW":
        return today
    results = element.xpath(path)
    return type(today).fromisoformat(_text(results[0])[:10]) if results else None


def _one_or_all(element, case):
    if element.xpath(case["one"], namespaces=NAMESPACES):
        return True
    if case["all"] == "lang":
        return not element.xpath(".//narrative[not(@xml:lang)]")
    if case["all"] == "currency":
        money = ".//*[self::value or self::forecast or self::loan-status][not(@currency)]"
        return not element.xpath(money)
    sectors = element.xpath("transaction/sector")
    return not sectors or not element.xpath("transaction[not(sector)]")


def _ordered(element, case, today, first, last):
    days = _day(element, case[first], today), _day(element, case[last], today)
    return None in days or days[0] <= days[1]


def _lasting(element, case, today):
    days = _day(element, case["start"], today), _day(element, case["end"], today)
    return None in days or days[1] - days[0] <= timedelta(366)


def _between(element, case, today):
    start, end = _day(element, case["start"], today), _day(element, case["end"], today)
    dates = [type(today).fromisoformat(_text(node)[:10]) for node in element.xpath(case["date"])]
    return None in (start, end) or all(start <= day <= end for day in dates)


def _starts(element, case):
    prefixes = [_text(node) for node in _found(element, case["prefix"])]
    texts = [_text(node) for node in _found(element, case["paths"])]
    return all(any(text.startswith(p + case["separator"]) for p in prefixes) for text in texts)


KINDS = {
    "atleast_one": lambda e, c, t: bool(_found(e, c["paths"])),
    "no_more_than_one": lambda e, c, t: len(_found(e, c["paths"])) <= 1,
    "one_or_all": lambda e, c, t: _one_or_all(e, c),
    "date_order": lambda e, c, t: _ordered(e, c, t, "less", "more"),
    "date_now": lambda e, c, t: (_day(e, c["date"], t) or t) <= t,
    "time_limit": _lasting,
    "between_dates": _between,
    "strict_sum": lambda e, c, t: (
        not _found(e, c["paths"]) or abs(sum(_numbers(e, c["paths"])) - c["sum"]) < 1e-9
    ),
    "range": lambda e, c, t: all(c["min"] <= n <= c["max"] for n in _numbers(e, c["paths"])),
    "regex_matches": lambda e, c, t: all(
        re.search(c["regex"], _text(n)) for n in _found(e, c["paths"]) if _text(n)
    ),
    "no_spaces": lambda e, c, t: all(
        raw == raw.strip()
        for raw in (n if isinstance(n, str) else n.text or "" for n in _found(e, c["paths"]))
    ),
    "startswith": lambda e, c, t: _starts(e, c),
    "unique": lambda e, c, t: (
        len(texts := [_text(n) for n in _found(e, c["paths"])]) == len(set(texts))
    ),
    "if_then": lambda e, c, t: (
        not e.xpath(f"boolean({c['if']})") or e.xpath(f"boolean({c['then']})")
    ),
}


def _filled(case, subs, value):
    def fill(item):
        if isinstance(item, list):
            return [fill(each) for each in item]
        return item.replace("$1", value) if isinstance(item, str) else item

    return {
        k: fill(v) if k in (*subs, "condition", "paths", "if", "then") else v
        for k, v in case.items()
    }


def _variants(element, rule):
    if not rule.loops:
        return [rule.case]
    (loop,) = rule.loops
    values = {str(value) for value in element.xpath(loop["foreach"])}
    return [_filled(rule.case, loop["subs"], value) for value in values]


def _broken(element, rule, today):
    for case in _variants(element, rule):
        wanted = case.get("condition")
        if wanted and not element.xpath(f"boolean({wanted})"):
            continue
        if not KINDS[rule.kind](element, case, today):
            return True
    return False


def of(path, root, today):
    """Return the numbers of the rules that an IATI file breaks."""
    return {
        rule.id
        for rule in cases(path)
        if rule.case.get("idCondition") is None or rule.kind == "regex_matches"
        for element in root.getroottree().xpath(rule.on)
        if _broken(element, rule, today)
    }
