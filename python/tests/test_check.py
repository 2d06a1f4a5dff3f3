"""The package against the program: ``WANGGE_PROGRAM`` names it. Tables of other libraries are tried where these are there."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import tempfile
import unittest
from pathlib import Path

import wangge
from wangge import _program

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
DAY = "2026-06-30"
OPTIONS = ["--no-cache"]


def has(library: str) -> bool:
    return importlib.util.find_spec(library) is not None


class Check(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        paths = [FIXTURES / "village", FIXTURES / "clean"]
        cls.report = wangge.check(paths, as_of=DAY, options=OPTIONS)

    def test_views_say_what_the_json_of_the_program_says(self) -> None:
        command = [_program.find(), "check", *map(str, (FIXTURES / "village", FIXTURES / "clean"))]
        command += ["--as-of", DAY, *OPTIONS, "--exit-zero", "-o", "json"]
        whole = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        self.assertEqual([one.raw for one in self.report], whole["organizations"])
        rest = {key: value for key, value in whole.items() if key not in ("organizations", "digest")}
        own = {key: value for key, value in self.report.raw.items() if key != "organizations"}
        self.assertEqual(own, rest)
        clean = next(one for one in self.report if one.verdict == "qualified")
        self.assertEqual((clean.low, clean.high), (clean.raw["score"]["low"], clean.raw["score"]["high"]))
        self.assertEqual(sum(table.low for table in clean.tables), clean.low)
        self.assertEqual(clean.tables[0].items[0].requirements[0].outcome, "met")

    def test_rows_are_as_many_as_items_and_places(self) -> None:
        items = [item for one in self.report for table in one.tables for item in table.items]
        self.assertEqual(len(self.report.scores("rows")), len(items))
        places = sum(max(1, len(finding.locations)) for one in self.report for finding in one.findings)
        self.assertEqual(len(self.report.findings("rows")), places)
        with self.assertRaises(ValueError):
            self.report.scores("excel")

    @unittest.skipUnless(has("pandas"), "pandas is not there")
    def test_pandas(self) -> None:
        scores = self.report.scores()
        total = scores.groupby("organization_id")["low"].sum().to_dict()
        self.assertEqual(total, {one.id: sum(table.low for table in one.tables) for one in self.report})
        self.assertEqual(str(self.report.findings()["row"].dtype), "Int64")

    @unittest.skipUnless(has("polars"), "polars is not there")
    def test_polars(self) -> None:
        self.assertEqual(self.report.scores("polars").to_dicts(), self.report.scores("rows"))

    @unittest.skipUnless(has("pyarrow"), "pyarrow is not there")
    def test_arrow(self) -> None:
        self.assertEqual(self.report.findings("arrow").to_pylist(), self.report.findings("rows"))

    def test_a_run_is_read_one_organization_after_the_other(self) -> None:
        with wangge.stream([FIXTURES / "village", FIXTURES / "clean"], as_of=DAY, options=OPTIONS) as run:
            first = next(iter(run))
            self.assertIsNone(run.report)
        self.assertEqual(first.raw, self.report.organizations[0].raw)

    def test_what_cannot_be_read_stands_in_the_report(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "坏.xlsx").write_bytes(b"PK\x03\x04")
            report = wangge.check([FIXTURES / "village", Path(folder) / "坏.xlsx"], as_of=DAY, options=OPTIONS)
        self.assertEqual((len(report), len(report.unreadable)), (1, 1))
        self.assertIn("坏.xlsx", report.messages)

    def test_what_keeps_a_run_from_starting_is_an_error_with_its_place(self) -> None:
        with self.assertRaises(wangge.ProgramError) as caught:
            wangge.check(FIXTURES / "none", as_of=DAY)
        self.assertEqual(caught.exception.status, 2)
        self.assertIn("none", caught.exception.message)
        with self.assertRaises(wangge.ProgramNotFound):
            wangge.check(FIXTURES / "clean", program="/no/such/program")

    def test_ids_are_explained(self) -> None:
        self.assertIn("A.1.3", wangge.explain("A.1.3"))
        self.assertRegex(wangge.version(), r"^\d+\.\d+\.\d+")


if __name__ == "__main__":
    unittest.main()
