"""Releases, approvals of services, agreements, signatories, signatures, proofs, clause texts."""

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
