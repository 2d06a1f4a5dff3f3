#!/usr/bin/env python3
"""A hundredth of a nation's year, really run, and what follows for all of it.

    cargo build --release && python3 benches/projection/run.py [--data DIR] [--write]

28 counties and 400 streets of `wangge demo`, 10,000 base grids, ten million events, are assessed by shards of one thread each, as a scheduler runs
them, and by one process with all threads; the merged report must have the bytes of that process. Then a merge of 100,000
organizations, whose lines are those of the streets under other codes. `--write` puts the figures into `docs/projection*.md`.
Linux only: processor time and memory are those the system tells of a process that has ended.
"""

import argparse
import hashlib
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-06-30"
SHARDS = 16
# A nation over what is run.
TIMES = 100
MERGED = 100_000
PARTS = {
    "counties": ["--organizations", "28", "--level", "county", "--grids", "20", "--events", "1000", "--staff", "200"],
    "streets": ["--organizations", "400", "--level", "town", "--grids", "25", "--events", "25000", "--staff", "60"],
}
PAGES = {"docs/projection.md": "en", "docs/projection.zh-CN.md": "zh"}


@dataclass
class Cost:
    """What a process took: seconds passing, seconds on processors, bytes of memory at most."""

    wall: float
    cpu: float
    memory: int


def run(command: list, folder: Path) -> Cost:
    """Runs a command to its end; it must not fail."""
    begun = time.monotonic()
    with open(os.devnull, "w") as nowhere:
        child = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=nowhere)
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {child.returncode}")
    return Cost(time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def size(path: Path) -> int:
    """Bytes of a file, or of all files of a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(one.stat().st_size for one in path.rglob("*") if one.is_file())


def digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def generate(program: Path, folder: Path) -> None:
    for name, options in PARTS.items():
        if not (folder / "data" / name).is_dir():
            (folder / "data").mkdir(exist_ok=True)
            # Under another name until it is whole.
            run([program, "demo", name, "--force", *options], folder)
            (folder / name).rename(folder / "data" / name)


def line(body: str, above: str) -> tuple:
    """A line of a file of results and its digest, as `src/batch/shard/line.rs` writes them."""
    parts = b"".join(len(part).to_bytes(8, "little") + part for part in (above.encode(), body.encode()))
    told = hashlib.sha256(parts).hexdigest()
    return f'{{"sha256":"{told}","body":{body}}}\n', told


def dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def many(shards: Path, target: Path) -> None:
    """Files of shards with MERGED organizations: results that are there, under other codes."""
    sources = []
    for path in sorted(shards.glob("*.jsonl")):
        with open(path, encoding="utf-8") as lines:
            header = json.loads(next(lines))["body"]
            sources += [json.loads(one)["body"] for one in lines]
    target.mkdir(exist_ok=True)
    sources = [one for one in sources if "Ok" in one["result"] and one["result"]["Ok"]["organization"]["level"] == "town"]
    header["run"]["submissions"] = MERGED
    for number in range(1, SHARDS + 1):
        header["shard"] = {"number": number, "of": SHARDS}
        first, above = line(dumped(header), "")
        with open(target / f"{number}.jsonl", "w", encoding="utf-8") as file:
            file.write(first)
            for at in range(number - 1, MERGED, SHARDS):
                source = sources[at % len(sources)]
                organization = source["result"]["Ok"]["organization"]
                text = dumped({**source, "at": at, "path": f"data/{at:06}"})
                file.write(line(text.replace(f'"{organization["id"]}"', f'"P{at:08}"'), above)[0])


def measure(program: Path, folder: Path) -> dict:
    """All figures, in seconds and bytes."""
    data, shards = folder / "data", folder / "shards"
    shards.mkdir(exist_ok=True)
    given = ["--as-of", DAY, "--no-cache", "--exit-zero", "--quiet"]
    # Once before, so that files lie in the memory of the system for all.
    run([program, "check", "data", *given, "-o", "json:one.json"], folder)
    whole = run([program, "check", "data", *given, "-o", "json:one.json"], folder)
    parts = []
    for number in range(1, SHARDS + 1):
        part = ["--shard", f"{number}/{SHARDS}", "-o", f"shard:shards/{number}.jsonl"]
        parts.append(run([program, "check", "data", *given, "--threads", "1", *part], folder))
    merged = run([program, "merge", "shards", "--exit-zero", "--quiet", "-o", "json:merged.json", "-o", "json.zst:merged.json.zst"], folder)
    if digest(folder / "one.json") != digest(folder / "merged.json"):
        sys.exit("the merged report is not that of one run")
    # Apart: what the system tells of a process counts from the memory of the one that began it.
    subprocess.run([sys.executable, __file__, "--many", str(folder)], check=True)
    lines = ["-o", "lines:many.jsonl", "-o", "csv:many.csv"]
    huge = run([program, "merge", "many", "--exit-zero", "--quiet", *lines], folder)
    return {
        "whole": whole, "parts": parts, "merged": merged, "huge": huge, "input": size(data),
        "shards": size(shards), "report": size(folder / "merged.json"), "packed": size(folder / "merged.json.zst"),
        "many": size(folder / "many"), "threads": os.cpu_count(),
    }  # fmt: skip


def time_text(seconds: float, lang: str) -> str:
    units = {"en": ("s", "min", "h"), "zh": ("秒", "分钟", "小时")}[lang]
    scale, unit = next((pair for pair in ((3600, units[2]), (60, units[1])) if seconds >= 2 * pair[0]), (1, units[0]))
    space = " " if lang == "en" else ""
    return f"{seconds / scale:.3g}{space}{unit}"


def bytes_text(count: float) -> str:
    scale, unit = next((pair for pair in ((1e9, "GB"), (1e6, "MB")) if count >= pair[0]), (1e3, "kB"))
    return f"{count / scale:.3g} {unit}"


def rows(figures: dict, lang: str) -> list:
    """Lines of the table: what, of a hundredth as measured, of the whole as it follows."""
    zh = lang == "zh"
    cpu = sum(part.cpu for part in figures["parts"])
    share = cpu / (figures["whole"].wall * figures["threads"])
    memory = max(part.memory for part in figures["parts"])
    slowest = max(part.wall for part in figures["parts"])
    merge = figures["merged"]

    def of(seconds: float) -> str:
        return time_text(seconds, lang)

    def on(cores: int) -> str:
        # What the last shard may take longer than the others, and one merge after all.
        return of(cpu * TIMES / cores / min(share, 1.0) + slowest + merge.wall * TIMES)

    threads = figures["threads"]
    return [
        ("输入" if zh else "input", bytes_text(figures["input"]), bytes_text(figures["input"] * TIMES)),
        ("处理器时间" if zh else "seconds on processors", of(cpu), of(cpu * TIMES)),
        (f"一个进程{threads}个线程的用时" if zh else f"one process of {threads} threads", of(figures["whole"].wall), "—"),
        ("16核用时（含合并）" if zh else "on 16 cores, with the merge", "—", on(16)),
        ("160核用时（含合并）" if zh else "on 160 cores, with the merge", "—", on(160)),
        ("每个分片的内存（单线程，最大）" if zh else "memory of a shard of one thread, at most", bytes_text(memory), bytes_text(memory)),
        ("分片结果（经网络传送）" if zh else "results of the shards, over the network", bytes_text(figures["shards"]), bytes_text(figures["shards"] * TIMES)),
        ("合并用时" if zh else "merge", of(merge.wall), of(merge.wall * TIMES)),
        ("合并的内存" if zh else "memory of the merge", bytes_text(merge.memory), "—"),
        ("JSON报告" if zh else "report as JSON", bytes_text(figures["report"]), bytes_text(figures["report"] * TIMES)),
        ("压缩后的JSON报告" if zh else "the same, packed", bytes_text(figures["packed"]), bytes_text(figures["packed"] * TIMES)),
        (
            f"合并{MERGED:,}个单位（{bytes_text(figures['many'])}）" if zh else f"merge of {MERGED:,} organizations ({bytes_text(figures['many'])})",
            f"{of(figures['huge'].wall)}{'，' if zh else ', '}{bytes_text(figures['huge'].memory)}",
            "—",
        ),
    ]  # fmt: skip


def machine() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text()
        name = re.search(r"model name\s*:\s*(.*)", text)
        return name.group(1) if name else platform.processor()
    except OSError:
        return platform.processor()


def table(figures: dict, lang: str) -> str:
    head = ("", "百分之一（实测）", "全国（推算）") if lang == "zh" else ("", "a hundredth, measured", "the nation, projected")
    lines = [head, ("---",) * 3, *rows(figures, lang)]
    text = "".join(f"| {' | '.join(one)} |\n" for one in lines)
    load = f"{os.getloadavg()[0]:.1f}"
    if lang == "zh":
        return f"{text}\n*{machine()}，{figures['threads']}个线程；结束时负载{load}*\n"
    return f"{text}\n*{machine()}, {figures['threads']} threads; load at the end {load}*\n"


def write(figures: dict) -> None:
    for name, lang in PAGES.items():
        path = ROOT / name
        before, rest = path.read_text(encoding="utf-8").split("<!-- figures -->\n")
        after = rest[rest.index("<!-- end -->") :]
        path.write_text(f"{before}<!-- figures -->\n{table(figures, lang)}{after}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()) / "wangge-projection")
    parser.add_argument("--program", type=Path, default=ROOT / "target/release/wangge")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--many", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.many:
        return many(asked.many / "shards", asked.many / "many")
    asked.data.mkdir(exist_ok=True)
    program = asked.program.resolve()
    generate(program, asked.data)
    figures = measure(program, asked.data)
    print(table(figures, "en"))
    if asked.write:
        write(figures)


if __name__ == "__main__":
    main()
