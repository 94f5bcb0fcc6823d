"""Models of releases: service approvals, agreements, proof files, clause texts, signatures."""

from .agreements import Agreement, ProofFile
from .clauses import ClauseText
from .releases import Release, ReleaseQuerySet, ServiceApproval
from .signatures import Signatory, SignatoryQuerySet, Signature, SignatureQuerySet

__all__ = [
    "Agreement",
    "ClauseText",
    "ProofFile",
    "Release",
    "ReleaseQuerySet",
    "ServiceApproval",
    "Signatory",
    "SignatoryQuerySet",
    "Signature",
    "SignatureQuerySet",
]
