"""The Spark roads against one run: a cluster of processes on this machine, an executor killed in the middle of each, submissions
that cannot be read and what is none among the others, rulings and a pack. Run by `.ci/full spark`, with `WANGGE_PROGRAM`."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path
from typing import Iterator

from pyspark.sql import DataFrame, SparkSession

from wangge import _program, spark

DAY = "2026-06-30"
SUBMISSIONS = int(os.environ.get("WANGGE_SPARK_SUBMISSIONS", "400"))
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
UNREADABLE = ("坏.xlsx", "炸弹.xlsx")
NONE = ("manifest.json", "空")
GIVEN = ("province.wpack", "裁定.csv")


def program(*arguments: str, cwd: Path) -> None:
    subprocess.run([_program.find(), *arguments], cwd=cwd, check=True, stdout=subprocess.DEVNULL)


def batch(folder: Path) -> None:
    """Submissions in `data`, of which two cannot be read, with a file and a folder that are none; what is given besides."""
    data = folder / "data"
    size = ["--organizations", str(SUBMISSIONS), "--level", "village", "--grids", "4", "--events", "60", "--staff", "12"]
    program("demo", "data", *size, cwd=folder)
    (data / "空").mkdir()
    (data / "空" / "说明.txt").write_text("没有数据表", encoding="utf-8")
    (data / "坏.xlsx").write_bytes(b"PK\x03\x04" + os.urandom(4096))
    with zipfile.ZipFile(data / "炸弹.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", bytes(256 << 20))
    program("rules", "pack", str(FIXTURES / "packs" / "province"), "-o", GIVEN[0], cwd=folder)
    shutil.copy(FIXTURES / "village-rulings.csv", folder / GIVEN[1])
    # Where one run finds everything under the names that reports tell.
    shutil.copytree(data, folder / "local", copy_function=os.link)
    for name in GIVEN:
        shutil.copy(folder / name, folder / "local")


def one_run(cwd: Path, paths: list[str], report: Path) -> None:
    (listed := report.with_suffix(".txt")).write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
    command = [_program.find(), "check", "--manifest", str(listed), "--as-of", DAY, "--no-cache", "--exit-zero", "--quiet"]
    command += ["--packs", GIVEN[0], "--rulings", GIVEN[1], "-o", f"json:{report}"]
    subprocess.run(command, cwd=cwd, check=False, stderr=subprocess.DEVNULL)


def executors() -> list[int]:
    found = subprocess.run(["pgrep", "-f", "CoarseGrainedExecutorBackend"], capture_output=True, text=True, check=False)
    return [int(number) for number in found.stdout.split()]


def kill_one(killed: list[int], ended: threading.Event) -> None:
    """Kills an executor once the program works."""
    while not ended.is_set():
        busy = subprocess.run(["pgrep", "-f", "manifest .*wangge-list.txt"], capture_output=True, check=False)
        if busy.returncode == 0 and (alive := executors()):
            os.kill(alive[0], signal.SIGKILL)
            killed.append(alive[0])
            return
        time.sleep(0.2)


@contextlib.contextmanager
def killer() -> Iterator[list[int]]:
    killed: list[int] = []
    ended = threading.Event()
    thread = threading.Thread(target=kill_one, args=(killed, ended))
    thread.start()
    try:
        yield killed
    finally:
        ended.set()
        thread.join()


@contextlib.contextmanager
def cluster() -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        # Executors have no package of ours.
        .config("spark.executorEnv.PYTHONPATH", "")
        .config("spark.ui.enabled", "false")
        .config("spark.task.maxFailures", "8")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    try:
        yield session
    finally:
        session.stop()


def written(rows: DataFrame, folder: Path) -> DataFrame:
    """The rows as they come back from a file, in whatever order."""
    path = f"file://{folder}/rows.parquet"
    rows.write.parquet(path)
    return rows.sparkSession.read.parquet(path)


def is_same(road: str, folder: Path, rows: DataFrame, none: int, **given: object) -> bool:
    """Whether the merged report of a road has the bytes of one run, with an executor killed on the way."""
    files = {"rulings": [folder / GIVEN[1]], "packs": [folder / GIVEN[0]]}
    began = time.monotonic()
    with killer() as killed:
        result = spark.assess(rows, as_of=DAY, **files, **given)
        result = result.persist() if road == "paths" else written(result, folder)
        counts = {row["status"]: row["count"] for row in result.groupBy("status").count().collect()}
    took = time.monotonic() - began
    report = folder / f"spark-{road}.json"
    status = spark.merge(result, [f"json:{report}"], packs=files["packs"], options=["--exit-zero", "--quiet"])
    same = report.read_bytes() == (folder / f"one-{road}.json").read_bytes()
    print(f"{road}: {took:.0f} s, rows {counts}, killed {killed}, exit code {status}, same bytes {same}", report.stat().st_size)
    as_expected = counts["assessed"] == SUBMISSIONS and counts["failed"] == len(UNREADABLE) + none and status == 2
    return same and as_expected and len(killed) == 1


def over_paths(session: SparkSession, folder: Path) -> bool:
    """Submissions on a file system that executors see, and a path where nothing is."""
    inside = sorted(str(path) for path in (folder / "data").iterdir() if path.name not in NONE)
    one_run(folder, inside, folder / "one-paths.json")
    listed = folder / "paths.txt"
    listed.write_text("".join(f"{path}\n" for path in [*inside, folder / "data" / "无"]), encoding="utf-8")
    return is_same("paths", folder, session.read.text(str(listed)), 1, path="value")


def over_files(session: SparkSession, folder: Path) -> bool:
    """Submissions that Spark reads itself."""
    inside = sorted(path.name for path in (folder / "data").iterdir() if path.name not in NONE)
    one_run(folder / "local", inside, folder / "one-files.json")
    root = f"file://{folder}/data"
    rows = session.read.format("binaryFile").option("recursiveFileLookup", "true").load(root)
    return is_same("files", folder, rows, len(NONE), content="content", root=root)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="全省-") as name, cluster() as session:
        folder = Path(name)
        batch(folder)
        same = [road(session, folder) for road in (over_paths, over_files)]
    return 0 if all(same) else 1


if __name__ == "__main__":
    sys.exit(main())
