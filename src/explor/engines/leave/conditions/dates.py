"""Conditions on dates and durations: validity of the scheme, notice, seniority, days of leave."""

from datetime import date, datetime, timedelta

from explor.engines.french.dates import day_fr, moment_fr

from ..calendar import leave_days, months_after, working_days
from ..tables import SOFTWARE, Tables, scale, territories, threshold
from .findings import HOLDS, Case, Finding, ask, known, no, yes


def not_past(case: Case) -> Finding:
    """Check that the first day of absence was not past when the employer received the request."""
    if case.mission.leaves >= case.requested_on:
        return HOLDS
    return no(f"Le départ est passé : {day_fr(case.mission.leaves)}.")


def in_force(case: Case) -> Finding:
    """Check that the scheme legally exists from the first day of absence to the end of the mission.

    An absence that begins while the scheme exists, or by `Scheme.doubtful_to`, but lasts beyond
    `valid_to`, gives a question, since the scheme may be extended.
    """
    scheme, mission = case.scheme, case.mission
    texts, period = scheme.articles, _period(scheme.valid_from, scheme.valid_to)
    if not period:
        return HOLDS
    begins_after = scheme.valid_from is not None and mission.leaves < scheme.valid_from
    if begins_after or scheme.has_ended(mission.leaves):
        return no(f"Ce cadre n’existe que {period}.", *texts)
    if scheme.valid_to is None or mission.end <= scheme.valid_to:
        return yes(f"Ce cadre existe {period}.", *texts)
    return ask(
        f"Ce cadre, ouvert {period}, est-il prolongé jusqu’au {day_fr(mission.end)} ?", *texts
    )


def _period(start: date | None, end: date | None) -> str:
    """Return the legal period of validity of a scheme in French; "" when no text sets one."""
    if start and end:
        return f"du {day_fr(start)} au {day_fr(end)}"
    if end:
        return f"jusqu’au {day_fr(end)}"
    return f"depuis le {day_fr(start)}" if start else ""


def short_enough(case: Case) -> Finding:
    """Check that the absence is no longer than the scheme allows, in weeks for an urgent request.

    For the CSI (congé de solidarité internationale, C. trav. L3142-74), when a company agreement
    sets other rules, the finding is a question instead of a failure.
    """
    end, length = _longest(case)
    if end is None or case.mission.end < end:
        return HOLDS
    if case.scheme.code == "CSI" and case.employer.leave_agreement:
        return ask("Quelle durée l’accord d’entreprise ou de branche permet-il ?", "CT-L3142-73")
    return no(f"L’absence dépasse la durée permise : {length}.", *case.scheme.articles)


def _longest(case: Case) -> tuple[date | None, str]:
    """Return the first day after the longest absence allowed, and the length of this absence.

    The day is None if there is no limit; the length is a French text, such as « 6 mois ».
    """
    leaves, months = case.mission.leaves, case.scheme.longest_months
    if case.urgent:
        weeks = case.urgent.longest_weeks
        return leaves + timedelta(weeks=weeks), f"{weeks} semaines pour une demande urgente"
    return (months_after(leaves, months), f"{months} mois") if months else (None, "")


def in_time(case: Case) -> Finding:
    """Check that enough time is left to prepare the documents before the departure.

    The limit is `Case.advised_by`, our own estimate, since no text sets one. After this day the
    finding is a question, never a failure, and only for a scheme with `late_raises_question`.
    """
    advised = case.advised_by
    if advised is None or not case.scheme.late_raises_question or case.requested_on <= advised:
        return HOLDS
    if case.mission.leaves < case.requested_on:  # `not_past` already gives a clearer reason
        return HOLDS
    return ask(
        "Les pièces peuvent-elles être prêtes avant le départ ? La date conseillée est passée : "
        f"{day_fr(advised)}.",
        *case.scheme.articles,
    )


def seniority(case: Case) -> Finding:
    """Check that the person has worked twelve months for the employer by the departure.

    Source: C. trav. L3142-74. When a company agreement sets other rules, the finding is a question.
    Earlier months with the same employer count; while unknown, they give a question if needed.
    """
    text = "CT-L3142-74"
    if case.employer.leave_agreement:
        return ask(
            "Quelle ancienneté l’accord d’entreprise ou de branche demande-t-il ?", "CT-L3142-73"
        )
    since, wanted = case.person.employed_since, threshold("csi_seniority", case.tables)
    if since is None:
        return ask("Depuis quand la personne travaille-t-elle chez l’employeur ?", text)
    if months_after(since, wanted) <= case.mission.leaves:
        return yes(f"La personne a au moins {wanted} mois d’ancienneté au départ.", text)
    earlier = case.person.earlier_months
    return known(
        None
        if earlier is None
        else months_after(since, max(0, wanted - earlier)) <= case.mission.leaves,
        yes=f"La personne a au moins {wanted} mois d’ancienneté, en plusieurs fois.",
        no=f"La personne n’aura pas {wanted} mois d’ancienneté au départ.",
        ask="La personne a-t-elle déjà travaillé chez cet employeur, et combien de mois ?",
        articles=(text,),
        fact="person.earlier_months",
    )


def notice(case: Case) -> Finding:
    """Check that the legal deadline of the request has not passed (C. trav. D3142-56).

    After the deadline, when a company agreement sets other rules, the finding is a question. The
    notice of an urgent request is in hours.
    """
    last = case.legal_by
    if last is None:
        return HOLDS
    if case.urgent_by and case.mission.urgent_at:
        return _urgent_notice(case, case.mission.urgent_at, case.urgent_by)
    requested = case.mission.requested_on
    if requested is not None and requested <= last:
        return yes(f"La demande est arrivée à temps, le {day_fr(requested)}.", "CT-D3142-56")
    if case.requested_on <= last:
        return yes(f"La demande part au plus tard le {day_fr(last)}.", "CT-D3142-56")
    return _late(case, f"La date limite de la demande est passée : {day_fr(last)}.")


def _urgent_notice(case: Case, received: datetime, last: datetime) -> Finding:
    """Check that an urgent request was received in time (C. trav. D3142-56)."""
    if received <= last:
        return yes(
            f"La demande urgente est arrivée à temps, le {moment_fr(received)}.", "CT-D3142-56"
        )
    return _late(case, f"Une demande urgente devait arriver avant le {moment_fr(last)}.")


def _late(case: Case, sentence: str) -> Finding:
    """Return the failure of a late request, or a question when an agreement sets other rules."""
    if case.employer.leave_agreement:
        return ask(
            "Quel délai de prévenance l’accord d’entreprise ou de branche fixe-t-il ?",
            "CT-L3142-73",
        )
    return no(sentence, "CT-D3142-56")


def quota(headcount: int, tables: Tables = SOFTWARE) -> int:
    """Return how many people of one establishment may be under CSI at the same time.

    CSI is the congé de solidarité internationale; `headcount` is the number of people of the
    establishment. Beyond this number the employer may refuse. Source: C. trav. D3142-57, which
    applies unless a company agreement sets another number.
    """
    people = max(step.value for step in scale("csi_quota", tables) if headcount >= step.above)
    (more,) = scale("csi_quota_step", tables)
    return people + max(0, headcount - more.above) // more.value


def room_left(case: Case) -> Finding:
    """Check that fewer people than the `quota` are already on leave (C. trav. D3142-57).

    When the quota is reached the finding is a question, since the employer may still accept. The
    condition also holds while the headcount or the number of people on leave is unknown.
    """
    headcount, taken = case.employer.headcount, case.employer.on_leave
    if headcount is None:
        return HOLDS
    most = quota(headcount, case.tables)
    people = "1 personne" if most == 1 else f"{most} personnes"
    if taken is not None and taken >= most:
        return ask(
            f"L’employeur accepte-t-il plus de {people} en congé de solidarité à la fois ?",
            "CT-D3142-57",
        )
    return yes(
        f"L’employeur peut refuser au-delà de {people} à la fois (effectif de l’établissement : "
        f"{headcount}).",
        "CT-D3142-57",
        fact="employer.on_leave" if taken is None else "",
    )


def leave_left(case: Case) -> Finding:
    """Check that the remaining days of paid leave cover the absence (C. trav. L3141-3).

    When they do not, or are not known, the finding is a question, never a failure.
    """
    left = case.person.leave_days
    return _days_left(case, left, "congés ou de RTT", ("CT-L3141-3",), "person.leave_days")


def saved_left(case: Case) -> Finding:
    """Check that the days of the time savings account cover the absence.

    When they do not, or are not known, the finding is a question, never a failure. Sources: C.
    trav. L3151-2 and, for each branch of the public service, a decree.
    """
    texts = {
        None: ("CT-L3151-2",),
        "local": ("D2004-878-2",),
        "state": ("D2002-634",),
        "hospital": ("D2002-788",),
    }
    saved, own = case.person.saved_days, texts[case.employer.branch]
    return _days_left(case, saved, "compte épargne-temps", own, "person.saved_days")


def _days_left(
    case: Case, left: int | None, kind: str, texts: tuple[str, ...], fact: str
) -> Finding:
    """Return the finding on the remaining days of leave of the person.

    Its sentences, which every party reads, do not say how many: only the person, their employer and
    their network may read the number.
    """
    leaves, end, where = case.mission.leaves, case.mission.end, case.employer.department
    needed = working_days(leaves, end, where)
    articles = (*texts, *_holiday_texts(where))
    if left is not None and left >= needed:
        return yes(
            f"Il reste assez de jours de {kind} : {needed} jours ouvrés demandés.", *articles
        )
    unit = (
        f"{needed} jours ouvrés (du lundi au vendredi, hors jours fériés), "
        f"soit {leave_days(leaves, end, where)} jours ouvrables"
    )
    part = " ; à temps partiel, comptez ses seuls jours travaillés" if case.person.part_time else ""
    if left is None:
        return ask(f"Reste-t-il à la personne {unit}, de {kind}{part} ?", *articles, fact=fact)
    return ask(
        f"Il faut {unit}, et il reste moins de jours de {kind}{part}. D’autres congés "
        "complètent-ils ?",
        *articles,
    )


def _holiday_texts(department: str | None) -> tuple[str, ...]:
    territory = territories().get(department or "")
    return ("CT-L3133-1", *(territory.articles if territory else ()))


def within_cooperation_days(case: Case) -> Finding:
    """Check that the person spends at most three months on cooperation in two years.

    The mission is counted with `Person.cooperation_days`. Source: CSP R6134-3.
    """
    leaves, used, text = case.mission.leaves, case.person.cooperation_days, "CSP-R6134-3"
    months = threshold("mci_period", case.tables)
    if used is None:
        return ask(
            "Combien de jours de coopération internationale la personne a-t-elle déjà faits en "
            "deux ans ?",
            text,
            fact="person.cooperation_days",
        )
    if used + (case.mission.end - leaves).days + 1 <= _length(leaves, months):
        return yes(f"La personne reste sous {months} mois en deux ans.", text)
    return no(f"La personne dépasserait {months} mois en deux ans.", text)


def _length(start: date, months: int) -> int:
    """Return the number of days in the `months` months that begin on `start`."""
    return (months_after(start, months) - start).days
