"""The checks on events, grids and people of every submission, with pandas."""

import pandas as pd

import common as c

AS_OF, EARLIEST, FARTHEST, YEAR_AGO = map(pd.Timestamp, (c.AS_OF, c.EARLIEST, c.FARTHEST, c.YEAR_AGO))


def read(folder, name):
    path = folder / c.FILES[name]
    encoding = "utf-8-sig" if c.is_utf8(path) else "gb18030"
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding=encoding)


def days(column):
    """Dates, and how many cells are none."""
    filled = column[column != ""]
    if filled.empty:
        return pd.to_datetime(column, errors="coerce"), 0
    parsed = pd.to_datetime(column, format=c.date_form(filled.iloc[0]), errors="coerce")
    return parsed, (parsed.isna() & (column != "")).sum()


def check(folder):
    t = {name: read(folder, name) for name in c.FILES}
    return events(t) | grids(t) | people(t) | attendance(t) | objects(t)


def events(t):
    e, members = t["events"], t["members"]
    parsed = {name: days(e[name]) for name in c.EVENT_DATES}
    at = {name: column for name, (column, _) in parsed.items()}
    reported, accepted, due, closed = (at[name] for name in c.EVENT_DATES)
    grid_ids = t["grids"]["网格编码"]
    start, _ = days(members["上岗日期"])
    end, _ = days(members["离岗日期"])
    row = pd.Series(range(len(members)), index=members["网格员工号"])
    row = row[~row.index.duplicated()]
    reporter = e["上报人工号"].map(row)
    began, left = reporter.map(start), reporter.map(end)
    parent = pd.Series(t["grids"]["上级网格编码"].values, index=grid_ids)
    base = t["grids"].loc[t["grids"]["网格层级"] == "网格", "网格编码"]
    parent = parent[~parent.index.duplicated()]
    served = members["网格编码"].where(members["网格编码"].isin(base)).map(parent)
    home, place = reporter.map(served), e["网格编码"].map(parent)
    return {
        "event ids twice": e["事件编号"].duplicated().sum(),
        "event dates unreadable": sum(wrong for _, wrong in parsed.values()),
        "events in no known grid": ((e["网格编码"] != "") & ~e["网格编码"].isin(grid_ids)).sum(),
        "events without grid": (e["网格编码"] == "").sum(),
        "events without department": (e["处置部门"] == "").sum(),
        "events due and open": (closed.isna() & (due < AS_OF)).sum(),
        "events of strangers": ((e["上报人工号"] != "") & reporter.isna()).sum(),
        "events closed late": (closed > due).sum(),
        "event dates in wrong order": sum((at[one] > at[other]).sum() for one, other in c.ORDER),
        "event dates to come": sum((column > AS_OF).sum() for column in (reported, accepted, closed)),
        "events entered twice": e.duplicated(list(c.SAME), keep=False).sum(),
        "events closed with gaps": (closed.notna() & accepted.isna()).sum()
        + (closed.notna() & (e["处置结果"] == "")).sum(),
        "event years mistyped": sum((column < EARLIEST).sum() for column in at.values()) + (due > FARTHEST).sum(),
        "events reported off duty": ((reported < began) | (reported > left)).sum(),
        "events reported elsewhere": (home.notna() & place.notna() & (home != place)).sum(),
    }


def grids(t):
    g, members = t["grids"], t["members"]
    ids, parent, level = g["网格编码"], g["上级网格编码"], g["网格层级"]
    base = g[level == "网格"]
    lengths = ids.str.len()
    fits = pd.Series(True, index=g.index)
    for name, allowed in c.LENGTHS.items():
        fits &= (level != name) | lengths.isin(allowed)
    lived_in = g[g["网格类型"] != "专属网格"]
    households = pd.to_numeric(lived_in["户数"], errors="coerce")
    population = pd.to_numeric(lived_in["人口数"], errors="coerce")
    area = pd.to_numeric(g["面积"], errors="coerce")
    counted = (households > 0) & (population > 0)
    odd = (population * 2 < households) | (population > households * 15)
    start, _ = days(members["上岗日期"])
    end, _ = days(members["离岗日期"])
    on_duty = members[~(start > AS_OF) & ~(end < AS_OF)]
    known = parent.isin(ids)
    begins = [one.startswith(other) for one, other in zip(ids[known], parent[known])]
    return {
        "grid codes twice": ids.duplicated().sum(),
        "grids without their parent": ((parent != "") & ~known).sum(),
        "grid codes misshapen": (~ids.str.fullmatch("[0-9]+") | ~fits).sum(),
        "grid codes astray": len(begins) - sum(begins),
        "grids without area": (area <= 0).sum() + (households <= 0).sum() + (population <= 0).sum(),
        "grids with odd people": (counted & odd).sum(),
        "grids without holder": (base["责任人工号"] == "").sum(),
        "holders not listed": ((g["责任人工号"] != "") & ~g["责任人工号"].isin(members["网格员工号"])).sum(),
        "holders of too many": (base.loc[base["责任人工号"] != "", "责任人工号"].value_counts() > 2).sum(),
        "grids without member": (~base["网格编码"].isin(on_duty["网格编码"])).sum(),
        "grids without object": (~base["网格编码"].isin(t["objects"]["网格编码"])).sum(),
        "members of no known grid": (~members["网格编码"].isin(ids)).sum(),
    }


def id_numbers_wrong(numbers):
    numbers = numbers[numbers.str.match("^[0-9]")]
    shaped = numbers[numbers.str.fullmatch("[0-9]{17}[0-9Xx]")]
    total = sum(shaped.str[n].astype("int64") * weight for n, weight in enumerate(c.ID_WEIGHTS))
    right = (total % 11).map(lambda rest: c.ID_CHECKS[rest]) == shaped.str[17].str.upper()
    born = pd.to_datetime(shaped.str[6:14], format="%Y%m%d", errors="coerce").notna()
    return len(numbers) - (right & born).sum()


def young(rows, column):
    born = pd.to_datetime(rows["身份证号"].str[6:14], format="%Y%m%d", errors="coerce")
    day, _ = days(rows[column])
    return (born + pd.DateOffset(years=16) > day).sum()


def people(t):
    staff, members = t["personnel"], t["members"]
    name_of = staff.drop_duplicates("身份证号").set_index("身份证号")["姓名"]
    named = members["身份证号"].map(name_of)
    both = (staff, members, t["objects"])
    end, _ = days(members["离岗日期"])
    serving = members[~(end < AS_OF)]
    return {
        "identity numbers wrong": sum(id_numbers_wrong(rows["身份证号"]) for rows in both),
        "identity numbers twice": filled_twice(staff["身份证号"]) + filled_twice(serving["身份证号"]),
        "members gone before they came": (end < days(members["上岗日期"])[0]).sum(),
        "namesakes": (named.notna() & (named != members["姓名"])).sum(),
        "telephones wrong": sum(
            ((rows["联系电话"] != "") & ~rows["联系电话"].str.match(c.PHONE)).sum() for rows in (staff, members)
        ),
        "too young": young(staff, "入职日期") + young(staff, "取证日期") + young(members, "上岗日期"),
        "staff of no department": (~staff["部门编号"].isin(t["departments"]["部门编号"])).sum(),
        "staff of no post": ((staff["岗位编号"] != "") & ~staff["岗位编号"].isin(t["posts"]["岗位编号"])).sum(),
    }


def filled_twice(column):
    return column[column != ""].duplicated(keep=False).sum()


def attendance(t):
    a = t["attendance"]
    score = pd.to_numeric(a["考核成绩"], errors="coerce")
    away = a["是否到场"] == "否"
    return {
        "attendance twice": a.duplicated(["场次编号", "工号"]).sum(),
        "attendance of no session": (~a["场次编号"].isin(t["training"]["场次编号"])).sum(),
        "attendance of nobody": (~a["工号"].isin(t["personnel"]["工号"])).sum(),
        "marks and results apart": ((a["是否合格"] == "是") & (score < 60)).sum()
        + (away & (a["是否合格"] == "是")).sum()
        + (away & (a["考核成绩"] != "")).sum(),
    }


def objects(t):
    o = t["objects"]
    updated, _ = days(o["更新日期"])
    base = t["grids"].loc[t["grids"]["网格层级"] == "网格", "网格编码"]
    return {
        "objects in no known grid": (~o["网格编码"].isin(t["grids"]["网格编码"])).sum(),
        "objects not in a base grid": (
            o["网格编码"].isin(t["grids"]["网格编码"]) & ~o["网格编码"].isin(base)
        ).sum(),
        "objects entered twice": filled_twice(o["身份证号"]) + filled_twice(o["统一社会信用代码"]),
        "objects long not visited": (updated < YEAR_AGO).sum() + (o["更新日期"] == "").sum(),
    }


if __name__ == "__main__":
    c.main(check)
