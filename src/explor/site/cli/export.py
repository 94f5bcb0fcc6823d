"""`explor export`: write an open data set to a file, the same as on the site."""

import sys
from argparse import Namespace
from typing import Any

from . import framework
from .failure import Failure
from .output import opened

FORMATS = ("csv", "json", "geojson", "xlsx")
TABLES = {"sheets": "projets", "needs": "missions", "organisations": "organisations"}
FILES = {
    "iati": "iati.xml",
    "iati-organisation": "iati-organisation.xml",
    "subventions": "subventions.csv",
    "engagement": "engagement.xml",
}
HELPS = {
    "sheets": "les fiches projet publiées",
    "needs": "les missions à pourvoir",
    "organisations": "les associations qui ont une fiche publiée",
    "iati": "le programme et ses missions, en IATI 2.03",
    "iati-organisation": "qui publie ces activités, en IATI 2.03",
    "subventions": "les conventions de subvention, au format de l’État",
    "engagement": "les missions à pourvoir, pour l’API Engagement",
}


def declare(commands: Any) -> None:
    parser = commands.add_parser("export", help="écrire un jeu de données ouvertes")
    sets = parser.add_subparsers(title="jeux", metavar="JEU", required=True)
    for name, text in HELPS.items():
        each = sets.add_parser(name, help=text)
        if name in TABLES:
            each.add_argument("--format", choices=FORMATS, default="csv")
        each.add_argument("--out", default="-", metavar="FICHIER", help="« - » : à l’écran")
        each.set_defaults(run=run, set=name)


def run(args: Namespace) -> int:
    """Write an open data set row by row; print remarks on standard error; return 0.

    Raises:
        Failure: a record is not valid in the format of the file, or the file cannot be written.
    """
    name = FILES.get(args.set) or f"{TABLES[args.set]}.{args.format}"
    with framework.database():
        from explor.public.open_data import pages

        remarks: list[pages.Remark] = []
        try:
            with opened(args.out) as out:
                rows = pages.WRITERS[name](out, remarks)
        except ValueError as fault:
            raise Failure(str(fault)) from fault
    for remark in remarks:
        print(f"{remark.title or name} : {remark.text}", file=sys.stderr)
    print(f"{name} : {rows} ligne{'s' if rows > 1 else ''}.", file=sys.stderr)
    return 0
