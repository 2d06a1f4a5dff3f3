"""What the three scripts share: which files, which forms of dates, where the answer goes, and the list of checks."""

import json
import sys
from datetime import date
from pathlib import Path

AS_OF = date(2026, 6, 30)
EARLIEST = date(2000, 1, 1)
FARTHEST = date(2028, 6, 30)  # two years on
YEAR_AGO = date(2025, 6, 30)

FILES = {
    "events": "事件.csv",
    "grids": "网格.csv",
    "members": "网格员.csv",
    "personnel": "人员.csv",
    "attendance": "培训考勤.csv",
    "objects": "服务对象.csv",
    "departments": "部门机构.csv",
    "posts": "岗位.csv",
    "training": "培训场次.csv",
}

# Pairs of dates of events of which the first must not be later.
ORDER = (
    ("上报日期", "受理日期"),
    ("受理日期", "办结日期"),
    ("上报日期", "办结日期"),
    ("上报日期", "办结期限"),
    ("受理日期", "办结期限"),
)
EVENT_DATES = ("上报日期", "受理日期", "办结期限", "办结日期")
SAME = (
    "事件类别",
    "网格编码",
    "上报人工号",
    "上报日期",
    "受理日期",
    "办结期限",
    "办结日期",
    "处置部门",
    "上报渠道",
    "处置结果",
)
LENGTHS = {"市级": (4, 6), "区县级": (6,), "街镇级": (9,), "社区级": (12,), "网格": (14, 15, 20)}
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
PHONE = r"^1[3-9][0-9]{9}$"


def text_of(path):
    """The text of a file in UTF-8 with or without a mark, or GB18030."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def is_utf8(path):
    """Whether a file is in UTF-8, told by its whole text."""
    try:
        path.read_bytes().decode("utf-8")
        return True
    except UnicodeDecodeError:
        return False


def date_form(sample):
    """How an organization writes its dates."""
    if "年" in sample:
        return "%Y年%m月%d日"
    if "/" in sample:
        return "%Y/%m/%d"
    return "%Y-%m-%d" if "-" in sample else "%Y%m%d"


def main(check):
    """Runs `check` over the submissions of a folder; writes the counts of each."""
    folder, answer = Path(sys.argv[1]), Path(sys.argv[2])
    counts = {
        one.name: {name: int(count) for name, count in check(one).items()}
        for one in sorted(folder.iterdir())
        if one.is_dir()
    }
    answer.write_text(json.dumps(counts, ensure_ascii=False, indent=1), encoding="utf-8")
