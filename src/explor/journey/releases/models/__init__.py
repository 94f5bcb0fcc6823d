"""Releases, their agreements, and the signatories of these agreements."""

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
