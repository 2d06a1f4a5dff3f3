"""The checks on events, grids and people of every submission, with DuckDB."""

import tempfile
from pathlib import Path

import duckdb

import common as c

DATES = {
    "events": c.EVENT_DATES,
    "members": ("上岗日期", "离岗日期"),
    "personnel": ("入职日期", "取证日期"),
    "objects": ("更新日期",),
}

AS_OF, EARLIEST, FARTHEST, YEAR_AGO = (f"DATE '{day}'" for day in (c.AS_OF, c.EARLIEST, c.FARTHEST, c.YEAR_AGO))


def load(db, folder, name, scratch):
    path = folder / c.FILES[name]
    if not c.is_utf8(path):
        path = scratch / c.FILES[name]
        path.write_text(c.text_of(folder / c.FILES[name]), encoding="utf-8", newline="")
    columns = f"SELECT * FROM read_csv('{path}', all_varchar=true, header=true, delim=',', quote='\"', nullstr='\\x01')"
    days = []
    for date in DATES.get(name, ()):
        sample = db.execute(f"SELECT \"{date}\" FROM ({columns}) WHERE \"{date}\" <> '' LIMIT 1").fetchone()
        form = c.date_form(sample[0]) if sample else "%Y-%m-%d"
        days.append(f"try_strptime(\"{date}\", '{form}')::DATE AS \"{date}*\"")
    more = "".join(f", {day}" for day in days)
    db.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT *, row_number() OVER () AS nth{more} FROM ({columns})")


def counts(db, sql, names):
    return dict(zip(names, (int(value or 0) for value in db.execute(sql).fetchone())))


def counted(db, table, **conditions):
    """Counts of rows in which something holds."""
    selected = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in conditions.values())
    return counts(db, f"SELECT {selected} FROM {table}", [name.replace("_", " ") for name in conditions])


def total(*conditions):
    """A condition for `summed`: how many of several hold."""
    return " + ".join(f"coalesce(({condition})::INT, 0)" for condition in conditions)


def summed(db, table, **sums):
    selected = ", ".join(f"sum({expression})" for expression in sums.values())
    return counts(db, f"SELECT {selected} FROM {table}", [name.replace("_", " ") for name in sums])


def twice(db, table, columns, condition="true", keep=True):
    """Rows that say the same as another one; without `keep`, but for the first of each."""
    listed = ", ".join(f'"{column}"' for column in columns)
    less = "" if keep else " - 1"
    sql = f"SELECT sum(n{less}) FROM (SELECT count(*) AS n FROM {table} WHERE {condition} GROUP BY {listed}) WHERE n > 1"
    return int(db.execute(sql).fetchone()[0] or 0)


def check(folder):
    with tempfile.TemporaryDirectory() as scratch:
        db = duckdb.connect()
        for name in c.FILES:
            load(db, folder, name, Path(scratch))
        found = events(db) | grids(db) | people(db) | attendance(db) | objects(db)
        db.close()
        return found


def events(db):
    db.execute("""
        CREATE TABLE joined AS
        SELECT e.*, m.nth IS NOT NULL AS known, m."上岗日期*" AS began, m."离岗日期*" AS gone,
               b."上级网格编码" AS home, p."上级网格编码" AS place, p.nth IS NOT NULL AS placed
        FROM events e
        LEFT JOIN (SELECT * FROM members QUALIFY row_number() OVER (PARTITION BY "网格员工号" ORDER BY nth) = 1) m
               ON m."网格员工号" = e."上报人工号"
        LEFT JOIN (SELECT * FROM grids QUALIFY row_number() OVER (PARTITION BY "网格编码" ORDER BY nth) = 1) p
               ON p."网格编码" = e."网格编码"
        LEFT JOIN (SELECT * FROM grids WHERE "网格层级" = '网格'
                   QUALIFY row_number() OVER (PARTITION BY "网格编码" ORDER BY nth) = 1) b
               ON b."网格编码" = m."网格编码"
    """)
    reported, accepted, due, closed = (f'"{name}*"' for name in c.EVENT_DATES)
    order = [f'"{one}*" > "{other}*"' for one, other in c.ORDER]
    early = [f"{day} < {EARLIEST}" for day in (reported, accepted, due, closed)]
    unreadable = [f'"{name}" <> \'\' AND "{name}*" IS NULL' for name in c.EVENT_DATES]
    found = counted(
        db,
        "joined",
        events_in_no_known_grid="\"网格编码\" <> '' AND NOT placed",
        events_without_grid="\"网格编码\" = ''",
        events_without_department="\"处置部门\" = ''",
        events_due_and_open=f"{closed} IS NULL AND {due} < {AS_OF}",
        events_of_strangers="\"上报人工号\" <> '' AND NOT known",
        events_closed_late=f"{closed} > {due}",
        events_reported_off_duty=f"coalesce({reported} < began, false) OR coalesce({reported} > gone, false)",
        events_reported_elsewhere="home <> place",
    )
    found |= summed(
        db,
        "joined",
        event_dates_unreadable=total(*unreadable),
        event_dates_in_wrong_order=total(*order),
        event_dates_to_come=total(*(f"{day} > {AS_OF}" for day in (reported, accepted, closed))),
        events_closed_with_gaps=total(
            f"{closed} IS NOT NULL AND {accepted} IS NULL", f"{closed} IS NOT NULL AND \"处置结果\" = ''"
        ),
        event_years_mistyped=total(*early, f"{due} > {FARTHEST}"),
    )
    db.execute("DROP TABLE joined")
    return found | {
        "event ids twice": twice(db, "events", ["事件编号"], keep=False),
        "events entered twice": twice(db, "events", c.SAME),
    }


def grids(db):
    fits = " AND ".join(
        f"(\"网格层级\" <> '{name}' OR length(\"网格编码\") IN ({', '.join(map(str, allowed))}))"
        for name, allowed in c.LENGTHS.items()
    )
    db.execute("""
        CREATE TABLE sized AS SELECT *, try_cast("户数" AS BIGINT) AS households,
            try_cast("人口数" AS BIGINT) AS population, try_cast("面积" AS DOUBLE) AS area,
            "网格类型" <> '专属网格' AS lived_in, "网格层级" = '网格' AS base FROM grids
    """)
    on_duty = (
        'SELECT "网格编码" FROM members WHERE NOT coalesce("上岗日期*" > '
        f'{AS_OF}, false) AND NOT coalesce("离岗日期*" < {AS_OF}, false)'
    )
    parent_known = '"上级网格编码" IN (SELECT "网格编码" FROM grids)'
    found = counted(
        db,
        "sized",
        grids_without_their_parent=f"\"上级网格编码\" <> '' AND NOT {parent_known}",
        grid_codes_misshapen=f"NOT regexp_full_match(\"网格编码\", '[0-9]+') OR NOT ({fits})",
        grid_codes_astray=f'{parent_known} AND NOT starts_with("网格编码", "上级网格编码")',
        grids_with_odd_people="lived_in AND households > 0 AND population > 0 AND "
        "(population * 2 < households OR population > households * 15)",
        grids_without_holder="base AND \"责任人工号\" = ''",
        holders_not_listed="\"责任人工号\" <> '' AND \"责任人工号\" NOT IN (SELECT \"网格员工号\" FROM members)",
        grids_without_member=f'base AND "网格编码" NOT IN ({on_duty})',
        grids_without_object='base AND "网格编码" NOT IN (SELECT "网格编码" FROM objects)',
    )
    found |= summed(
        db,
        "sized",
        grids_without_area=total("area <= 0", "lived_in AND households <= 0", "lived_in AND population <= 0"),
    )
    found |= counted(
        db,
        "(SELECT count(*) AS held FROM sized WHERE base AND \"责任人工号\" <> '' GROUP BY \"责任人工号\")",
        holders_of_too_many="held > 2",
    )
    found |= counted(
        db, "members", members_of_no_known_grid='"网格编码" NOT IN (SELECT "网格编码" FROM grids)'
    )
    return found | {"grid codes twice": twice(db, "grids", ["网格编码"], keep=False)}


def wrong_id_number():
    added = " + ".join(
        f"coalesce(try_cast(\"身份证号\"[{n + 1}] AS INT), 0) * {weight}" for n, weight in enumerate(c.ID_WEIGHTS)
    )
    right = (
        "regexp_full_match(\"身份证号\", '[0-9]{17}[0-9Xx]') AND "
        f"'{c.ID_CHECKS}'[({added}) % 11 + 1] = upper(\"身份证号\"[18]) AND "
        "try_strptime(\"身份证号\"[7:14], '%Y%m%d') IS NOT NULL"
    )
    return f"regexp_matches(\"身份证号\", '^[0-9]') AND NOT ({right})"


def young(column):
    return f"try_strptime(\"身份证号\"[7:14], '%Y%m%d') + INTERVAL 16 YEAR > \"{column}*\""


def people(db):
    bad_phone = f"\"联系电话\" <> '' AND NOT regexp_matches(\"联系电话\", '{c.PHONE}')"
    every = lambda tables, condition: sum(  # noqa: E731
        counted(db, table, n=condition)["n"] for table in tables
    )
    filled = "\"身份证号\" <> ''"
    serving = f'coalesce("离岗日期*" >= {AS_OF}, true)'
    namesakes = """
        (SELECT m."姓名" <> p."姓名" AS other FROM members m
         JOIN (SELECT * FROM personnel QUALIFY row_number() OVER (PARTITION BY "身份证号" ORDER BY nth) = 1) p
         ON p."身份证号" = m."身份证号")
    """
    return {
        "identity numbers wrong": every(("personnel", "members", "objects"), wrong_id_number()),
        "identity numbers twice": twice(db, "personnel", ["身份证号"], filled)
        + twice(db, "members", ["身份证号"], f"{filled} AND {serving}"),
        "members gone before they came": every(("members",), '"离岗日期*" < "上岗日期*"'),
        "namesakes": every((namesakes,), "other"),
        "telephones wrong": every(("personnel", "members"), bad_phone),
        "too young": summed(db, "personnel", n=total(young("入职日期"), young("取证日期")))["n"]
        + summed(db, "members", n=total(young("上岗日期")))["n"],
    } | counted(
        db,
        "personnel",
        staff_of_no_department='"部门编号" NOT IN (SELECT "部门编号" FROM departments)',
        staff_of_no_post="\"岗位编号\" <> '' AND \"岗位编号\" NOT IN (SELECT \"岗位编号\" FROM posts)",
    )


def attendance(db):
    away, passed = "\"是否到场\" = '否'", "\"是否合格\" = '是'"
    found = counted(
        db,
        "attendance",
        attendance_of_no_session='"场次编号" NOT IN (SELECT "场次编号" FROM training)',
        attendance_of_nobody='"工号" NOT IN (SELECT "工号" FROM personnel)',
    )
    found |= summed(
        db,
        "attendance",
        marks_and_results_apart=total(
            f'{passed} AND try_cast("考核成绩" AS DOUBLE) < 60', f"{away} AND {passed}", f"{away} AND \"考核成绩\" <> ''"
        ),
    )
    return found | {"attendance twice": twice(db, "attendance", ["场次编号", "工号"], keep=False)}


def objects(db):
    known = '"网格编码" IN (SELECT "网格编码" FROM grids)'
    base = "\"网格编码\" IN (SELECT \"网格编码\" FROM grids WHERE \"网格层级\" = '网格')"
    found = counted(
        db,
        "objects",
        objects_in_no_known_grid=f"NOT {known}",
        objects_not_in_a_base_grid=f"{known} AND NOT {base}",
    )
    found |= summed(
        db, "objects", objects_long_not_visited=total(f'"更新日期*" < {YEAR_AGO}', "\"更新日期\" = ''")
    )
    repeated = twice(db, "objects", ["身份证号"], "\"身份证号\" <> ''")
    repeated += twice(db, "objects", ["统一社会信用代码"], "\"统一社会信用代码\" <> ''")
    return found | {"objects entered twice": repeated}


if __name__ == "__main__":
    c.main(check)
