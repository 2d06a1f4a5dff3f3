"""Workbooks as other programs read, fill in and save them.

    python3 tests/office/workbooks.py PROGRAM                  # openpyxl
    python3 tests/office/workbooks.py PROGRAM --libreoffice    # saved by LibreOffice as well (a minute)

Writes workbooks with PROGRAM, looks at them with openpyxl, fills in worksheets as people do (sorted, columns moved, saved by
another program) and holds the scores they lead to against those of the same rulings as a table.
"""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook, load_workbook

ROOT = Path(__file__).resolve().parents[2]
SUBMISSION = ROOT / "fixtures/honest/few-hands"
FIXED = ["--as-of", "2026-06-30", "--no-cache", "--lang", "zh"]
KEY = "底稿行标识"
SIGNED = {"裁定人": "李明", "日期": "2026-06-20", "理由": "现场查阅"}
FILLED = {
    "A.1.8.b": {"裁定": "符合", **SIGNED},
    "A.1.4.d": {"裁定": "值", "值": "85%", **SIGNED},
    "A.7.3": {"裁定": "值", "值": "省级", **SIGNED},
}
TABLE = """target,ruling,value,role,by,date,reason
A.1.8.b,met,,team,李明,2026-06-20,现场查阅
A.1.4.d,value,85,team,李明,2026-06-20,现场查阅
A.7.3,value,provincial,team,李明,2026-06-20,现场查阅
"""


def run(program, command, *arguments):
    """What a command says on stdout."""
    done = subprocess.run(
        [program, command, str(SUBMISSION), *arguments, *FIXED], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def scored(program, *rulings):
    """Score and outcomes of a run with these rulings."""
    options = [part for file in rulings for part in ("--rulings", str(file))]
    report = json.loads(run(program, "check", "--exit-zero", "-o", "json", *options))
    one = report["organizations"][0]
    return one["score"], one["tables"]


def saved_by_libreoffice(path, folder):
    """The workbook as LibreOffice saves it again."""
    out = folder / "again"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(out), str(path)], check=True, capture_output=True)
    return out / path.name


def head(sheet):
    """The row of the heads and the columns by them."""
    for row in sheet.iter_rows(max_row=10):
        columns = {cell.value: cell.column for cell in row}
        if KEY in columns:
            return row[0].row, columns
    raise AssertionError("no head")


def look_at_score_sheet(path):
    """What a reader of the printed sheet relies on."""
    book = load_workbook(path)
    sheet = book["评分表"]
    assert book.sheetnames == ["评分表", "整改清单", "部门问题"], book.sheetnames
    assert sheet.page_setup.paperSize == 9 and sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$3:$4" and sheet.oddFooter.center.text.strip().startswith("第 &P 页")
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert any(area.startswith("A5:A") for area in merged), "the first column is merged"
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas and all(text.startswith(("=SUM(", "=D", "=F", "=G", "=H")) for text in formulas), formulas
    values = load_workbook(path, data_only=True)["评分表"]
    total = next(row for row in values.iter_rows(values_only=True) if row[0] == "总分")
    assert total[3] == 500 and total[6] <= total[7], total
    hidden = [letter for letter, column in book["整改清单"].column_dimensions.items() if column.hidden]
    assert len(hidden) == 1, f"fingerprints are hidden, and nothing else: {hidden}"


def look_at_worksheet(path):
    """What those who fill it in rely on."""
    book = load_workbook(path)
    assert book.sheetnames[0] == "填写说明" and book["选项"].sheet_state == "hidden"
    sheet = book[book.sheetnames[1]]
    first, columns = head(sheet)
    assert sheet.protection.sheet and sheet.column_dimensions["A"].hidden
    row = first + 1
    locked = {name: sheet.cell(row, column).protection.locked for name, column in columns.items()}
    assert not locked["裁定"] and not locked["理由"] and locked["对象"] and locked[KEY], locked
    offered = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    cell = sheet.cell(row, columns["裁定"]).coordinate
    assert "wangge_rulings" in offered[cell], offered
    assert "wangge_rulings" in book.defined_names
    return first, columns


def fill_in(path, target):
    """Fills in a worksheet where it stands."""
    book = load_workbook(path)
    sheet = book[book.sheetnames[1]]
    first, columns = head(sheet)
    for row in range(first + 1, sheet.max_row + 1):
        for name, text in FILLED.get(sheet.cell(row, columns["对象"]).value, {}).items():
            sheet.cell(row, columns[name]).value = text
    book.save(target)
    return target


def turn(path, target):
    """The same rows in another order, in columns of another order, in a new workbook."""
    sheet = load_workbook(path)[load_workbook(path).sheetnames[1]]
    first, columns = head(sheet)
    names = sorted(columns, key=str)
    rows = [[sheet.cell(row, columns[name]).value for name in names] for row in range(first + 1, sheet.max_row + 1)]
    random.Random(7).shuffle(rows)
    book = Workbook()
    book.active.append(names)
    for row in rows:
        book.active.append(row)
    book.save(target)
    return target


def main():
    program, others = Path(sys.argv[1]).resolve(), sys.argv[2:]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        score, sheet, table = folder / "评分.xlsx", folder / "底稿.xlsx", folder / "裁定.csv"
        run(program, "check", "--exit-zero", "-o", f"xlsx:{score}")
        run(program, "worksheet", "-o", str(sheet))
        table.write_text(TABLE, encoding="utf-8")
        plain, ruled = scored(program), scored(program, table)
        assert plain != ruled
        look_at_score_sheet(score)
        look_at_worksheet(sheet)
        assert scored(program, sheet) == plain, "nothing was filled in"
        filled = fill_in(sheet, folder / "填好.xlsx")
        assert scored(program, filled) == ruled, "filled in with openpyxl"
        assert scored(program, turn(filled, folder / "排序.xlsx")) == ruled, "sorted and moved"
        if "--libreoffice" in others:
            again = saved_by_libreoffice(sheet, folder)
            look_at_worksheet(again)
            assert scored(program, again) == plain, "saved by LibreOffice"
            look_at_score_sheet(saved_by_libreoffice(score, folder))
            assert scored(program, fill_in(again, folder / "再填.xlsx")) == ruled, "filled in after LibreOffice"
            assert scored(program, saved_by_libreoffice(filled, folder)) == ruled, "saved by LibreOffice when filled in"
    print("workbooks: as other programs read and write them, all well")


main()
