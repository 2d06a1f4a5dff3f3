"""The manifests for schedulers, run as they stand by processes of this machine: with the environment that a scheduler gives each,
one of them killed in the middle and run again. What is merged has the bytes of one run. Nothing but the program is needed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import textwrap
import time
import unittest
from pathlib import Path
from typing import Dict, List

from wangge import AssessmentError, _program

CLUSTERS = Path(__file__).resolve().parents[2] / "docs" / "clusters"
SHARDS = 3
OUTPUTS = ("report.json", "scores.csv")

# What that of Slurm does with a script: it runs it, an array as often as it has numbers. What is waited for has ended.
SBATCH = """\
#!/bin/bash
echo "$@" >> "$CALLS"
all=$*
while [[ $1 == --* ]]; do shift; done
export SLURM_CPUS_PER_TASK=1
case $all in
  *--array=1-*) for number in $(seq 1 "$SHARDS"); do SLURM_ARRAY_TASK_ID=$number bash "$@" 1>&2; done ;;
  *) bash "$@" 1>&2 ;;
esac
echo "7;cluster"
"""


def has_program() -> bool:
    try:
        return bool(_program.find()) and shutil.which("bash") is not None
    except AssessmentError:
        return False


def container_script(job: str) -> str:
    """The commands of the container of a job in the manifest for Kubernetes."""
    text = (CLUSTERS / "kubernetes.yaml").read_text(encoding="utf-8")
    part = next(part for part in text.split("\n---\n") if f"\n  name: {job}\n" in part)
    found = re.search(r"\n( +)- \|\n((?:\1  .*\n)+)", part)
    assert found is not None
    return textwrap.dedent(found.group(2))


@unittest.skipUnless(has_program(), "the program or bash is not there")
class Clusters(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.temporary = tempfile.TemporaryDirectory(prefix="全省-")
        cls.folder = Path(cls.temporary.name)
        (cls.folder / "bin").mkdir()
        (cls.folder / "bin" / "wangge").symlink_to(Path(_program.find()).resolve())
        cls.wangge("demo", "data", "--organizations", "18", "--level", "village", "--grids", "10", "--events", "200")
        # One that cannot be read: exit code 2, and the work goes on.
        (cls.folder / "data" / "坏.xlsx").write_bytes(b"PK\x03\x04")
        (cls.folder / "data" / "manifest.json").unlink()
        data = str(cls.folder / "data")
        outputs = [word for name, form in zip(OUTPUTS, ("json", "csv-scores")) for word in ("-o", f"{form}:one-{name}")]
        cls.wangge("check", data, "--as-of", "2026-06-30", "--no-cache", "--exit-zero", *outputs)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.temporary.cleanup()

    @classmethod
    def wangge(cls, *arguments: str) -> None:
        subprocess.run([_program.find(), *arguments], cwd=cls.folder, check=False, capture_output=True)

    def surroundings(self, results: Path) -> Dict[str, str]:
        own = {"DATA": str(self.folder / "data"), "RESULTS": str(results), "AS_OF": "2026-06-30", "SHARDS": str(SHARDS)}
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return {**os.environ, **own, "PATH": path, "CALLS": str(results.with_suffix(".calls"))}

    def kill(self, command: List[str], own: Dict[str, str], shard: Path) -> None:
        """Kills a shard once it has results, and before it has all."""
        for _ in range(10):
            shard.unlink(missing_ok=True)
            running = subprocess.Popen(command, env=own, start_new_session=True, stderr=subprocess.DEVNULL)
            while running.poll() is None and (not shard.is_file() or shard.read_bytes().count(b"\n") < 2):
                time.sleep(0.001)
            # The group is there until its leader is waited for.
            if running.returncode is None:
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            if 2 <= shard.read_bytes().count(b"\n") < 19 // SHARDS:
                return
        self.fail("the shard ended before it could be killed")

    def is_one_run(self, results: Path) -> None:
        for name in OUTPUTS:
            self.assertEqual((results / name).read_bytes(), (self.folder / f"one-{name}").read_bytes(), name)

    def test_kubernetes(self) -> None:
        results = self.folder / "kubernetes"
        own, check = self.surroundings(results), container_script("wangge-check")
        command = ["bash", "-euc", check]
        self.kill(command, {**own, "JOB_COMPLETION_INDEX": "1"}, results / "shards" / "2.jsonl")
        for index in range(SHARDS):
            with_index = {**own, "JOB_COMPLETION_INDEX": str(index)}
            subprocess.run(command, env=with_index, check=True, capture_output=True)
        merge = ["bash", "-euc", container_script("wangge-merge")]
        self.assertEqual(subprocess.run(merge, env=own, check=False, capture_output=True).returncode, 2)
        self.is_one_run(results)

    def test_a_container_that_cannot_judge_fails(self) -> None:
        own = {**self.surroundings(self.folder / "wrong"), "JOB_COMPLETION_INDEX": "0", "AS_OF": "2026-13-30"}
        command = ["bash", "-euc", container_script("wangge-check")]
        self.assertNotEqual(subprocess.run(command, env=own, check=False, capture_output=True).returncode, 0)

    def test_the_manifest_for_kubernetes_has_as_many_shards_as_completions(self) -> None:
        text = (CLUSTERS / "kubernetes.yaml").read_text(encoding="utf-8")
        completions, shards = re.search(r"completions: (\d+)", text), re.search(r'SHARDS\n +value: "(\d+)"', text)
        assert completions is not None and shards is not None
        self.assertEqual(completions.group(1), shards.group(1))

    def test_slurm(self) -> None:
        results, script = self.folder / "slurm", str(CLUSTERS / "slurm.sh")
        sbatch = self.folder / "bin" / "sbatch"
        sbatch.write_text(SBATCH, encoding="utf-8")
        sbatch.chmod(0o755)
        own = self.surroundings(results)
        of_array = {**own, "SLURM_ARRAY_TASK_ID": "3", "SLURM_CPUS_PER_TASK": "1"}
        self.kill(["bash", script, "assess"], of_array, results / "shards" / "3.jsonl")
        subprocess.run(["bash", script], env=own, check=False, capture_output=True)
        self.is_one_run(results)
        array, merge = Path(own["CALLS"]).read_text(encoding="utf-8").splitlines()
        self.assertEqual(array, f"--parsable --array=1-{SHARDS} {script} assess")
        self.assertEqual(merge, f"--dependency=afterok:7 --kill-on-invalid-dep=yes {script} merge")


if __name__ == "__main__":
    unittest.main()
