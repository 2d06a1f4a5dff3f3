"""Outputs for CI systems as programs read them that are not ours: `ci_formats.py PROGRAM`.

SARIF goes to `sarif-multitool validate` (Microsoft) and to `sarif` (sarif-tools), JUnit to `junit-10.xsd` and `junitparser`.
What these find fails; what they only advise is printed.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import junitparser
from lxml import etree

ROOT = pathlib.Path(__file__).resolve().parents[2]
XSD = ROOT / "tests/data/schemas/junit-10.xsd"
PATHS = ["fixtures/violations", "fixtures/clean", "fixtures/broken/bad-encoding", "fixtures/formats/workbook"]


def written(program, folder, lang):
    """Every format of a batch with an unreadable submission, in a language."""
    outputs = {name: folder / f"{lang}.{name}" for name in ("sarif", "junit", "gitlab")}
    command = [program, "check", *PATHS, "--as-of", "2026-06-30", "--no-cache", "--exit-zero", "--lang", lang]
    for name, path in outputs.items():
        command += ["-o", f"{name}:{path}"]
    # 2: something could not be read.
    assert subprocess.run(command, cwd=ROOT, check=False).returncode in (0, 2), command
    return outputs


def check_sarif(path):
    """No error by the validator of Microsoft with the rules of SARIF and of GitHub, and the same results by sarif-tools."""
    copy, log = path.with_suffix(".copy.sarif"), path.with_suffix(".log.sarif")
    shutil.copy(path, copy)
    tool = shutil.which("sarif-multitool")
    command = [tool, "validate", copy, "--rule-kind", "'Sarif;Ghas'", "--output", log, "--log", "ForceOverwrite"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert log.exists(), ended.stdout + ended.stderr
    results = json.loads(log.read_text("utf-8-sig"))["runs"][0].get("results", [])
    told = sorted({(one.get("level", "warning"), one["ruleId"], one["message"].get("id", "")) for one in results})
    print(path.name, told)
    assert not [one for one in results if one.get("level") == "error"], ended.stdout
    own = json.loads(path.read_text("utf-8"))["runs"][0]["results"]
    # Next to this interpreter: a program of the system may have its name.
    tools = pathlib.Path(sys.executable).with_name("sarif")
    summary = path.with_suffix(".summary.txt")
    subprocess.run([tools, "summary", "--output", summary, copy], check=True, capture_output=True)
    counted = [line for line in summary.read_text("utf-8").splitlines() if line.split(":")[0] in ("error", "warning", "note")]
    assert sum(int(line.split(":")[1]) for line in counted) == len(own), counted


def check_junit(path):
    """Valid by the schema, and with the counts that a reader comes to."""
    etree.XMLSchema(etree.parse(XSD)).assertValid(etree.parse(path))
    suites = list(junitparser.JUnitXml.fromfile(str(path)))
    assert len(suites) == len(PATHS), [suite.name for suite in suites]
    for suite in suites:
        stated = suite.tests, suite.failures, suite.errors, suite.skipped
        suite.update_statistics()
        assert stated == (suite.tests, suite.failures, suite.errors, suite.skipped), suite.name
        print(path.name, suite.name, stated)
    assert sum(suite.errors for suite in suites) == 1


def main():
    with tempfile.TemporaryDirectory() as folder:
        for lang in ("zh", "en"):
            outputs = written(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(folder), lang)
            check_sarif(outputs["sarif"])
            check_junit(outputs["junit"])
            issues = json.loads(outputs["gitlab"].read_text("utf-8"))
            assert len({issue["fingerprint"] for issue in issues}) == len(issues)


main()
