"""Assess with Apache Spark: each task assesses one shard with the program, which is shipped to the executors, and the driver
merges the shards. The merged outputs have the bytes of one run over all submissions.

Submissions lie on a file system that every executor sees under the same path.

>>> result = assess(spark.read.text("paths.txt"), path="value", as_of="2026-06-30").persist()   # doctest: +SKIP
>>> merge(result, ["json:report.json", "xlsx:scores.xlsx"])                                      # doctest: +SKIP
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterator, List, Mapping, Optional, Sequence, Union

from wangge import _program
from wangge._errors import ProgramError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

PathLike = Union[str, "os.PathLike[str]"]

SCHEMA = (
    "shard int, at int, path string, status string, message string, id string, name string, level string, "
    "verdict string, low int, high int, line string"
)
"""A row for each submission, and one for each shard, whose ``status`` is ``shard``. ``status`` of a submission is ``assessed`` or
``failed``; ``line`` is what the file of the shard says of it."""

SHARDS_A_CORE = 4
"""Shards for each core, where no other number is asked for: so that none waits long for the last."""


def _packed(pack: str, program: str, folder: str) -> str:
    """A pack as one file: Spark ships no folders."""
    if not os.path.isdir(pack):
        return pack
    name = os.path.basename(os.path.normpath(pack))
    packed = os.path.join(folder, f"{name}.wpack")
    ended = subprocess.run([program, "rules", "pack", pack, "-o", packed], capture_output=True, check=False)
    if ended.returncode != 0:
        raise ProgramError(ended.returncode, ended.stderr.decode("utf-8", "replace"))
    return packed


def _task(program: str, manifest: str, of: int, options: List[str]) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """What a task does. It stands alone, so that executors need no package of ours."""

    def rows(number: int) -> Iterator[Dict[str, Any]]:
        import json
        import os
        import stat
        import subprocess
        import tempfile

        from pyspark import SparkFiles

        root = SparkFiles.getRootDirectory()
        own = os.path.join(root, program)
        os.chmod(own, os.stat(own).st_mode | stat.S_IXUSR)
        with tempfile.TemporaryDirectory() as folder:
            shard = os.path.join(folder, "shard.jsonl")
            command = [own, "check", "--manifest", manifest, "--shard", f"{number}/{of}", "-o", f"shard:{shard}"]
            command += ["--no-cache", "--exit-zero", "--isolated", "--threads", "1", *options]
            # Files are named as they are shipped: reports tell the same names whoever made them.
            ended = subprocess.run(command, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, check=False)
            if ended.returncode not in (0, 2) or not os.path.isfile(shard):
                said = ended.stderr.decode("utf-8", "replace")
                raise RuntimeError(f"shard {number}/{of} ended with {ended.returncode}: {said}")
            with open(shard, encoding="utf-8") as lines:
                for line in lines:
                    body = json.loads(line)["body"]
                    row: Dict[str, Any] = {"shard": number, "at": body.get("at", -1), "line": line}
                    row["path"], row["status"] = body.get("path"), "shard"
                    if "result" in body:
                        good, bad = body["result"].get("Ok"), body["result"].get("Err")
                        row["status"] = "assessed" if good else "failed"
                        if bad:
                            row["message"] = bad["message"]["zh"]
                        if good:
                            one = good["organization"]
                            row.update({key: one[key] for key in ("id", "name", "level", "verdict")})
                            row["low"], row["high"] = one["score"]["low"], one["score"]["high"]
                    yield row

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow

        numbers, texts = ("shard", "at", "low", "high"), ("path", "status", "message", "id", "name", "level", "verdict", "line")
        kinds = {**dict.fromkeys(numbers, pyarrow.int32()), **dict.fromkeys(texts, pyarrow.string())}
        order = [
            "shard", "at", "path", "status", "message", "id", "name", "level", "verdict", "low", "high", "line",
        ]  # fmt: skip
        schema = pyarrow.schema([(name, kinds[name]) for name in order])
        for batch in batches:
            for number in batch.column("shard").to_pylist():
                # A row at a time: the line of one submission may be a hundred thousand characters.
                for row in rows(int(number)):
                    whole = {name: row.get(name) for name in order}
                    yield pyarrow.RecordBatch.from_pylist([whole], schema=schema)

    return run


def assess(
    df: "DataFrame",
    *,
    as_of: str,
    path: str = "path",
    shards: Optional[int] = None,
    rulings: Sequence[PathLike] = (),
    packs: Sequence[PathLike] = (),
    policies: Mapping[str, str] = {},
    registry: Optional[PathLike] = None,
    mappings: Sequence[PathLike] = (),
    self_evaluation: bool = False,
    options: Sequence[str] = (),
    program: Optional[PathLike] = None,
) -> "DataFrame":
    """Assesses the submissions that a column of paths names; see :data:`SCHEMA` for what comes of it.

    Program, packs, rulings and the like are files of the driver, and shipped by Spark. A submission that cannot be read is a
    row; a wrong option or a broken pack fails the job with what the program said. Persist the result, or write it, before it
    is used twice.
    """
    spark = df.sparkSession
    context = spark.sparkContext
    binary = _program.find(program)
    folder = tempfile.mkdtemp(prefix="wangge-spark-")
    paths = sorted(row[0] for row in df.select(path).distinct().toLocalIterator())
    manifest = os.path.join(folder, "wangge-manifest.txt")
    Path(manifest).write_text("".join(f"{one}\n" for one in paths), encoding="utf-8")
    ship: List[str] = [binary, manifest]
    given: List[str] = ["--as-of", as_of]
    named = (("packs", packs), ("rulings", rulings), ("mapping", mappings), ("registry", [registry] if registry else []))
    for name, files in named:
        for each in files:
            file = _packed(os.fspath(each), binary, folder) if name == "packs" else os.fspath(each)
            ship.append(file)
            given += [f"--{name}", os.path.basename(file)]
    given += [word for name, value in policies.items() for word in ("--policy", f"{name}={value}")]
    given += ["--self"] * self_evaluation + list(options)
    for file in ship:
        context.addFile(file)
    of = max(1, min(len(paths), shards or context.defaultParallelism * SHARDS_A_CORE))
    numbers = spark.range(1, of + 1, 1, of).withColumnRenamed("id", "shard")
    task = _task(os.path.basename(binary), os.path.basename(manifest), of, given)
    return numbers.mapInArrow(task, SCHEMA)  # type: ignore[arg-type, unused-ignore]


def _from_anywhere(output: str) -> str:
    """An output ``FORMAT[:PATH]`` with its path from the root."""
    form, colon, path = output.partition(":")
    if not colon or path in ("", "-"):
        return output
    end = os.sep if path.endswith(("/", os.sep)) else ""
    return f"{form}:{os.path.abspath(path)}{end}"


def merge(
    result: "DataFrame",
    outputs: Sequence[str],
    *,
    packs: Sequence[PathLike] = (),
    options: Sequence[str] = (),
    program: Optional[PathLike] = None,
) -> int:
    """Writes outputs, each ``FORMAT[:PATH]``, as one run over all submissions would have; the exit code of that run.

    Shards pass through the driver one after the other and are never in memory together. Packs are those of the assessment.
    """
    binary = os.path.abspath(_program.find(program))
    folder = tempfile.mkdtemp(prefix="wangge-spark-")
    shards = os.path.join(folder, "shards")
    os.mkdir(shards)
    try:
        current: Optional[int] = None
        writer: Any = None
        for shard, line in (
            (row["shard"], row["line"]) for row in result.orderBy("shard", "at").select("shard", "line").toLocalIterator()
        ):
            if shard != current:
                if writer:
                    writer.close()
                current, writer = shard, open(os.path.join(shards, f"{shard}.jsonl"), "w", encoding="utf-8", newline="")
            writer.write(line)
        if writer:
            writer.close()
        command = [binary, "merge", shards, *options]
        for pack in packs:
            # Under the name it had where it was shipped to.
            packed = _packed(os.fspath(pack), binary, folder)
            name = os.path.basename(packed)
            if os.path.dirname(os.path.abspath(packed)) != folder:
                shutil.copy(packed, os.path.join(folder, name))
            command += ["--packs", name]
        command += [word for output in outputs for word in ("-o", _from_anywhere(output))]
        return subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, check=False).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """The job for ``spark-submit``."""
    import argparse

    from pyspark.sql import SparkSession

    parser = argparse.ArgumentParser(prog="wangge-spark", description="Assess submissions with Apache Spark.")
    parser.add_argument("paths", help="a text file of paths, one a line, where every executor sees them")
    parser.add_argument("--as-of", required=True, help="the day on which dates are judged, ISO")
    parser.add_argument("--shards", type=int, help="into how many parts the batch is divided")
    parser.add_argument("--rulings", action="append", default=[], help="a file of rulings; repeatable")
    parser.add_argument("--packs", action="append", default=[], help="a pack; repeatable")
    parser.add_argument("--program", help="the program wangge, where it is not in the package")
    parser.add_argument("-o", "--output", action="append", default=[], help="FORMAT:PATH of the driver; repeatable")
    parser.add_argument("--results", help="where the rows are written as Parquet")
    asked = parser.parse_args(arguments)
    spark = SparkSession.builder.appName("wangge").getOrCreate()
    rows = spark.read.text(asked.paths)
    result = assess(
        rows, path="value", as_of=asked.as_of, shards=asked.shards, rulings=asked.rulings, packs=asked.packs,
        program=asked.program,
    ).persist()  # fmt: skip
    if asked.results:
        result.write.mode("overwrite").parquet(asked.results)
    return merge(result, asked.output or ["terminal"], packs=asked.packs, program=asked.program)


if __name__ == "__main__":
    sys.exit(main())
