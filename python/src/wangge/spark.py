"""Assess with Apache Spark: submissions are divided by their bytes, each task assesses a part with the program, which is shipped
to the executors, and the driver merges the parts. The merged outputs have the bytes of one run over all submissions.

Submissions lie on a file system that every executor sees under the same path, or Spark reads them itself.

>>> result = assess(spark.read.text("paths.txt"), path="value", as_of="2026-06-30").persist()   # doctest: +SKIP
>>> merge(result, ["json:report.json", "xlsx:scores/"])                                          # doctest: +SKIP
"""

from __future__ import annotations

import argparse
import atexit
import functools
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Dict, List, Mapping, Optional, Sequence, TextIO, Union

from wangge import _bins, _files, _program, _task
from wangge._errors import ProgramError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PathLike = Union[str, "os.PathLike[str]"]

SCHEMA = ", ".join(f"{name} {kind}" for name, kind in _task.COLUMNS.items())
"""A row for each submission, and one for each part, whose ``status`` is ``shard``. ``status`` of a submission is ``assessed`` or
``failed``; ``line`` is what the file of the part says of it, and is null of what is no submission at all."""

SHARDS_A_CORE = 4
"""Parts for each core, where no other number is asked for: so that none waits long for the last."""


def _temporary() -> str:
    """A folder that stays as long as the driver: executors may ask for files in it at any time."""
    folder = tempfile.mkdtemp(prefix="wangge-spark-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


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


@functools.lru_cache(maxsize=None)
def _programs() -> str:
    """The folder of the programs that are sent."""
    return _temporary()


def _named_by_digest(program: str) -> str:
    """A copy of the program, the same one for the same bytes."""
    digest = hashlib.sha256(Path(program).read_bytes()).hexdigest()
    copy = os.path.join(_programs(), f"wangge-{digest[:16]}")
    if not os.path.exists(copy):
        shutil.copyfile(program, copy)
    return copy


class _Shipment:
    """What executors are sent. Names are new for what is: Spark never sends a file of the same name again."""

    def __init__(self, program: str, given: Mapping[str, Sequence[PathLike]], words: Sequence[str]) -> None:
        self.program = program
        self.folder = _temporary()
        self.options = list(words)
        self.files: Dict[str, str] = {}
        """Files that options name, by the names they have there."""
        for option, files in given.items():
            self._add(option, files)

    def _add(self, option: str, files: Sequence[PathLike]) -> None:
        """Files of an option, which may be repeated."""
        for given in files:
            file = os.fspath(given)
            file = _packed(file, self.program, self.folder) if option == "packs" else file
            name = os.path.basename(file)
            if self.files.setdefault(name, file) != file:
                raise ValueError(f"{file} and {self.files[name]} have the same name: rename one of them")
            self.options += [f"--{option}", name]

    def send(self, spark: "SparkSession", lists: Sequence[Sequence[str]] = ()) -> _task.Parcel:
        """Has Spark send everything, with the lists of parts, of which the first is 1."""
        given = os.path.join(self.folder, f"{os.path.basename(self.folder)}.zip")
        with zipfile.ZipFile(given, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, file in self.files.items():
                archive.write(file, name)
            for number, paths in enumerate(lists, 1):
                archive.writestr(f"lists/{number}", "".join(f"{path}\n" for path in paths))
        program = _named_by_digest(self.program)
        for sent in (program, given):
            spark.sparkContext.addFile(sent)
        return _task.Parcel(os.path.basename(program), os.path.basename(given), self.options)


def _by_value() -> None:
    """Has tasks take their functions along: executors have no package of ours."""
    from pyspark import cloudpickle

    cloudpickle.register_pickle_by_value(_task)  # type: ignore[no-untyped-call, unused-ignore]


def _parts(df: "DataFrame", shards: Optional[int]) -> int:
    return shards or df.sparkSession.sparkContext.defaultParallelism * SHARDS_A_CORE


def _sizes(df: "DataFrame", path: str, size: Optional[str]) -> Dict[str, int]:
    """The paths of a column, and the bytes of each: by another column, or as this machine sees them."""
    if size is None:
        paths = _bins.listed([row[0] for row in df.select(path).distinct().collect()])
        return _bins.weights({each: _bins.size(each) for each in paths})
    known: Dict[str, Optional[int]] = {}
    for name, count in df.select(path, size).collect():
        for each in _bins.listed([name]):
            known[each] = count
    return _bins.weights(known)


def _over_paths(df: "DataFrame", path: str, size: Optional[str], shards: Optional[int], sent: _Shipment) -> "DataFrame":
    """Assesses what lies where every executor sees it."""
    sizes = _sizes(df, path, size)
    if not sizes:
        raise ValueError("no submission is named")
    lists = _bins.divide(sizes, _parts(df, shards))
    parcel = sent.send(df.sparkSession, lists)
    numbers = df.sparkSession.range(1, len(lists) + 1, 1, len(lists)).withColumnRenamed("id", "shard")
    return numbers.mapInArrow(_task.of_lists(parcel), SCHEMA)  # type: ignore[arg-type, unused-ignore]


def _keys(spark: "SparkSession", number: int) -> List[int]:
    """A key for each of so many partitions that the hash of Spark leads there: else some would have two parts, others none."""
    keys = spark.range(number * 32).selectExpr("cast(id as int) key", f"pmod(hash(cast(id as int)), {number}) place")
    return [row[1] for row in sorted(keys.groupBy("place").agg({"key": "min"}).collect())]


def _over_files(
    df: "DataFrame", columns: Sequence[str], root: str, shards: Optional[int], sent: _Shipment
) -> "DataFrame":
    """Assesses files that Spark reads: path, content and bytes are the ``columns``."""
    from pyspark.sql import functions

    spark, (path, content, size) = df.sparkSession, columns
    grouped = _files.group((tuple(row) for row in df.select(path, size).collect()), root)
    if not grouped.sizes and not grouped.failed:
        raise ValueError(f"no file lies below {root}")
    if alike := grouped.sizes.keys() & sent.files.keys():
        raise ValueError(f"submissions have the names of files that are given: {', '.join(sorted(alike))}")
    failed = [(None, None, name, "failed", why, *[None] * 7) for name, why in sorted(grouped.failed.items())]
    rows = spark.createDataFrame(failed, SCHEMA)
    if not grouped.sizes:
        return rows
    bins = _bins.divide(grouped.sizes, _parts(df, shards))
    number_of = {name: number for number, names in enumerate(bins, 1) for name in names}
    keys = _keys(spark, len(bins))
    numbers = ((each, file, number_of[_files.submission(file)]) for each, file in grouped.files.items())
    placed = [(each, file, number, keys[number - 1]) for each, file, number in numbers]
    of_each = spark.createDataFrame(placed, "name string, file string, shard int, key int")
    # One file at a time passes through memory.
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "1")
    files = df.select(functions.col(path).alias("name"), functions.col(content).alias("content"))
    files = files.join(functions.broadcast(of_each), "name").repartition(len(bins), "key")
    task = _task.of_files(sent.send(spark))
    done = files.select("shard", "file", "content").mapInArrow(task, SCHEMA)  # type: ignore[arg-type, unused-ignore]
    return done.unionByName(rows) if failed else done


def assess(
    df: "DataFrame",
    *,
    as_of: str,
    path: str = "path",
    bytes: Optional[str] = None,
    content: Optional[str] = None,
    root: Optional[str] = None,
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
    """Assesses submissions; see :data:`SCHEMA` for what comes of it.

    Without ``content`` each row names a submission on a file system that every executor sees under the same path; ``bytes`` is
    the column of sizes by which they are divided, else the driver looks, where it sees them.

    With ``content`` each row is a file, as ``spark.read.format("binaryFile")`` gives them: its path, content and bytes (column
    ``length``, where no other is named). What lies in the same folder of ``root`` is one submission, a file in ``root`` itself
    is one, too. Reports name paths below ``root``. Files pass through Python one at a time: for that
    ``spark.sql.execution.arrow.maxRecordsPerBatch`` of the session is set to 1.

    Program, packs, rulings and the like are files of the driver, and shipped by Spark. A submission that cannot be read is a
    row; a wrong option or a broken pack fails the job with what the program said. Persist the result, or write it, before it
    is used twice.
    """
    given = {"packs": packs, "rulings": rulings, "mapping": mappings, "registry": [registry] if registry else []}
    readings = [word for name, value in policies.items() for word in ("--policy", f"{name}={value}")]
    words = ["--as-of", as_of, *readings, *["--self"] * self_evaluation, *options]
    sent = _Shipment(_program.find(program), given, words)
    _by_value()
    if content is None:
        return _over_paths(df, path, bytes, shards, sent)
    if root is None:
        raise ValueError("files need the root below which submissions lie: root=")
    return _over_files(df, (path, content, bytes or "length"), root, shards, sent)


def _from_anywhere(output: str) -> str:
    """An output ``FORMAT[:PATH]`` with its path from the root."""
    form, colon, path = output.partition(":")
    if not colon or path in ("", "-"):
        return output
    end = os.sep if path.endswith(("/", os.sep)) else ""
    return f"{form}:{os.path.abspath(path)}{end}"


class _Shards:
    """Files of shards in a folder, written a line at a time."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._current: Optional[int] = None
        self._out: Optional[TextIO] = None

    def add(self, shard: int, line: str) -> None:
        """Adds a line; those of one shard come one after the other."""
        if shard != self._current:
            self.close()
            self._current = shard
            self._out = open(os.path.join(self._folder, f"{shard}.jsonl"), "w", encoding="utf-8", newline="")
        assert self._out is not None
        self._out.write(line)

    def close(self) -> None:
        if self._out:
            self._out.close()


def _collect(result: "DataFrame", folder: str) -> List[str]:
    """Writes the files of shards; what is said of submissions that are in none of them."""
    shards, lost = _Shards(folder), []
    rows = result.orderBy("shard", "at").select("shard", "line", "path", "message").toLocalIterator()
    for shard, line, path, message in rows:
        if line is None:
            lost.append(f"{path}: {message}")
        else:
            shards.add(shard, line)
    shards.close()
    return lost


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
    What is no submission at all is told on stderr and makes the exit code 2: a run over it would not have begun.
    """
    binary = os.path.abspath(_program.find(program))
    with tempfile.TemporaryDirectory(prefix="wangge-spark-") as folder:
        shards = os.path.join(folder, "shards")
        os.mkdir(shards)
        lost = _collect(result, shards)
        command = [binary, "merge", shards, *options]
        for pack in packs:
            # Under the name it had where it was shipped to.
            packed = _packed(os.fspath(pack), binary, folder)
            name = os.path.basename(packed)
            if os.path.dirname(os.path.abspath(packed)) != folder:
                shutil.copy(packed, os.path.join(folder, name))
            command += ["--packs", name]
        command += [word for output in outputs for word in ("-o", _from_anywhere(output))]
        status = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, check=False).returncode
    for one in lost:
        print(one, file=sys.stderr)
    return 2 if lost and status in (0, 1) else status


def _arguments(arguments: Optional[Sequence[str]]) -> argparse.Namespace:
    """What the job is asked for."""
    parser = argparse.ArgumentParser(prog="wangge-spark", description="Assess submissions with Apache Spark.")
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("paths", nargs="?", help="a text file of paths, one a line, where every executor sees them")
    given.add_argument("--root", help="a folder of submissions that Spark reads itself, such as hdfs://…, s3a://… or obs://…")
    parser.add_argument("--as-of", required=True, help="the day on which dates are judged, ISO")
    parser.add_argument("--shards", type=int, help="into how many parts the batch is divided")
    for name, what in (("rulings", "a file of rulings"), ("packs", "a pack"), ("mapping", "a mapping")):
        parser.add_argument(f"--{name}", action="append", default=[], help=f"{what}; repeatable")
    parser.add_argument("--policy", action="append", default=[], metavar="NAME=VALUE", help="a reading; repeatable")
    parser.add_argument("--registry", help="a table of standards and their editions")
    parser.add_argument("--self", action="store_true", dest="own", help="self-evaluation: rulings of role self count")
    parser.add_argument("--memory", help="memory of the program in each task, such as 2G")
    parser.add_argument("--program", help="the program wangge, where it is not in the package")
    parser.add_argument("-o", "--output", action="append", default=[], help="FORMAT:PATH of the driver; repeatable")
    parser.add_argument("--results", help="where the rows are written as Parquet")
    return parser.parse_args(arguments)


def _job(spark: "SparkSession", asked: argparse.Namespace) -> int:
    if asked.root:
        rows = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(asked.root)
    else:
        rows = spark.read.text(asked.paths).withColumnRenamed("value", "path")
    result = assess(
        rows, content="content" if asked.root else None, root=asked.root, as_of=asked.as_of, shards=asked.shards,
        rulings=asked.rulings, packs=asked.packs, mappings=asked.mapping, registry=asked.registry,
        policies=dict(policy.split("=", 1) for policy in asked.policy), self_evaluation=asked.own,
        options=["--memory", asked.memory] if asked.memory else [], program=asked.program,
    ).persist()  # fmt: skip
    if asked.results:
        result.write.mode("overwrite").parquet(asked.results)
    return merge(result, asked.output or ["terminal"], packs=asked.packs, program=asked.program)


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """The job for ``spark-submit``."""
    from pyspark.sql import SparkSession

    asked = _arguments(arguments)
    spark = SparkSession.builder.appName("wangge").getOrCreate()
    try:
        return _job(spark, asked)
    finally:
        spark.stop()


if __name__ == "__main__":
    sys.exit(main())
