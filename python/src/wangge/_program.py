"""Where the program is, and how it is started."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from pathlib import Path

from ._errors import ProgramNotFound

_NAME = "wangge.exe" if os.name == "nt" else "wangge"


def find(program: "os.PathLike[str] | str | None" = None) -> str:
    """The path of the program: the one given, that of ``WANGGE_PROGRAM``, that of the package, or one on the path."""
    named = program or os.environ.get("WANGGE_PROGRAM")
    if named:
        if not Path(named).is_file():
            raise ProgramNotFound(f"there is no program {os.fspath(named)}")
        return os.fspath(named)
    folders = [sysconfig.get_path("scripts"), os.path.dirname(sys.executable)]
    user = sysconfig.get_path("scripts", f"{os.name}_user") if os.name in ("nt", "posix") else None
    for folder in [*folders, user]:
        if folder and (path := Path(folder, _NAME)).is_file():
            return str(path)
    found = shutil.which(_NAME)
    if found is None:
        raise ProgramNotFound("the program wangge is not in the package and not on the path; set WANGGE_PROGRAM")
    return found
