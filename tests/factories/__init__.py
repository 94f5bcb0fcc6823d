"""Believable rows for tests: ready-made, in the state a test asks for."""

from .actors import (
    AssociationFactory,
    EmployerFactory,
    ExpertFactory,
    FieldPartnerFactory,
    MemberFactory,
    NetworkFactory,
    OfficerFactory,
    PersonFactory,
    ProjectFactory,
)
from .hats import association_actor, employer_actor, expert_actor, officer_actor, wearing
from .journey import (
    CallFactory,
    CommitteeMemberFactory,
    DecisionFactory,
    FunderFactory,
    IntroductionFactory,
    MissionFactory,
    NeedFactory,
    ReleaseFactory,
    ReportFactory,
    SheetFactory,
)

__all__ = [
    "AssociationFactory",
    "CallFactory",
    "CommitteeMemberFactory",
    "DecisionFactory",
    "EmployerFactory",
    "ExpertFactory",
    "FieldPartnerFactory",
    "FunderFactory",
    "IntroductionFactory",
    "MemberFactory",
    "MissionFactory",
    "NeedFactory",
    "NetworkFactory",
    "OfficerFactory",
    "PersonFactory",
    "ProjectFactory",
    "ReleaseFactory",
    "ReportFactory",
    "SheetFactory",
    "association_actor",
    "employer_actor",
    "expert_actor",
    "officer_actor",
    "wearing",
]
