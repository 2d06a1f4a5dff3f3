"""Assess grid-governance submissions with the program ``wangge``, which the package carries.

>>> import wangge
>>> report = wangge.check(["data"], as_of="2026-06-30")      # doctest: +SKIP
>>> report.organizations[0].verdict                           # doctest: +SKIP
'open'
"""

from ._errors import AssessmentError, ProgramError, ProgramNotFound
from ._model import Finding, Item, Location, Organization, Report, Requirement, Table, Text
from ._run import Run, check, explain, stream, version

__all__ = [
    "AssessmentError",
    "Finding",
    "Item",
    "Location",
    "Organization",
    "ProgramError",
    "ProgramNotFound",
    "Report",
    "Requirement",
    "Run",
    "Table",
    "Text",
    "check",
    "explain",
    "stream",
    "version",
]
