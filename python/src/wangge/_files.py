"""Which submission a file belongs to that Spark read, by its path, and whether it may be written under that path.

Spark's ``binaryFile`` gives paths as Hadoop writes them: nothing in them is percent-encoded, ``%`` stands for itself.
"""

from __future__ import annotations

import re
from typing import Dict, Iterable, List, NamedTuple, Optional, Tuple

_URI = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]+):)?(?://([^/]*))?(/.*)?", re.DOTALL)
_DRIVE = re.compile(r"[A-Za-z]:")
_LONGEST = 255
"""Bytes of a name on the file systems of executors."""


class Unsafe(ValueError):
    """A path that must not be written to."""


def _parts(uri: str) -> Tuple[str, str, str]:
    """Scheme, authority and path."""
    found = _URI.fullmatch(uri)
    if found is None:
        raise ValueError(f"{uri!r} is no URI with a path from the root")
    scheme, authority, path = (part or "" for part in found.groups())
    return scheme.lower(), authority, path


def relative(path: str, root: str) -> str:
    """The path below ``root``, which may leave out the scheme, or the authority.

    >>> relative("file:/srv/全省/甲/a.csv", "/srv/全省")
    '甲/a.csv'
    """
    (scheme, authority, whole), (own_scheme, own_authority, above) = _parts(path), _parts(root)
    above = above.rstrip("/") + "/"
    same = own_scheme in ("", scheme) and own_authority in ("", authority)
    if not same or not whole.startswith(above) or whole == above:
        raise ValueError(f"{path!r} does not lie below {root!r}")
    return whole[len(above) :]


def safe(file: str) -> str:
    """The path itself, if it leads to a place below the folder it is joined to, whatever the system.

    >>> safe("甲/数据/a.csv")
    '甲/数据/a.csv'
    """
    for part in file.split("/"):
        if part in ("", ".", "..") or "\0" in part or "\\" in part or _DRIVE.match(part):
            raise Unsafe(f"{file!r}: {part!r} is no name of a file")
        if len(part.encode("utf-8", "surrogatepass")) > _LONGEST:
            raise Unsafe(f"{file!r}: a name of more than {_LONGEST} bytes")
    return file


def submission(file: str) -> str:
    """The submission of a file below the root: its first folder, or the file where it lies in the root itself."""
    name = file.split("/", 1)[0]
    if name != name.strip() or name.startswith("#") or len(name.splitlines()) > 1:
        raise Unsafe(f"{name!r}: no line of a list can name it")
    return name


class Grouped(NamedTuple):
    """The files below a root, by submission."""

    files: Dict[str, str]
    """Path as Spark has it, and below the root."""
    sizes: Dict[str, int]
    """Bytes of each submission."""
    failed: Dict[str, str]
    """Submissions with a path that must not be written to, and why. None of their files is assessed."""


def _clashing(files: Iterable[str]) -> List[str]:
    """Files whose path is a folder of others: object stores have such."""
    files = set(files)
    folders = {file[:at] for file in files for at in range(len(file)) if file[at] == "/"}
    return sorted(files & folders)


def group(listing: Iterable[Tuple[str, Optional[int]]], root: str) -> Grouped:
    """Groups paths, each with its bytes, by submission."""
    bytes_of = {path: size or 0 for path, size in listing}
    files = {path: relative(path, root) for path in bytes_of}
    sizes: Dict[str, int] = {}
    failed: Dict[str, str] = {}
    for path, file in files.items():
        name = file.split("/", 1)[0]
        try:
            name = submission(safe(file))
        except Unsafe as why:
            failed[name] = str(why)
        sizes[name] = sizes.get(name, 0) + bytes_of[path]
    for file in _clashing(files.values()):
        failed.setdefault(file.split("/", 1)[0], f"{file!r} is both a file and a folder")
    good = {path: file for path, file in files.items() if file.split("/", 1)[0] not in failed}
    return Grouped(good, {name: size for name, size in sizes.items() if name not in failed}, failed)
