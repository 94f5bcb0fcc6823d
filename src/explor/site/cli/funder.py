"""`explor funder`: add, edit or list the funders of an installation."""

from argparse import Namespace
from functools import partial
from typing import Any

from . import framework
from .acting import acting, edited


def declare(commands: Any) -> None:
    parser = commands.add_parser("funder", help="ouvrir, modifier, lister les financeurs")
    verbs = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    add = verbs.add_parser("add", help="ouvrir un financeur")
    add.add_argument("name", metavar="NOM")
    add.add_argument("--slug", required=True, help="dans l’adresse des pages, comme fonjep")
    add.add_argument(
        "--level", default="other", help="regional, national ou other (other)", metavar="ÉCHELON"
    )
    add.add_argument("--siret", default="", help="quatorze chiffres")
    add.set_defaults(run=run_add)
    edit = verbs.add_parser("edit", help="modifier un financeur")
    edit.add_argument("key", metavar="FINANCEUR", help="dans l’adresse des pages, comme fonjep")
    edit.add_argument("--name", help="nom")
    edit.add_argument("--slug", help="nouvel identifiant, dans l’adresse des pages")
    edit.add_argument("--level", help="regional, national ou other", metavar="ÉCHELON")
    edit.add_argument("--siret", help="quatorze chiffres")
    edit.set_defaults(run=run_edit)
    verbs.add_parser("list", help="lister les financeurs").set_defaults(run=run_list)


def run_add(args: Namespace) -> int:
    """Create a funder, with the validation of the form of the web page; return 0.

    Raises:
        Failure: a value is invalid, or another funder has the slug.
    """
    with framework.database():
        from explor.journey.calls.actions import create_funder
        from explor.site.administration.forms import FunderForm

        names = ("name", "slug", "level", "siret")
        funder = acting(FunderForm({each: getattr(args, each) for each in names}), create_funder)
    print(f"Financeur ouvert : {funder.name}.")
    print(f"explor users invite EMAIL --role financeur:{funder.slug}")
    return 0


def run_edit(args: Namespace) -> int:
    """Change the given fields of a funder, with the validation of the web form; return 0.

    Raises:
        Failure: no funder has the slug, no field is given, or a value is invalid.
    """
    with framework.database():
        from explor.journey.calls.actions import edit_funder
        from explor.site.administration.forms import FunderForm

        row, form = edited(FunderForm, args)
        funder = acting(form, partial(edit_funder, row))
    print(f"Financeur modifié : {funder.name}.")
    return 0


def run_list(args: Namespace) -> int:
    """Print the funders, one per line, with their slug and number of people; return 0."""
    with framework.database():
        from explor.journey.calls.selectors import funders_list

        for funder in funders_list():
            print(f"{funder.slug:<20} {funder.name:<40} {funder.members_count} personne(s)")
    return 0
