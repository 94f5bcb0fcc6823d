"""`explor users`: invite a person to a role, such as the first administrator."""

from argparse import ArgumentTypeError, Namespace
from typing import Any

from . import framework
from .failure import Failure


def declare(commands: Any) -> None:
    parser = commands.add_parser("users", help="inviter une personne")
    verbs = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    invite = verbs.add_parser("invite", help="envoyer une invitation à un rôle")
    invite.add_argument("email", metavar="EMAIL")
    invite.add_argument(
        "--role", required=True, type=role, metavar="SORTE:NOM", help="par exemple reseau:resacoop"
    )
    invite.add_argument(
        "--position", default="", help="dans un réseau : direction ou officer (officer)"
    )
    invite.set_defaults(run=run)


def role(text: str) -> tuple[str, str]:
    """Split "reseau:resacoop" into the role type and the slug, which is "" when not typed.

    Raises:
        ArgumentTypeError: the role type is missing.
    """
    kind, _, key = text.partition(":")
    if not kind:
        raise ArgumentTypeError("un rôle s’écrit reseau:resacoop")
    return kind, key


def run(args: Namespace) -> int:
    with framework.database():
        from django.core.exceptions import ValidationError
        from django.core.validators import validate_email

        from explor.ground.accounts.actions import invite
        from explor.ground.http.actor import SYSTEM
        from explor.ground.http.exceptions import ActionNotAllowed

        kind, key = args.role
        try:
            validate_email(args.email)
            invite(
                email=args.email, role_type=kind, role_key=key, position=args.position, by=SYSTEM
            )
        except ValidationError as fault:
            raise Failure(f"« {args.email} » n’est pas une adresse électronique.", 2) from fault
        except ActionNotAllowed as refusal:
            raise Failure(" ".join(refusal.reasons)) from refusal
    print(f"Invitation envoyée à {args.email}.")
    return 0
