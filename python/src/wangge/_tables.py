"""Scores and findings as tables of pandas, Polars and Arrow, each with the same columns and types."""

from __future__ import annotations

from typing import Any, Dict, Iterable, Iterator, List, Tuple

Row = Tuple[Any, ...]
Columns = Dict[str, type]

SCORES: Columns = {
    "organization_id": str,
    "organization": str,
    "level": str,
    "parent": str,
    "verdict": str,
    "total_low": int,
    "total_high": int,
    "table": str,
    "item": str,
    "points": int,
    "low": int,
    "high": int,
}

FINDINGS: Columns = {
    "organization_id": str,
    "organization": str,
    "rule": str,
    "target": str,
    "severity": str,
    "message": str,
    "help": str,
    "file": str,
    "sheet": str,
    "row": int,
    "column": str,
    "total": int,
}


def score_rows(one: Dict[str, Any]) -> Iterator[Row]:
    """The rows of :data:`SCORES` of an organization."""
    score = one["score"]
    head = (one["id"], one["name"], one["level"], one["parent"], one["verdict"], score["low"], score["high"])
    for table in one["tables"]:
        for item in table["items"]:
            yield (*head, table["id"], item["id"], item["points"], item["low"], item["high"])


def finding_rows(one: Dict[str, Any]) -> Iterator[Row]:
    """The rows of :data:`FINDINGS` of an organization; a finding without a place has one."""
    for finding in one["findings"]:
        said = (finding["rule"], finding["target"], finding["severity"])
        texts = (finding["message"]["zh"], finding["help"]["zh"])
        for place in finding.get("locations") or [{}]:
            where = (place.get("file"), place.get("sheet"), place.get("row"), place.get("column"))
            yield (one["id"], one["name"], *said, *texts, *where, finding.get("total", 0))


def table(columns: Columns, rows: Iterable[Row], form: str) -> Any:
    """Rows as a table of this form."""
    if form == "rows":
        names = list(columns)
        return [dict(zip(names, row)) for row in rows]
    values: List[List[Any]] = [list(column) for column in zip(*rows)] or [[] for _ in columns]
    data = dict(zip(columns, values))
    if form == "arrow":
        import pyarrow

        types = {str: pyarrow.string(), int: pyarrow.int64()}
        schema = pyarrow.schema([(name, types[kind]) for name, kind in columns.items()])
        return pyarrow.table(data, schema=schema)
    if form == "polars":
        import polars

        types = {str: polars.String, int: polars.Int64}
        return polars.DataFrame(data, schema={name: types[kind] for name, kind in columns.items()})
    if form == "pandas":
        import pandas

        frame = pandas.DataFrame(data, columns=list(columns))
        return frame.astype({name: "string" if kind is str else "Int64" for name, kind in columns.items()})
    raise ValueError(f"there is no form {form!r}: write pandas, polars, arrow or rows")
