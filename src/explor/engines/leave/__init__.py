"""Legal frames of a departure: for one person and these dates, what the law opens, and why."""

from .calendar import months_after
from .conditions import quota
from .law import CODES, FRAMES, Frame
from .model import (
    Association,
    Employer,
    FrameVerdict,
    Mission,
    Person,
    PublicBody,
    Sector,
    Status,
    Verdict,
)
from .reading import frames_for

__all__ = [
    "CODES",
    "FRAMES",
    "Association",
    "Employer",
    "Frame",
    "FrameVerdict",
    "Mission",
    "Person",
    "PublicBody",
    "Sector",
    "Status",
    "Verdict",
    "frames_for",
    "months_after",
    "quota",
]
