#!/usr/bin/env python3
"""The whole job beside scripts in pandas, polars and DuckDB, in turns, on data of `wangge demo`.

    cargo build --release && python3 benches/peers/run.py [--organizations 100] [--rounds 3]

Installs the three into an environment of its own below `--data`. The scripts make some 40 checks on events, grids, people
and training, those of the rules named in CROSS and a few more; `wangge` runs all its rules, reads all tables, scores and
writes its report. Where a rule tells how many rows are wrong, the scripts must find as many.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCRIPTS = ("pandas", "polars", "duckdb")

# Rule to the checks of the scripts whose counts it tells.
CROSS = {
    "2/4.2e": ("objects in no known grid", "objects not in a base grid", "objects entered twice"),
    "2/4.2f": ("grids without object",),
    "2/4.2k": ("events without grid", "events in no known grid"),
    "2/4.2m": ("grids with odd people",),
    "2/4.3": ("objects long not visited",),
    "2/4.4c": ("grids without member", "members of no known grid"),
    "2/4.4d": ("events without department", "events due and open", "events of strangers"),
    "2/4.4e": ("events closed late",),
    "2/4.4f": ("events reported off duty",),
    "2/4.4g": ("events reported elsewhere",),
    "2/14a": ("event dates to come",),
    "2/14b": ("event dates in wrong order", "members gone before they came"),
    "2/14d": ("identity numbers wrong", "identity numbers twice", "namesakes"),
    "2/14e": ("telephones wrong",),
    "2/14f": ("events entered twice",),
    "2/14g": ("attendance of no session", "attendance of nobody", "marks and results apart"),
    "2/14h": ("too young",),
    "2/14j": ("event years mistyped",),
}


def main():
    options = arguments()
    options.data.mkdir(parents=True, exist_ok=True)
    python = environment(options.data / "venv")
    demo = made(options)
    answers = Path(tempfile.mkdtemp(dir=options.data))
    before = os.getloadavg()[0]
    runs = commands(options, python, demo, answers)
    costs = {name: [] for name in runs}
    for turn in range(options.rounds):
        for name, command in runs.items():
            costs[name].append(timed(command))
            wall, processor, peak = costs[name][-1]
            print(f"{turn + 1}  {name:20} {wall:8.2f} s  {processor:8.2f} s on processors  {peak:6.0f} MB", flush=True)
    compare(answers)
    write(options, costs, [before, os.getloadavg()[0]], versions(python))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--organizations", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--wangge", type=Path, default=ROOT / "target/release/wangge")
    parser.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()) / "wangge-peers")
    parser.add_argument("--json", type=Path, default=ROOT / "docs/benchmarks/jobs.json")
    return parser.parse_args()


def environment(folder):
    python = folder / "bin/python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    wanted = HERE / "jobs/requirements.txt"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", wanted], check=True)
    return python


def versions(python):
    code = "import importlib.metadata as m; print(', '.join(f'{n} {m.version(n)}' for n in ('pandas', 'polars', 'duckdb')))"
    return subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def made(options):
    demo = options.data / f"counties-{options.organizations}"
    size = ["--grids", "5000", "--events", "100000", "--staff", "10000"]
    many = ["--organizations", str(options.organizations)]
    subprocess.run([options.wangge, "demo", demo, "--force", *many, *size], check=True, stdout=subprocess.DEVNULL)
    return demo


def commands(options, python, demo, answers):
    check = [options.wangge, "check", demo, "--as-of", "2026-06-30", "--quiet", "--exit-zero"]
    help_text = subprocess.run([options.wangge, "check", "--help"], capture_output=True, text=True).stdout
    check += ["--no-cache"] if "--no-cache" in help_text else []
    report = ["-o", f"json:{answers / 'wangge.json'}"]
    jobs = {
        f"{name} script": [python, HERE / f"jobs/{name}_job.py", demo, answers / f"{name}.json"]
        for name in SCRIPTS
    }
    return {"wangge, 1 thread": [*check, "--threads", "1", *report], "wangge": [*check, *report], **jobs}


def timed(command):
    """Seconds that passed, seconds on processors, MB at most."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compare(answers):
    """The scripts among each other, and with the counts in the messages of the rules."""
    counts = {name: json.loads((answers / f"{name}.json").read_text(encoding="utf-8")) for name in SCRIPTS}
    wrong = [name for name in SCRIPTS if counts[name] != counts["pandas"]]
    report = json.loads((answers / "wangge.json").read_text(encoding="utf-8"))
    checked = 0
    for organization in report["organizations"]:
        own = counts["pandas"][Path(organization["submission"]["path"]).name]
        told = {finding["rule"]: finding["message"]["en"] for finding in organization["findings"]}
        for rule, checks in CROSS.items():
            mine = sum(int(number) for number in re.findall(r": (\d+)", told.get(rule, "")))
            if mine != sum(own[check] for check in checks):
                wrong.append(f"{organization['id']} {rule}: {mine} {[own[check] for check in checks]}")
            checked += mine
    if wrong:
        sys.exit(f"not the same: {wrong}")
    print(f"all found the same, {checked} wrong rows among it")


def write(options, costs, load, installed):
    lines = []
    for at, aspect in ((0, "seconds passing"), (1, "seconds on processors"), (2, "MB at most")):
        floor = [cost[at] for cost in costs["wangge"]]
        for name, rounds in costs.items():
            own = [cost[at] for cost in rounds]
            ratio = spread([mine / base for mine, base in zip(own, floor)]) if name != "wangge" else None
            lines.append({"case": aspect, "variant": name, "figure": spread(own), "ratio": ratio})
    group = {
        "id": "jobs",
        "title": "The whole job beside scripts",
        "unit": f"{options.organizations} counties",
        "floor": "wangge",
        "note": "Counties of 100,000 events, 10,000 staff and 5,000 grids. The scripts make some 40 checks on 9 tables and "
        f"find the same rows; *wangge* runs all its rules on all tables and writes its report. {installed}.",
        "lines": lines,
    }
    options.json.parent.mkdir(parents=True, exist_ok=True)
    figures = {"machine": machine(load), "groups": [group]}
    options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def spread(rounds):
    return {"median": statistics.median(rounds), "low": min(rounds), "high": max(rounds)}


def machine(load):
    def after(path, name):
        try:
            lines = Path(path).read_text(encoding="utf-8").splitlines()
        except OSError:
            return ""
        return next((line.split(":")[-1].strip() for line in lines if line.startswith(name)), "")

    kilobytes = int(after("/proc/meminfo", "MemTotal").removesuffix(" kB") or 0)
    return {
        "processor": after("/proc/cpuinfo", "model name"),
        "cores": len(os.sched_getaffinity(0)),
        "memory": -(-kilobytes // (1024 * 1024)),
        "load": load,
    }


if __name__ == "__main__":
    main()
