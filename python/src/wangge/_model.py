"""Typed views of the report. The JSON of the program stays at hand as ``raw``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Iterator, List, Mapping, Optional

from . import _tables

JSON = Dict[str, Any]


@dataclass(frozen=True)
class Text:
    """A text in Chinese and in English."""

    zh: str
    en: str

    @classmethod
    def of(cls, raw: Optional[Mapping[str, Any]]) -> "Text":
        raw = raw or {}
        return cls(raw.get("zh", ""), raw.get("en", ""))

    def __str__(self) -> str:
        return self.zh


class _View:
    """A part of the report."""

    __slots__ = ("raw",)

    def __init__(self, raw: JSON) -> None:
        self.raw = raw

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.raw.get('id', '')!r})"


class Location(_View):
    """A place of a finding."""

    @property
    def file(self) -> str:
        return self.raw.get("file", "")

    @property
    def sheet(self) -> Optional[str]:
        return self.raw.get("sheet")

    @property
    def row(self) -> Optional[int]:
        """Row or line, from 1."""
        return self.raw.get("row")

    @property
    def column(self) -> Optional[str]:
        """Header of the column."""
        return self.raw.get("column")


class Finding(_View):
    """What is wrong in the data of an organization."""

    @property
    def rule(self) -> str:
        return self.raw["rule"]

    @property
    def target(self) -> str:
        """The requirement, item, clause or table it is about."""
        return self.raw["target"]

    @property
    def severity(self) -> str:
        """``error``, ``warning`` or ``advice``."""
        return self.raw["severity"]

    @property
    def message(self) -> Text:
        return Text.of(self.raw.get("message"))

    @property
    def help(self) -> Text:
        return Text.of(self.raw.get("help"))

    @property
    def locations(self) -> List[Location]:
        return [Location(one) for one in self.raw.get("locations", [])]

    @property
    def total(self) -> int:
        """How many places there are, of which ``locations`` has the first."""
        return self.raw.get("total", 0)

    def __repr__(self) -> str:
        return f"Finding({self.rule!r}, {self.target!r})"


class Requirement(_View):
    """A requirement as it was decided."""

    @property
    def id(self) -> str:
        return self.raw["id"]

    @property
    def outcome(self) -> str:
        """``met``, ``unmet``, ``absent``, ``not-applicable`` or ``unknown``."""
        return self.raw["outcome"]

    @property
    def reason(self) -> Text:
        return Text.of(self.raw.get("reason"))


class _Scored(_View):
    """What points are counted of."""

    @property
    def id(self) -> str:
        return self.raw["id"]

    @property
    def low(self) -> int:
        """Points for sure."""
        return self.raw["low"]

    @property
    def high(self) -> int:
        """Points at most."""
        return self.raw["high"]


class Item(_Scored):
    """An item of a scoring table."""

    @property
    def points(self) -> int:
        return self.raw["points"]

    @property
    def requirements(self) -> List[Requirement]:
        return [Requirement(one) for one in self.raw.get("requirements", [])]


class Table(_Scored):
    """A scoring table."""

    @property
    def declared(self) -> int:
        """Points its heading declares."""
        return self.raw["declared"]

    @property
    def items(self) -> List[Item]:
        return [Item(one) for one in self.raw.get("items", [])]


class Organization(_View):
    """The assessment of one organization."""

    @property
    def id(self) -> str:
        return self.raw["id"]

    @property
    def name(self) -> str:
        return self.raw["name"]

    @property
    def level(self) -> str:
        return self.raw["level"]

    @property
    def path(self) -> str:
        """Where its submission lies."""
        return self.raw["submission"]["path"]

    @property
    def verdict(self) -> str:
        """``qualified``, ``unqualified`` or ``open``."""
        return self.raw["verdict"]

    @property
    def low(self) -> int:
        """Points for sure."""
        return self.raw["score"]["low"]

    @property
    def high(self) -> int:
        """Points at most."""
        return self.raw["score"]["high"]

    @property
    def tables(self) -> List[Table]:
        return [Table(one) for one in self.raw["tables"]]

    @property
    def findings(self) -> List[Finding]:
        return [Finding(one) for one in self.raw["findings"]]

    def __repr__(self) -> str:
        return f"Organization({self.id!r}, {self.name!r}, {self.verdict!r}, {self.low}-{self.high})"


class Report:
    """The result of a run: its organizations, and what is said of all of them."""

    def __init__(self, organizations: List[Organization], raw: JSON, messages: str = "") -> None:
        self.organizations = organizations
        self.raw = raw
        """The report without its organizations, as the program wrote it."""
        self.messages = messages
        """What the program said besides."""

    @property
    def as_of(self) -> str:
        return self.raw["as_of"]

    @property
    def unreadable(self) -> List[JSON]:
        """Submissions that could not be read: path, message, file, row."""
        return self.raw["unreadable"]

    def __iter__(self) -> Iterator[Organization]:
        return iter(self.organizations)

    def __len__(self) -> int:
        return len(self.organizations)

    def __repr__(self) -> str:
        return f"Report({len(self)} organizations, as of {self.as_of})"

    def scores(self, form: str = "pandas") -> Any:
        """A line for each item of each organization; ``form`` is ``pandas``, ``polars``, ``arrow`` or ``rows``."""
        return _tables.table(_tables.SCORES, (row for one in self for row in _tables.score_rows(one.raw)), form)

    def findings(self, form: str = "pandas") -> Any:
        """A line for each place of each finding; ``form`` is ``pandas``, ``polars``, ``arrow`` or ``rows``."""
        rows = (row for one in self for row in _tables.finding_rows(one.raw))
        return _tables.table(_tables.FINDINGS, rows, form)
