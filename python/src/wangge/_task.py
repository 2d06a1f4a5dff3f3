"""What a task does on an executor: it assesses the submissions of one bin with the program and tells what became of them.

Spark ships these functions with the task: executors need no package of ours, only pyarrow.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import tempfile
import zipfile
from contextlib import contextmanager
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Tuple

Row = Dict[str, Any]

COLUMNS = {
    "shard": "int",
    "at": "int",
    "path": "string",
    "status": "string",
    "message": "string",
    "id": "string",
    "name": "string",
    "level": "string",
    "verdict": "string",
    "low": "int",
    "high": "int",
    "line": "string",
}
"""Columns of the rows, with the types of Spark."""

_COULD_NOT_JUDGE = 2


class Parcel(NamedTuple):
    """What Spark ships to each executor, by the names it has there."""

    program: str
    given: str
    """A ZIP of the files that options name, and of the lists of submissions."""
    options: List[str]


class Place(NamedTuple):
    """Where a bin is assessed."""

    program: str
    options: List[str]
    folder: str
    """A folder of its own, which nobody else reads."""

    @property
    def tree(self) -> str:
        """The folder the program runs in: with the files that options name, and submissions that Spark read."""
        return os.path.join(self.folder, "tree")

    @property
    def results(self) -> str:
        """The file of the shard."""
        return os.path.join(self.folder, "shard.jsonl")

    def part(self, number: int) -> "Place":
        """The place of a bin, in this one."""
        folder = os.path.join(self.folder, str(number))
        os.makedirs(os.path.join(folder, "tree"), exist_ok=True)
        return self._replace(folder=folder)


@contextmanager
def placed(parcel: Parcel) -> Iterator[Place]:
    """A place for the places of bins, on the disks that Spark has for its own files; it is gone afterwards."""
    from pyspark import SparkFiles

    root = os.path.abspath(SparkFiles.getRootDirectory())
    program = os.path.join(root, parcel.program)
    os.chmod(program, os.stat(program).st_mode | stat.S_IXUSR)
    with tempfile.TemporaryDirectory(prefix="wangge-", dir=root) as folder:
        yield Place(program, parcel.options, folder)


def unpack(parcel: Parcel, place: Place) -> None:
    """Puts the files that options name under these names where the program runs: reports tell the same ones everywhere."""
    from pyspark import SparkFiles

    with zipfile.ZipFile(SparkFiles.get(parcel.given)) as given:
        for name in given.namelist():
            if "/" not in name:
                given.extract(name, place.tree)


def listed(parcel: Parcel, number: int) -> List[str]:
    """The paths of a bin."""
    from pyspark import SparkFiles

    with zipfile.ZipFile(SparkFiles.get(parcel.given)) as given:
        return given.read(f"lists/{number}").decode("utf-8").split("\n")[:-1]


def _run(place: Place, paths: List[str], shard: str) -> Tuple[int, str]:
    """Assesses a shard of these paths; exit code, and what the program said. The file is there if it judged."""
    names = os.path.join(place.folder, "wangge-list.txt")
    with open(names, "w", encoding="utf-8") as lines:
        lines.writelines(f"{path}\n" for path in paths)
    command = [place.program, "check", "--manifest", names, "--shard", shard, "-o", f"shard:{place.results}"]
    command += ["--no-cache", "--exit-zero", "--isolated", "--threads", "1", *place.options]
    # Messages of rows are in Chinese, whatever the locale of executors.
    own = {**os.environ, "LC_ALL": "zh_CN.UTF-8"}
    ended = subprocess.run(command, cwd=place.tree, env=own, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return ended.returncode, ended.stderr.decode("utf-8", "replace").strip()


def _no_submissions(place: Place, paths: List[str]) -> Dict[str, str]:
    """Those of the paths that the program takes for no submission, and what it says of each.

    A shard without a submission is all that is asked for: nothing is assessed.
    """
    found = {}
    for path in paths:
        said = _run(place, [path], "2/2")[1]
        if os.path.isfile(place.results):
            os.unlink(place.results)
        else:
            # What is wrong, without the place in the list, which is nobody's.
            stated = [line.strip(" ×") for line in said.splitlines() if line.strip().startswith("×")]
            found[path] = stated[0] if stated else said
    return found


def _is_sound(place: Place) -> bool:
    """Whether the program would judge a submission, so that what keeps it from judging others is theirs."""
    probe = os.path.join(place.folder, "probe")
    os.makedirs(probe, exist_ok=True)
    with open(os.path.join(probe, "organization.csv"), "w", encoding="utf-8") as table:
        table.write("id\n")
    return not _no_submissions(place, [probe])


def assessed(place: Place, number: int, paths: List[str]) -> Iterator[Row]:
    """A row for each submission of a bin, and the one of the shard.

    What is no submission at all, such as a path where nothing is, would keep the program from judging the others: it is a
    failed row without a line, and the others are judged.
    """
    status, said = _run(place, paths, "1/1")
    if status == _COULD_NOT_JUDGE and not os.path.isfile(place.results) and _is_sound(place):
        bad = _no_submissions(place, paths)
        for path, why in bad.items():
            yield {"shard": number, "path": path, "status": "failed", "message": why}
        paths = [path for path in paths if path not in bad]
        if not paths:
            return
        status, said = _run(place, paths, "1/1")
    if status not in (0, _COULD_NOT_JUDGE) or not os.path.isfile(place.results):
        raise RuntimeError(f"the program ended with {status} in part {number}: {said}")
    yield from _rows(place, number, len(paths), said)


def _rows(place: Place, number: int, least: int, said: str) -> Iterator[Row]:
    """The rows of the file of a shard, a line at a time: that of one submission may be a hundred thousand characters."""
    out = 0
    with open(place.results, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            row = _row(number, line)
            out += row["status"] != "shard"
            yield row
    if out < least:
        raise RuntimeError(f"the program judged {out} of {least} submissions in part {number}: {said}")


def _row(number: int, line: str) -> Row:
    body = json.loads(line)["body"]
    row: Row = {"shard": number, "at": body.get("at", -1), "path": body.get("path"), "status": "shard", "line": line}
    if "result" not in body:
        return row
    good, bad = body["result"].get("Ok"), body["result"].get("Err")
    row["status"] = "assessed" if good else "failed"
    if bad:
        row["message"] = bad["message"]["zh"]
    if good:
        one = good["organization"]
        row.update({key: one[key] for key in ("id", "name", "level", "verdict")})
        row["low"], row["high"] = one["score"]["low"], one["score"]["high"]
    return row


def _batches(rows: Iterator[Row]) -> Iterator[Any]:
    """Rows as Arrow has them, each by itself."""
    import pyarrow

    kinds = {"int": pyarrow.int32(), "string": pyarrow.string()}
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])
    for row in rows:
        yield pyarrow.RecordBatch.from_pylist([{name: row.get(name) for name in COLUMNS}], schema=schema)


def of_lists(parcel: Parcel) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """The task over rows that each name a bin, whose submissions lie where every executor sees them."""

    def rows(batches: Iterator[Any]) -> Iterator[Row]:
        for batch in batches:
            for number in batch.column("shard").to_pylist():
                with placed(parcel) as place:
                    part = place.part(number)
                    unpack(parcel, part)
                    yield from assessed(part, number, listed(parcel, number))

    return lambda batches: _batches(rows(batches))


def write(tree: str, file: str, content: Any) -> None:
    """Writes a file that Spark read under its path, which the driver found to be safe."""
    path = os.path.join(tree, *file.split("/"))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(content)


def of_files(parcel: Parcel) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """The task over rows that each are a file, all those of a bin in one partition: ``shard``, ``file``, ``content``."""

    def rows(batches: Iterator[Any]) -> Iterator[Row]:
        with placed(parcel) as place:
            parts: Dict[int, Place] = {}
            for batch in batches:
                for number, file, content in zip(*(batch.column(name) for name in ("shard", "file", "content"))):
                    part = parts.setdefault(number.as_py(), place.part(number.as_py()))
                    write(part.tree, file.as_py(), content.as_buffer())
            for number, part in sorted(parts.items()):
                names = sorted(os.listdir(part.tree))
                unpack(parcel, part)
                yield from assessed(part, number, names)
                shutil.rmtree(part.folder)

    return lambda batches: _batches(rows(batches))
