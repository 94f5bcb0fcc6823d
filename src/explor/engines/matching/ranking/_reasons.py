"""French sentences that explain the score of an expert for a need."""

from collections.abc import Iterator, Mapping, Sequence

from explor.engines.french.dates import day_fr
from explor.engines.matching.records import (
    NEVER,
    Expert,
    Need,
    Quote,
    Roster,
    Runs,
    Scheme,
    day,
    days_fr,
    language_fr,
    listed,
)


def reasons(
    roster: Roster,
    need: Need,
    i: int,
    parts: Mapping[str, float],
    quotes: Sequence[Quote],
    runs: Runs,
) -> tuple[str, ...]:
    """Return French sentences in favour of expert `i` (a position in `roster`) for a need.

    `parts` (of the score), `quotes` (lines of the profile) and `runs` (days available) are the
    values from which the score was computed, so the sentences agree with the score.
    """
    expert = roster.experts[i]
    sentences: list[str] = []
    if quotes:
        sentences.append(f"Mots retrouvés dans le profil : {listed(list(quotes[0].words[:4]))}.")
    sentences += _about_knowledge(need, expert, parts)
    sentences += _about_dates(need, int(runs.first[i]), int(runs.longest[i]))
    if expert.missions_done == 0:
        sentences.append("Ce serait une première mission.")
    elif parts["newcomers"] > 0:
        sentences.append("N'est pas partie ou parti en mission depuis longtemps.")
    if _scheme_to_check(roster.schemes_of(need, i)):
        whom = " avec l'employeur" if expert.employer else ""
        sentences.append(f"Le cadre de départ reste à vérifier{whom}.")
    return tuple(sentences)


def _about_knowledge(need: Need, expert: Expert, parts: Mapping[str, float]) -> Iterator[str]:
    """Yield French sentences on skills, languages and other things that expert and need share."""
    for label, part, required, held in (
        ("Compétences", "skills", need.skills, expert.skills),
        ("Secteurs", "sectors", need.sectors, expert.sectors),
    ):
        common = [code for code in required if code in held]
        if common:
            yield f"{label} en commun : {listed(common)}."
        elif parts[part] > 0:
            yield f"{label} proches de la demande."
    for language in expert.languages:
        if language.code in {required.code for required in need.languages}:
            yield f"Parle {language_fr(language.code)} (niveau {language.level})."
    if need.country and need.country in expert.countries:
        yield "Connaît déjà le pays."


def _about_dates(need: Need, first: int, longest: int) -> Iterator[str]:
    """Yield a French sentence on the first free day and the spare days; none if the expert is busy.

    `first` is an ordinal, `longest` the number of days in a row when the expert is free.
    """
    begins = day(first)
    if begins is not None and first < NEVER:
        spare = longest - need.days
        margin = f", avec {days_fr(spare)} de marge" if spare else ", sans marge"
        yield f"Libre dès le {day_fr(begins)}{margin}."


def _scheme_to_check(schemes: Sequence[Scheme]) -> bool:
    verdicts = {scheme.verdict for scheme in schemes}
    return "to_check" in verdicts and "open" not in verdicts
