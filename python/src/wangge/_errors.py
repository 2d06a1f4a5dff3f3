"""What keeps an assessment from a result."""

from __future__ import annotations


class AssessmentError(Exception):
    """An assessment has no result, or not the whole one."""


class ProgramNotFound(AssessmentError):
    """The program ``wangge`` is neither in the package nor on the path."""


class ProgramError(AssessmentError):
    """The program could not judge: usage, configuration, broken rules or submissions that cannot be read.

    The text is what the program said, with file, sheet, row and column.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message.strip() or f"wangge ended with status {status}")
        self.status = status
        """Exit code of the program: 2, or less than 0 where a signal ended it."""
        self.message = message.strip()
        """What the program said."""
