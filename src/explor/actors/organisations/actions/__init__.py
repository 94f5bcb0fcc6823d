"""Actions on organisations and on their members, field partners and verification papers."""

from .members import (
    add_member,
    erase_memberships,
    invite_member,
    remove_member,
    require_few_letters,
)
from .papers import hand_paper, remove_paper
from .partners import add_partner, add_partners, describe_partner, revoke_partner_links
from .registration import (
    create_from_file,
    create_many_from_file,
    describe,
    erase,
    erase_unused,
    register,
)
from .verification import (
    fall_due,
    join_network,
    refuse,
    register_again,
    suspend,
    verify,
    verify_again,
    watch,
)

__all__ = [
    "add_member",
    "add_partner",
    "add_partners",
    "create_from_file",
    "create_many_from_file",
    "describe",
    "describe_partner",
    "erase",
    "erase_memberships",
    "erase_unused",
    "fall_due",
    "hand_paper",
    "invite_member",
    "join_network",
    "refuse",
    "register",
    "register_again",
    "remove_member",
    "remove_paper",
    "require_few_letters",
    "revoke_partner_links",
    "suspend",
    "verify",
    "verify_again",
    "watch",
]
