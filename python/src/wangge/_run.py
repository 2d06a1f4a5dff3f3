"""Runs the program and reads what it writes, a line at a time: a batch is never in memory as text."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Union

from . import _program
from ._errors import ProgramError
from ._model import Organization, Report

Path = Union[str, "os.PathLike[str]"]

_COULD_NOT_JUDGE = 2


def _paths(given: Union[Path, Iterable[Path]]) -> List[str]:
    if isinstance(given, (str, os.PathLike)):
        given = [given]
    return [os.fspath(path) for path in given]


def _arguments(
    as_of: Optional[str],
    rulings: Sequence[Path],
    packs: Sequence[Path],
    policies: Mapping[str, str],
    registry: Optional[Path],
    mappings: Sequence[Path],
    self_evaluation: bool,
    unmask: bool,
    options: Sequence[str],
) -> List[str]:
    named: List[str] = []
    for name, values in (("rulings", rulings), ("packs", packs), ("mapping", mappings)):
        for value in _paths(values):
            named += [f"--{name}", value]
    for name, value in policies.items():
        named += ["--policy", f"{name}={value}"]
    if as_of is not None:
        named += ["--as-of", str(as_of)]
    if registry is not None:
        named += ["--registry", os.fspath(registry)]
    named += ["--self"] * self_evaluation + ["--unmask"] * unmask
    return [*named, *options]


class Run:
    """A run whose organizations are read as they end.

    To be iterated once, inside of ``with``. After the last organization :attr:`report` says the rest.
    """

    def __init__(self, command: Sequence[str], paths: Sequence[str]) -> None:
        self.report: Optional[Dict[str, Any]] = None
        """The report without its organizations, once all of them were read."""
        self.messages = ""
        """What the program said."""
        self._said = tempfile.TemporaryFile()
        self._list = tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8", delete=False)
        with self._list:
            self._list.writelines(f"{path}\n" for path in paths)
        self._process = subprocess.Popen(
            [*command, "--manifest", self._list.name],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )

    def __enter__(self) -> "Run":
        return self

    def __exit__(self, *_: object) -> None:
        # A program whose output nobody reads any more ends by itself; one that waits for a full pipe would not be ended
        # by a signal.
        if self._process.stdout:
            self._process.stdout.close()
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._said.close()
        os.unlink(self._list.name)

    def __iter__(self) -> Iterator[Organization]:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            part = json.loads(line)
            if "organizations" in part:
                self.report = part
            else:
                yield Organization(part)
        status = self._process.wait()
        self._said.seek(0)
        self.messages = self._said.read().decode("utf-8", "replace")
        if self.report is None or status not in (0, _COULD_NOT_JUDGE):
            raise ProgramError(status, self.messages)


def stream(
    paths: Union[Path, Iterable[Path]],
    *,
    as_of: Optional[str] = None,
    rulings: Sequence[Path] = (),
    packs: Sequence[Path] = (),
    policies: Mapping[str, str] = {},
    registry: Optional[Path] = None,
    mappings: Sequence[Path] = (),
    self_evaluation: bool = False,
    unmask: bool = False,
    options: Sequence[str] = (),
    program: Optional[Path] = None,
) -> Run:
    """Assesses submissions; organizations come as they end, in the order of the report.

    ``as_of`` is the day on which dates are judged, ISO. ``options`` are further options of ``wangge check``.

    >>> with stream("data", as_of="2026-06-30") as run:    # doctest: +SKIP
    ...     for one in run:
    ...         print(one.name, one.verdict)
    """
    given = _arguments(as_of, rulings, packs, policies, registry, mappings, self_evaluation, unmask, options)
    command = [_program.find(program), "check", *given, "-o", "jsonl", "--exit-zero"]
    return Run(command, _paths(paths))


def check(
    paths: Union[Path, Iterable[Path]],
    *,
    as_of: Optional[str] = None,
    rulings: Sequence[Path] = (),
    packs: Sequence[Path] = (),
    policies: Mapping[str, str] = {},
    registry: Optional[Path] = None,
    mappings: Sequence[Path] = (),
    self_evaluation: bool = False,
    unmask: bool = False,
    options: Sequence[str] = (),
    program: Optional[Path] = None,
) -> Report:
    """Assesses submissions and waits for all of them.

    Submissions that cannot be read stand in :attr:`Report.unreadable`; what keeps all of them from being assessed is a
    :class:`ProgramError` with what the program said.
    """
    with stream(
        paths,
        as_of=as_of,
        rulings=rulings,
        packs=packs,
        policies=policies,
        registry=registry,
        mappings=mappings,
        self_evaluation=self_evaluation,
        unmask=unmask,
        options=options,
        program=program,
    ) as run:
        organizations = list(run)
        assert run.report is not None
        return Report(organizations, run.report, run.messages)


def _said(arguments: Sequence[str], program: Optional[Path]) -> str:
    ended = subprocess.run(
        [_program.find(program), *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if ended.returncode != 0:
        raise ProgramError(ended.returncode, ended.stderr.decode("utf-8", "replace"))
    return ended.stdout.decode("utf-8")


def explain(id: str, *, lang: str = "zh", packs: Sequence[Path] = (), program: Optional[Path] = None) -> str:
    """What an id stands for: a requirement, item, clause, table, column or finding."""
    named = [word for pack in _paths(packs) for word in ("--packs", pack)]
    return _said(["explain", id, "--lang", lang, *named], program)


def version(*, program: Optional[Path] = None) -> str:
    """The version of the program."""
    return _said(["--version"], program).split()[-1]
