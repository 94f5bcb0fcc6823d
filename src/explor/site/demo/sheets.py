"""A hundred and twenty public sheets, in some forty countries."""

from datetime import timedelta

from explor.ground.reference.queries import label
from explor.journey.sheets import actions as sheets
from explor.journey.sheets.engine import Goal, LeadOrganisation, PartialDate, Sheet, StructureType

from .actors import Cast, officer_of
from .chance import Chance, told

SHEETS = 120


def publish(chance: Chance, cast: Cast) -> None:
    """The sheets of the projects first, then older ones brought in from elsewhere."""
    written = 0
    for project, _, _ in cast.projects[: SHEETS // 3]:
        by = officer_of(project.association.network)
        sheets.publish(sheets.write_from_file(project, by=by), by=by)
        written += 1
    for number in range(SHEETS - written):
        network = cast.networks[number % 4]
        by = officer_of(network)
        made, _ = sheets.import_sheet(_sheet(chance, number), by=by, network=network)
        if number % 20 != 19:
            sheets.publish(made, by=by)


def _sheet(chance: Chance, number: int) -> Sheet:
    countries = sorted(told("places"))
    code = countries[number % len(countries)]
    place = chance.choice(told("places")[code][2:])
    sector = chance.choice(sorted(told("themes")))
    theme = told("themes")[sector]
    start = chance.day(-2600, -200)
    end = start + timedelta(days=chance.choice([365, 730, 1095]))
    lead_organisation = chance.choice(told("people")["associations"])
    return Sheet(
        title=chance.choice(theme["projects"]).format(place=place),
        start=PartialDate(year=start.year, month=start.month),
        end=PartialDate(year=end.year, month=end.month),
        locality=place,
        countries=(label("countries", code),),
        sectors=(label("sectors", sector),),
        regional_funders=("Fonds régional (exemple)",) if number % 3 else (),
        other_funders=("Ville jumelée (exemple)",) if number % 4 == 0 else (),
        goals=tuple(Goal(number=goal) for goal in theme["sdgs"]),
        lead_organisation=LeadOrganisation(
            name=lead_organisation.format(
                country=label("countries", code), place=place, town=place
            ),
            structure_types=(StructureType(type="Association de solidarité internationale"),),
        ),
        context=theme["context"].format(place=place),
        objectives=theme["objectives"].format(place=place),
        audiences=theme["audiences"].format(place=place),
        activities=theme["activities"],
        results=theme["results"] or None,
    )
