"""`explor network`: add, edit or list the networks, prepare the disposal list of one of them."""

from argparse import ArgumentTypeError, Namespace
from functools import partial
from typing import Any

from . import framework
from .acting import acting, edited
from .failure import Failure

EDITED = {
    "--name": "nom",
    "--slug": "nouvel identifiant, dans l’adresse des pages",
    "--region": "code INSEE de la région",
    "--accent": "couleur",
    "--email": "adresse électronique du réseau",
    "--phone": "téléphone",
    "--address": "adresse postale",
}


def declare(commands: Any) -> None:
    parser = commands.add_parser("network", help="ouvrir, modifier, lister les réseaux")
    verbs = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    add = verbs.add_parser("add", help="ouvrir un réseau")
    add.add_argument("name", metavar="NOM")
    add.add_argument("--slug", required=True, help="dans l’adresse des pages, comme resacoop")
    add.add_argument("--region", required=True, help="code INSEE de la région, comme 84")
    add.add_argument(
        *("--departments", "--departements"),
        required=True,
        type=codes,
        help="numéros, comme 01,03,07",
        metavar="CODES",
    )
    add.add_argument("--accent", default="ocre", help="couleur (ocre)")
    add.add_argument("--email", default="", help="adresse électronique du réseau")
    add.set_defaults(run=run_add)
    edit = verbs.add_parser("edit", help="modifier un réseau")
    edit.add_argument("key", metavar="RÉSEAU", help="dans l’adresse des pages, comme resacoop")
    for option in ("--name", "--slug", "--region", "--accent", "--email", "--phone", "--address"):
        edit.add_argument(option, help=EDITED[option])
    edit.add_argument(
        *("--departments", "--departements"), type=codes, metavar="CODES", help="comme 01,03,07"
    )
    edit.set_defaults(run=run_edit)
    dispose = verbs.add_parser(
        "dispose", help="préparer le bordereau d’élimination d’un organisme public"
    )
    dispose.add_argument("key", metavar="RÉSEAU", help="dans l’adresse des pages, comme resacoop")
    dispose.set_defaults(run=run_dispose)
    verbs.add_parser("list", help="lister les réseaux").set_defaults(run=run_list)


def codes(text: str) -> str:
    """Return `text`, codes of départements, unchanged; raise ArgumentTypeError if it is blank."""
    if not text.replace(",", " ").split():
        raise ArgumentTypeError("les départements s’écrivent 01,03,07")
    return text


def run_add(args: Namespace) -> int:
    """Create a network, with the validation of the form of the web page; return 0.

    Raises:
        Failure: a value is invalid, or another network has the slug or a département.
    """
    with framework.database():
        from explor.actors.networks.actions import create_network
        from explor.site.administration.forms import NetworkForm

        names = ("name", "slug", "region", "departments", "accent", "email")
        typed = {name: getattr(args, name) for name in names}
        network = acting(NetworkForm({**typed, "in_explor": "on"}), create_network)
    print(f"Réseau ouvert : {network.name}. Invitez sa direction :")
    print(f"explor users invite EMAIL --role reseau:{network.slug} --position direction")
    return 0


def run_edit(args: Namespace) -> int:
    """Change the given fields of a network, with the validation of the web form; return 0.

    Raises:
        Failure: no network has the slug, no field is given, or a value is invalid.
    """
    with framework.database():
        from explor.actors.networks.actions import edit_network
        from explor.site.administration.forms import NetworkForm

        row, form = edited(NetworkForm, args)
        network = acting(form, partial(edit_network, row))
    print(f"Réseau modifié : {network.name}.")
    return 0


def run_dispose(args: Namespace) -> int:
    """Prepare the disposal list of a network: its documents past their term; return 0.

    The public archives must approve the list; the directors of the network are notified.

    Raises:
        Failure: no network has the slug, or no list can be prepared.
    """
    with framework.database():
        from explor.actors.networks.models import Network
        from explor.ground.http.actor import SYSTEM
        from explor.ground.http.exceptions import ActionNotAllowed
        from explor.journey.archives.actions import prepare_disposal

        network = Network.objects.filter(slug=args.key).first()
        if network is None:
            raise Failure(f"aucun réseau n’a l’identifiant « {args.key} ».", 2)
        try:
            disposal = prepare_disposal(network, by=SYSTEM)
        except ActionNotAllowed as refusal:
            raise Failure(str(refusal)) from refusal
    print(f"Bordereau préparé : {disposal.file_number}. La direction du réseau est prévenue.")
    return 0


def run_list(args: Namespace) -> int:
    """Print the networks, one per line, with their slug, people and départements; return 0."""
    with framework.database():
        from explor.actors.networks.selectors import networks_list

        for network in networks_list():
            people = f"{network.officers_count} personne(s)"
            print(
                f"{network.slug:<20} {network.name:<30} {people}, {','.join(network.departments)}"
            )
    return 0
