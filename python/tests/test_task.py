"""What a task of Spark does on an executor, without Spark: the program is that of ``WANGGE_PROGRAM``."""

from __future__ import annotations

import os
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import List, Optional

from wangge import _program, _task

DAY = ["--as-of", "2026-06-30"]


class Task(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        demo = ["demo", "data", "--organizations", "3", "--level", "village", "--grids", "2", "--events", "20"]
        subprocess.run([_program.find(), *demo], cwd=self.folder, check=True, capture_output=True)
        (self.folder / "data" / "坏.xlsx").write_bytes(b"PK\x03\x04")

    def rows(self, paths: List[str], options: Optional[List[str]] = None, program: str = "") -> List[_task.Row]:
        own = tempfile.mkdtemp(dir=self.folder)
        place = _task.Place(os.path.abspath(program or _program.find()), options or DAY, own).part(7)
        return list(_task.assessed(place, 7, paths))

    def paths(self) -> List[str]:
        inside = (self.folder / "data").iterdir()
        return sorted(str(path) for path in inside if path.name != "manifest.json")

    def test_each_submission_is_a_row_and_the_shard_is_one(self) -> None:
        rows = self.rows(self.paths())
        self.assertEqual(sorted(row["status"] for row in rows), ["assessed"] * 3 + ["failed", "shard"])
        self.assertEqual([rows[0]["status"], rows[0]["at"]], ["shard", -1])
        self.assertTrue(all(row["shard"] == 7 and row["line"].endswith("\n") for row in rows))
        bad = next(row for row in rows if row["status"] == "failed")
        self.assertTrue(bad["path"].endswith("坏.xlsx") and bad["message"])
        good = next(row for row in rows if row["status"] == "assessed")
        self.assertEqual((good["level"], good["verdict"] in ("qualified", "unqualified", "open")), ("village", True))

    def test_what_is_no_submission_costs_the_others_nothing(self) -> None:
        (self.folder / "说明").mkdir()
        (self.folder / "说明" / "说明.txt").write_text("没有数据表", encoding="utf-8")
        none = [str(self.folder / "无"), str(self.folder / "data" / "manifest.json"), str(self.folder / "说明")]
        rows = self.rows([*none, *self.paths()])
        lost = {row["path"]: row["message"] for row in rows if row.get("line") is None}
        self.assertEqual(sorted(lost), sorted(none))
        self.assertIn("路径不存在", lost[none[0]])
        told = [[row.get(name) for name in ("path", "status", "low")] for row in rows if row.get("line")]
        alone = [[row.get(name) for name in ("path", "status", "low")] for row in self.rows(self.paths())]
        self.assertEqual(told, alone)
        self.assertEqual({row["status"] for row in self.rows(none)}, {"failed"})

    def test_a_wrong_option_is_no_fault_of_submissions(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "2026-13-30"):
            self.rows(self.paths(), ["--as-of", "2026-13-30"])

    @unittest.skipUnless(os.name == "posix", "signals are of POSIX")
    def test_a_program_that_is_killed_is_an_error_and_not_a_row(self) -> None:
        killed = self.folder / "killed"
        killed.write_text("#!/bin/sh\nkill -9 $$\n", encoding="utf-8")
        killed.chmod(0o755)
        with self.assertRaisesRegex(RuntimeError, "-9"):
            self.rows(self.paths(), program=str(killed))

    def test_files_are_written_under_their_paths(self) -> None:
        tree = str(self.folder / "tree")
        _task.write(tree, "甲/数据/a.csv", b"1")
        _task.write(tree, "乙.xlsx", b"2")
        self.assertEqual(Path(tree, "甲", "数据", "a.csv").read_bytes(), b"1")
        self.assertEqual(sorted(os.listdir(tree)), ["乙.xlsx", "甲"])


if __name__ == "__main__":
    unittest.main()
