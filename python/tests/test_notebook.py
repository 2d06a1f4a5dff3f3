"""The pages for notebooks: their blocks run as they stand, in order, on invented submissions. Blocks that need a library which is
not there, or Java, are left out, and with them what builds on them."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import unittest.mock
from pathlib import Path
from typing import Any, Dict, List

from wangge import _program

DOCS = Path(__file__).resolve().parents[2] / "docs"
LIBRARIES = ("pandas", "polars", "pyarrow", "pyspark")


def blocks(page: str) -> List[str]:
    return re.findall(r"^```python\n(.*?)^```$", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


class Notebook(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(temporary.name)
        own = {"WANGGE_CACHE": os.path.join(temporary.name, "cache"), "PYSPARK_PYTHON": sys.executable}
        patched = unittest.mock.patch.dict(os.environ, own)
        patched.start()
        self.addCleanup(patched.stop)
        demo = [_program.find(), "demo", "data", "--organizations", "3", "--level", "village", "--grids", "4"]
        subprocess.run([*demo, "--faults", "each"], check=True, capture_output=True)
        Path("data", "manifest.json").unlink()

    def run_page(self, page: str) -> List[str]:
        """What the blocks print; those that are left out print nothing."""
        known: Dict[str, Any] = {}
        printed: List[str] = []
        left_out = False
        for at, block in enumerate(blocks(page), 1):
            if "pyspark" in block and shutil.which("java") is None:
                left_out = True
                continue
            out = io.StringIO()
            try:
                with contextlib.redirect_stdout(out):
                    exec(compile(block, f"{page}, block {at}", "exec"), known)
            except ModuleNotFoundError as missing:
                self.assertIn(missing.name, LIBRARIES)
                left_out = True
            except NameError:
                self.assertTrue(left_out, f"{page}, block {at}")
            printed.append(out.getvalue())
        return printed

    def test_blocks_run(self) -> None:
        for page, explained in (("notebook.md", "points"), ("notebook.zh-CN.md", "分")):
            with self.subTest(page):
                printed = self.run_page(page)
                self.assertIn("A.", printed[3] or "A.")
                self.assertIn(explained, printed[3] or explained)
                self.assertIn("organizations", printed[7])
                self.assertTrue(printed[8].startswith("2 "))

    def test_both_pages_have_the_same_blocks(self) -> None:
        self.assertEqual(len(blocks("notebook.md")), len(blocks("notebook.zh-CN.md")))


if __name__ == "__main__":
    unittest.main()
