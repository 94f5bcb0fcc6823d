"""A hundred and twenty demonstration project sheets, in about forty countries."""

from datetime import timedelta

from explor.ground.reference.selectors import label
from explor.journey.sheets import actions as sheets
from explor.journey.sheets.engine import Goal, LeadOrganisation, PartialDate, Sheet, StructureType

from .actors import DemoPeople, member_of, officer_of
from .demo_data import DemoData, fill, load_list

SHEETS = 120


def add_sheets(data: DemoData, people: DemoPeople) -> None:
    """Publish the sheets of demonstration projects, then import older sheets."""
    written = 0
    for project, _, _ in people.projects[: SHEETS // 3]:
        by = officer_of(project.association.network)
        row = sheets.write_from_file(project, by=by)
        sheets.approve(row, by=member_of(project.association))
        sheets.publish(row, by=by)
        written += 1
    for number in range(SHEETS - written):
        network = people.networks[number % 4]
        by = officer_of(network)
        made, _ = sheets.import_sheet(_sheet(data, number), by=by, network=network)
        if number % 20 != 19:
            sheets.publish(made, by=by)


def _sheet(data: DemoData, number: int) -> Sheet:
    countries = sorted(load_list("places"))
    code = countries[number % len(countries)]
    place = data.choice(load_list("places")[code][2:])
    sector = data.choice(sorted(load_list("themes")))
    theme = load_list("themes")[sector]
    start = data.day(-2600, -200)
    end = start + timedelta(days=data.choice([365, 730, 1095]))
    lead_organisation = data.choice(load_list("people")["associations"])
    return Sheet(
        title=fill(data.choice(theme["projects"]), place=place),
        start=PartialDate(year=start.year, month=start.month),
        end=PartialDate(year=end.year, month=end.month),
        locality=place,
        countries=(label("countries", code),),
        sectors=(label("sectors", sector),),
        regional_funders=("Fonds régional (exemple)",) if number % 3 else (),
        other_funders=("Ville jumelée (exemple)",) if number % 4 == 0 else (),
        goals=tuple(Goal(number=goal) for goal in theme["sdgs"]),
        lead_organisation=LeadOrganisation(
            name=fill(lead_organisation, country=label("countries", code), place=place, town=place),
            structure_types=(StructureType(type="Association de solidarité internationale"),),
        ),
        context=fill(theme["context"], place=place),
        objectives=fill(theme["objectives"], place=place),
        audiences=fill(theme["audiences"], place=place),
        activities=theme["activities"],
        results=theme["results"] or None,
    )
