"""Divides submissions among tasks by their bytes. An organization is never divided."""

from __future__ import annotations

import heapq
import os
from typing import Dict, List, Mapping, Optional, Sequence

SHARE = 1 << 16
"""Bytes that each submission counts for besides its own: many small ones take their time, too."""


def divide(sizes: Mapping[str, int], number: int) -> List[List[str]]:
    """At most ``number`` bins of about the same bytes, none of them empty, the names of each in order.

    The largest goes first, each to the bin that has the least: no bin has more than 4/3 of what the best division gives the
    fullest. The same sizes give the same bins.
    """
    number = max(1, min(number, len(sizes)))
    bins: List[List[str]] = [[] for _ in range(number)]
    least = [(0, at) for at in range(number)]
    for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
        load, at = least[0]
        bins[at].append(name)
        heapq.heapreplace(least, (load + sizes[name] + SHARE, at))
    return [sorted(names) for names in bins]


def size(path: str) -> Optional[int]:
    """Bytes of a file, or of all files of a folder; ``None`` where this machine does not see it."""
    try:
        if not os.path.isdir(path):
            return os.stat(path).st_size
    except OSError:
        return None
    total = 0
    for folder, _, names in os.walk(path):
        for name in names:
            try:
                total += os.lstat(os.path.join(folder, name)).st_size
            except OSError:
                # What is gone by now is told by the program, if it is missed.
                continue
    return total


def weights(known: Mapping[str, Optional[int]]) -> Dict[str, int]:
    """Sizes of all, where those that nobody knows count as the mean of the others."""
    sizes = [size for size in known.values() if size is not None]
    mean = sum(sizes) // len(sizes) if sizes else 0
    return {name: mean if size is None else size for name, size in known.items()}


def listed(lines: Sequence[Optional[str]]) -> List[str]:
    """The paths of a list as the program reads it: blank lines and those that begin with ``#`` say nothing."""
    paths = {(line or "").strip() for line in lines}
    if broken := [path for path in paths if "\n" in path or "\r" in path]:
        raise ValueError(f"no line of a list can name {broken[0]!r}")
    return sorted(path for path in paths if path and not path.startswith("#"))
