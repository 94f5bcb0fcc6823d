"""Reading of resumes (CV): Europass XML, Europass PDF, SkillsPassport 3 XML, JSON Resume.

`read_resume` recognises the format and reads the file in a separate process with limits;
`write_json_resume` writes an expert profile in a format that `read_resume` can read.
"""

from ._apart import read_resume
from ._json import write_json_resume
from ._resume import LARGEST, Experience, Language, Resume, Study, UnreadableResume

__all__ = [
    "LARGEST",
    "Experience",
    "Language",
    "Resume",
    "Study",
    "UnreadableResume",
    "read_resume",
    "write_json_resume",
]
