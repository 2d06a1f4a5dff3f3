"""Papers as other programs read them.

    python3 tests/office/papers.py PROGRAM                  # the package alone
    python3 tests/office/papers.py PROGRAM --libreoffice    # as LibreOffice prints them, too (half a minute)

Writes papers with PROGRAM, reads their parts with Python's own XML, has LibreOffice print them and looks at the pages: what they
say, how many there are, whether charts and page numbers are on them.
"""

import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
FIXED = ["--as-of", "2026-06-30", "--no-cache", "--exit-zero", "--quiet"]
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# Submissions, options, and what the printed pages say.
PAPERS = {
    "评估报告": (
        ["fixtures/clean"],
        ["--lang", "zh"],
        ["网格化治理标准体系评估报告", "489～495分", "评估结论为合格", "评估组签名表", "图1", "— 1 —", "整改意见书"],
    ),
    "不合格": (
        ["fixtures/violations"],
        ["--lang", "zh"],
        ["评估结论为不合格", "62～66分", "主要问题", "整项缺失", "改进意见和建议", "需要整改的问题"],
    ),
    "自我评价": (
        ["fixtures/clean"],
        ["--lang", "zh", "--self"],
        ["网格化治理标准体系自我评价报告", "自我评价合格，具备申请评估的条件"],
    ),
    "通报": (
        ["fixtures/clean", "fixtures/violations", "fixtures/honest"],
        ["--lang", "zh"],
        ["评估结果的通报", "共性问题", "评估结果排名表", "各有关单位"],
    ),
    "english": (
        ["fixtures/clean"],
        ["--lang", "en"],
        ["Assessment report", "489–495 points of 500", "the verdict is qualified", "Opinion on rectification"],
    ),
}


def written(program, name, folder):
    """The paper of this name."""
    submissions, options, _ = PAPERS[name]
    path = folder / f"{name}.docx"
    command = [program, "check", *(str(ROOT / one) for one in submissions), *options, *FIXED, "-o", f"docx:{path}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return path


def look_at_package(path):
    """Every part is XML that Python reads; tables have a grid as wide as their cells."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(package.read(name))
        text = ElementTree.fromstring(package.read("word/document.xml"))
    for table in text.iter(f"{WORD}tbl"):
        grid = [int(column.get(f"{WORD}w")) for column in table.iter(f"{WORD}gridCol")]
        for row in table.iter(f"{WORD}tr"):
            cells = [int(width.get(f"{WORD}w")) for width in row.iter(f"{WORD}tcW")]
            # A cell over all columns is as wide as they are, but for rounding.
            assert abs(sum(cells) - sum(grid)) <= len(grid), (cells, grid)


def printed(path, folder):
    """What LibreOffice prints: the text of all pages without blanks, and how many there are."""
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True)
    pdf = path.with_suffix(".pdf")
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return re.sub(r"\s+", "", text), text.count("\f")


def main():
    program, others = Path(sys.argv[1]).resolve(), sys.argv[2:]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for name, (_, _, wanted) in PAPERS.items():
            path = written(program, name, folder)
            look_at_package(path)
            if "--libreoffice" in others:
                text, pages = printed(path, folder)
                assert 2 <= pages <= 40, (name, pages)
                for words in wanted:
                    assert re.sub(r"\s+", "", words) in text, (name, words)
    print("papers: as other programs read and print them, all well")


main()
