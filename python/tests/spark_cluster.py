"""The Spark road against one run: a cluster of processes on this machine, an executor killed in the middle, submissions that
cannot be read among the others, rulings and a pack. Run by `.ci/full spark`, with `WANGGE_PROGRAM`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from pyspark.sql import SparkSession

from wangge import _program, spark

DAY = "2026-06-30"
SUBMISSIONS = int(os.environ.get("WANGGE_SPARK_SUBMISSIONS", "400"))
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


def program(*arguments: str, cwd: Path) -> None:
    subprocess.run([_program.find(), *arguments], cwd=cwd, check=True, stdout=subprocess.DEVNULL)


def executors() -> list[int]:
    found = subprocess.run(["pgrep", "-f", "CoarseGrainedExecutorBackend"], capture_output=True, text=True, check=False)
    return [int(number) for number in found.stdout.split()]


def kill_one(killed: list[int]) -> None:
    """Kills an executor once it works."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        busy = subprocess.run(["pgrep", "-f", "wangge-manifest.txt"], capture_output=True, check=False)
        if busy.returncode == 0 and (alive := executors()):
            os.kill(alive[0], signal.SIGKILL)
            killed.append(alive[0])
            return
        time.sleep(0.2)


def batch(folder: Path) -> Path:
    """Submissions of two levels, two that cannot be read, and the list of all."""
    program("demo", "data", "--organizations", str(SUBMISSIONS), "--level", "village", "--grids", "4", cwd=folder)
    (folder / "data" / "空").mkdir()
    (folder / "data" / "空" / "说明.txt").write_text("没有数据表")
    (folder / "data" / "坏.xlsx").write_bytes(b"PK\x03\x04" + os.urandom(4096))
    inside = sorted(path for path in (folder / "data").iterdir() if path.name not in ("manifest.json", "空"))
    listed = folder / "paths.txt"
    listed.write_text("".join(f"{path}\n" for path in inside), encoding="utf-8")
    return listed


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        listed = batch(folder)
        program("rules", "pack", str(FIXTURES / "packs" / "province"), "-o", "province.wpack", cwd=folder)
        rulings = FIXTURES / "village-rulings.csv"
        own = folder / "裁定.csv"
        own.write_bytes(rulings.read_bytes())
        one = ["check", "--manifest", "paths.txt", "--as-of", DAY, "--no-cache", "--exit-zero", "-o", "json:one.json"]
        one += ["--packs", "province.wpack", "--rulings", "裁定.csv"]
        subprocess.run([_program.find(), *one], cwd=folder, check=False, stderr=subprocess.DEVNULL)
        os.environ["PYSPARK_PYTHON"] = sys.executable
        session = (
            SparkSession.builder.master("local-cluster[2,1,1024]")
            .config("spark.executorEnv.PYTHONPATH", "")
            .config("spark.ui.enabled", "false")
            .config("spark.task.maxFailures", "8")
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("OFF")
        killed: list[int] = []
        threading.Thread(target=kill_one, args=(killed,), daemon=True).start()
        rows = session.read.text(listed.as_uri())
        given = {"rulings": [own], "packs": [folder / "province.wpack"]}
        result = spark.assess(rows, path="value", as_of=DAY, **given).persist()
        counts = {row["status"]: row["count"] for row in result.groupBy("status").count().collect()}
        print("rows:", counts, "executors killed:", killed)
        spark.merge(result, [f"json:{folder / 'spark.json'}"], packs=given["packs"], options=["--exit-zero"])
        session.stop()
        same = (folder / "one.json").read_bytes() == (folder / "spark.json").read_bytes()
        print("same bytes:", same, (folder / "one.json").stat().st_size)
        expected = counts.get("assessed", 0) + counts.get("failed", 0) == len(listed.read_text().splitlines())
        return 0 if same and killed and expected and counts.get("failed") else 1


if __name__ == "__main__":
    sys.exit(main())
