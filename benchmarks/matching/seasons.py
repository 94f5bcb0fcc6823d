"""Invented seasons: the needs of a call and the experts, with texts, dates and languages.

The same sizes always give the same season. A profile has about 900 characters in 6 lines, a need
about 500. Words depend on the trade, so that scores differ. Dates, languages, networks, leave
schemes and employers all exclude some experts.
"""

from datetime import date, timedelta

import numpy as np

from explor.engines.matching import Expert, Language, Need, Period, Scheme, Settings

FIRST = date(2027, 2, 1)
TODAY = date(2027, 1, 10)
YEAR = 330
TRADES = 60
NETWORKS = ("nord", "sud", "est", "ouest", "centre")
COUNTRIES = ("MG", "SN", "BJ", "TG", "MA", "KH", "VN", "MZ", "CV", "BO")
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
SPOKEN = ("pt", "es", "en", "ar")
SYLLABLES = "ra to mi ne lo ca ble tion eur ment pro gra ge sta ri que an de vi sol fen pa".split()
CALL = Settings(today=TODAY, time_limit=300)


class Words:
    """Sentences about a trade: a third of the words are of the trade, the rest are everyday."""

    def __init__(self, draw: np.random.Generator) -> None:
        self.draw = draw
        bank = np.array(
            ["".join(draw.choice(SYLLABLES, draw.integers(2, 6))) for _ in range(30000)]
        )
        share = 1 / np.arange(1, bank.size + 1) ** 0.9
        self.bank, self.usual = bank, np.cumsum(share / share.sum())
        self.of = draw.choice(bank, (TRADES, 80))

    def line(self, trade: int, count: int) -> str:
        places = np.searchsorted(self.usual, self.draw.random(count))
        words = self.bank[np.minimum(places, self.bank.size - 1)]
        own = self.draw.random(count) < 0.35
        words[own] = self.draw.choice(self.of[trade], int(own.sum()))
        return " ".join(words.tolist())


def season(needs: int, experts: int) -> tuple[list[Need], list[Expert]]:
    """Return needs of 1 to 3 seats, and experts who accept 1 or 2 missions each."""
    draw = np.random.default_rng([needs, experts])
    words = Words(draw)
    return (
        [_need(draw, words, k) for k in range(needs)],
        [_expert(draw, words, k) for k in range(experts)],
    )


def _pick(draw: np.random.Generator, of: tuple[str, ...]) -> str:
    return of[int(draw.integers(len(of)))]


def _period(draw: np.random.Generator, shortest: int, longest: int) -> Period:
    days = int(draw.integers(shortest, longest))
    start = FIRST + timedelta(days=int(draw.integers(0, YEAR - days)))
    return Period(start=start, end=start + timedelta(days=days))


def _need(draw: np.random.Generator, words: Words, k: int) -> Need:
    trade = int(draw.integers(TRADES))
    team = draw.random() < 0.05
    spoken = (Language(code=_pick(draw, SPOKEN), level="B1"),)
    return Need(
        id=f"b{k:05}",
        title=words.line(trade, 6),
        text=words.line(trade, 50),
        skills=tuple(words.of[trade, draw.choice(12, 2, replace=False)].tolist()),
        sectors=(f"{trade % 20 + 110}",),
        languages=spoken if draw.random() < 0.3 and not team else (),
        team_languages=spoken if team else (),
        country=_pick(draw, COUNTRIES),
        seats=int(draw.integers(1, 4)),
        window=_period(draw, 14, 45),
        days=int(draw.integers(8, 15)),
        network=_pick(draw, NETWORKS),
        association=f"a{int(draw.integers(800))}",
    )


def _expert(draw: np.random.Generator, words: Words, k: int) -> Expert:
    trade = int(draw.integers(TRADES))
    codes = [code for code in SPOKEN if draw.random() < 0.4]
    file_by = TODAY + timedelta(days=int(draw.integers(-20, 120)))
    scheme = Scheme(code="csi", verdict="open", file_by=file_by)
    done = int(draw.integers(0, 3))
    return Expert(
        id=f"p{k:05}",
        text=tuple(words.line(trade, 16) for _ in range(6)),
        skills=tuple(words.of[trade, draw.choice(12, 4, replace=False)].tolist()),
        sectors=(f"{trade % 20 + 110}",),
        languages=tuple(Language(code=c, level=_pick(draw, LEVELS)) for c in codes),
        countries=(_pick(draw, COUNTRIES),) if done else (),
        availability=tuple(_period(draw, 20, 90) for _ in range(int(draw.integers(2, 5)))),
        load=int(draw.integers(1, 3)),
        network=_pick(draw, NETWORKS),
        shared_with=NETWORKS if draw.random() < 0.5 else (),
        employer=f"o{int(draw.integers(2000))}" if draw.random() < 0.8 else "",
        conflicts=(f"a{int(draw.integers(800))}",) if draw.random() < 0.05 else (),
        missions_done=done,
        last_mission=date(2025, 6, 1) if done else None,
        schemes=(scheme,) if draw.random() < 0.2 else (),
    )
