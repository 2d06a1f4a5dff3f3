"""The checks on events, grids and people of every submission, with polars."""

import io

import polars as pl

import common as c
from polars import col


def read(folder, name):
    path = folder / c.FILES[name]
    data = path.read_bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        data = data.decode("gb18030").encode()
    frame = pl.read_csv(io.BytesIO(data), infer_schema=False, empty_string_is_null=False)
    return frame.rename({frame.columns[0]: frame.columns[0].removeprefix("\ufeff")})


def with_days(frame, *names):
    """Dates beside the texts they stand in, under the same name with a mark."""
    new = []
    for name in names:
        filled = frame[name].filter(frame[name] != "").head(1)
        form = c.date_form(filled.item()) if len(filled) else "%Y-%m-%d"
        new.append(col(name).str.to_date(form, strict=False).alias(f"{name}*"))
    return frame.with_columns(new)


def number_of(frame, **counts):
    """Counts of rows in which something holds."""
    if not counts:
        return {}
    row = frame.select([expression.sum().alias(name) for name, expression in counts.items()]).row(0)
    return {name.replace("_", " "): value or 0 for name, value in zip(counts, row)}


def check(folder):
    t = {name: read(folder, name) for name in c.FILES}
    t["events"] = with_days(t["events"], *c.EVENT_DATES)
    t["members"] = with_days(t["members"], "上岗日期", "离岗日期")
    t["personnel"] = with_days(t["personnel"], "入职日期", "取证日期")
    t["objects"] = with_days(t["objects"], "更新日期")
    return events(t) | grids(t) | people(t) | attendance(t) | objects(t)


def events(t):
    parents = t["grids"].select(网格编码=col("网格编码"), place=col("上级网格编码")).unique("网格编码")
    base = t["grids"].filter(col("网格层级") == "网格").select("网格编码", home=col("上级网格编码")).unique("网格编码")
    members = (
        t["members"]
        .unique("网格员工号", keep="first")
        .join(base, on="网格编码", how="left")
        .select(上报人工号=col("网格员工号"), began=col("上岗日期*"), left=col("离岗日期*"), home=col("home"), known=True)
    )
    e = (
        t["events"]
        .join(members, on="上报人工号", how="left", maintain_order="left")
        .join(parents, on="网格编码", how="left", maintain_order="left")
    )
    reported, accepted, due, closed = (col(f"{name}*") for name in c.EVENT_DATES)
    later = [(col(f"{one}*") > col(f"{other}*")).fill_null(False).cast(int) for one, other in c.ORDER]
    to_come = [(day > c.AS_OF).fill_null(False).cast(int) for day in (reported, accepted, closed)]
    early = [(day < c.EARLIEST).fill_null(False).cast(int) for day in (reported, accepted, due, closed)]
    unreadable = [((col(name) != "") & col(f"{name}*").is_null()).cast(int) for name in c.EVENT_DATES]
    return number_of(
        e,
        event_ids_twice=~col("事件编号").is_first_distinct(),
        event_dates_unreadable=pl.sum_horizontal(unreadable),
        events_in_no_known_grid=(col("网格编码") != "") & col("place").is_null(),
        events_without_grid=col("网格编码") == "",
        events_without_department=col("处置部门") == "",
        events_due_and_open=closed.is_null() & (due < c.AS_OF),
        events_of_strangers=(col("上报人工号") != "") & col("known").is_null(),
        events_closed_late=closed > due,
        event_dates_in_wrong_order=pl.sum_horizontal(later),
        event_dates_to_come=pl.sum_horizontal(to_come),
        events_entered_twice=pl.struct(c.SAME).is_duplicated(),
        events_closed_with_gaps=(closed.is_not_null() & accepted.is_null()).cast(int)
        + (closed.is_not_null() & (col("处置结果") == "")).cast(int),
        event_years_mistyped=pl.sum_horizontal(early) + (due > c.FARTHEST).fill_null(False).cast(int),
        events_reported_off_duty=(reported < col("began")).fill_null(False)
        | (reported > col("left")).fill_null(False),
        events_reported_elsewhere=col("home") != col("place"),
    )


def grids(t):
    g, members = t["grids"], t["members"]
    ids = g["网格编码"]
    g = g.with_columns(
        households=col("户数").cast(pl.Int64, strict=False),
        population=col("人口数").cast(pl.Int64, strict=False),
        area=col("面积").cast(pl.Float64, strict=False),
    )
    length = col("网格编码").str.len_chars()
    fits = pl.all_horizontal(
        (col("网格层级") != name) | length.is_in(list(allowed)) for name, allowed in c.LENGTHS.items()
    )
    lived_in = col("网格类型") != "专属网格"
    base = g.filter(col("网格层级") == "网格")
    on_duty = members.filter(~(col("上岗日期*") > c.AS_OF).fill_null(False) & ~(col("离岗日期*") < c.AS_OF).fill_null(False))
    holder = col("责任人工号")
    found = number_of(
        g,
        grid_codes_twice=~col("网格编码").is_first_distinct(),
        grids_without_their_parent=(col("上级网格编码") != "") & ~col("上级网格编码").is_in(ids.implode()),
        grid_codes_misshapen=~col("网格编码").str.contains("^[0-9]+$") | ~fits,
        grid_codes_astray=col("上级网格编码").is_in(ids.implode())
        & ~col("网格编码").str.starts_with(col("上级网格编码")),
        grids_without_area=(col("area") <= 0).fill_null(False).cast(int)
        + (lived_in & (col("households") <= 0)).fill_null(False).cast(int)
        + (lived_in & (col("population") <= 0)).fill_null(False).cast(int),
        grids_with_odd_people=lived_in
        & (col("households") > 0)
        & (col("population") > 0)
        & ((col("population") * 2 < col("households")) | (col("population") > col("households") * 15)),
        holders_not_listed=(holder != "") & ~holder.is_in(members["网格员工号"].implode()),
    )
    found |= number_of(
        base,
        grids_without_holder=holder == "",
        grids_without_member=~col("网格编码").is_in(on_duty["网格编码"].implode()),
        grids_without_object=~col("网格编码").is_in(t["objects"]["网格编码"].implode()),
    )
    held = base.filter(holder != "").group_by("责任人工号").len()
    found |= number_of(held, holders_of_too_many=col("len") > 2)
    return found | number_of(members, members_of_no_known_grid=~col("网格编码").is_in(ids.implode()))


def wrong_id_number():
    number = col("身份证号")
    digits = [number.str.slice(n, 1).cast(pl.Int64, strict=False) * weight for n, weight in enumerate(c.ID_WEIGHTS)]
    check = (pl.sum_horizontal(digits) % 11).replace_strict(
        list(range(11)), list(c.ID_CHECKS), return_dtype=pl.String
    )
    shaped = number.str.contains("^[0-9]{17}[0-9Xx]$")
    born = number.str.slice(6, 8).str.to_date("%Y%m%d", strict=False).is_not_null()
    right = shaped & born & (check == number.str.slice(17, 1).str.to_uppercase())
    return number.str.contains("^[0-9]") & ~right


def young(column):
    born = col("身份证号").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    return (born.dt.offset_by("16y") > col(f"{column}*")).fill_null(False).cast(int)


def people(t):
    staff, members = t["personnel"], t["members"]
    wrong = sum(number_of(rows, n=wrong_id_number())["n"] for rows in (staff, members, t["objects"]))
    serving = members.filter(~(col("离岗日期*") < c.AS_OF).fill_null(False))
    named = members.join(
        staff.unique("身份证号", keep="first").select("身份证号", named=col("姓名")), on="身份证号", how="left"
    )
    bad_phone = (col("联系电话") != "") & ~col("联系电话").str.contains(c.PHONE)
    return {
        "identity numbers wrong": wrong,
        "identity numbers twice": filled_twice(staff, "身份证号") + filled_twice(serving, "身份证号"),
        "members gone before they came": number_of(members, n=col("离岗日期*") < col("上岗日期*"))["n"],
        "namesakes": number_of(named, n=col("named") != col("姓名"))["n"],
        "telephones wrong": sum(number_of(rows, n=bad_phone)["n"] for rows in (staff, members)),
        "too young": number_of(staff, n=young("入职日期") + young("取证日期"))["n"]
        + number_of(members, n=young("上岗日期"))["n"],
    } | number_of(
        staff,
        staff_of_no_department=~col("部门编号").is_in(t["departments"]["部门编号"].implode()),
        staff_of_no_post=(col("岗位编号") != "") & ~col("岗位编号").is_in(t["posts"]["岗位编号"].implode()),
    )


def filled_twice(frame, name):
    return number_of(frame.filter(col(name) != ""), n=col(name).is_duplicated())["n"]


def attendance(t):
    score = col("考核成绩").cast(pl.Float64, strict=False)
    away, passed = col("是否到场") == "否", col("是否合格") == "是"
    return number_of(
        t["attendance"],
        attendance_twice=~pl.struct("场次编号", "工号").is_first_distinct(),
        attendance_of_no_session=~col("场次编号").is_in(t["training"]["场次编号"].implode()),
        attendance_of_nobody=~col("工号").is_in(t["personnel"]["工号"].implode()),
        marks_and_results_apart=(passed & (score < 60)).fill_null(False).cast(int)
        + (away & passed).cast(int)
        + (away & (col("考核成绩") != "")).cast(int),
    )


def objects(t):
    ids = t["grids"]["网格编码"]
    base = t["grids"].filter(col("网格层级") == "网格")["网格编码"]
    known = col("网格编码").is_in(ids.implode())
    found = number_of(
        t["objects"],
        objects_in_no_known_grid=~known,
        objects_not_in_a_base_grid=known & ~col("网格编码").is_in(base.implode()),
        objects_long_not_visited=(col("更新日期*") < c.YEAR_AGO).fill_null(False).cast(int)
        + (col("更新日期") == "").cast(int),
    )
    twice = filled_twice(t["objects"], "身份证号") + filled_twice(t["objects"], "统一社会信用代码")
    return found | {"objects entered twice": twice}


if __name__ == "__main__":
    c.main(check)
