"""Fails where docs/SECURITY.md or docs/RELIABILITY.md names a file, a test of a file or a test's filter that isn't there, and
where a finding of the review has no row. Called by `check-house`.

In a cell, a test's name belongs to the file that is named before it: `FILE`: `TEST`, `TEST`; `FILE`: `TEST`.
"""

import re
import sys
from pathlib import Path

CODE = re.compile(r"`([^`]+)`")
FILE = re.compile(r"[\w./-]+/[\w.-]*")
TEST = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+){2,}")
# A command that runs some of a crate's tests, and one that runs end-to-end tests.
SOME = re.compile(r"cargo test (?:--release )?-p (?:assetmon-)?(\w+) --(lib|test \w+) (?:-- )?(?:--\w+ )*(\w+)(?: .*)?")
DAY = re.compile(r"scripts/e2e (\w+)")
# So many findings of each kind the review had.
FINDINGS = {"H": 12, "M": 13, "L": 17, "S": 7}


def wrong_names(line, project):
    """What a line of a table names that isn't there."""
    for cell in line.strip().strip("|").split(" | "):
        file = None
        for code in CODE.findall(cell):
            if FILE.fullmatch(code):
                file = project / code
                if not file.exists():
                    yield f"there is no {code}"
            elif TEST.fullmatch(code) and file and file.is_file():
                if not re.search(rf"\bfn {code}\(", file.read_text()):
                    yield f"{file.relative_to(project)} has no test {code}"
            elif not finds_any(code, project):
                yield f"`{code}` runs no test"


def finds_any(command, project):
    """Whether a command that runs the tests of a filter, where it is one, finds a test by it."""
    if some := SOME.fullmatch(command):
        crate, program, wanted = some.groups()
        folder = project / crate / ("src" if program == "lib" else program.replace("test ", "tests/"))
    elif day := DAY.fullmatch(command):
        folder, wanted = project / "e2e/tests/day", day[1]
    else:
        return True
    files = [file for file in folder.rglob("*.rs")]
    named = any(wanted in str(file.relative_to(folder)) for file in files)
    return named or any(re.search(rf"\bfn \w*{wanted}", file.read_text()) for file in files)


def without_row(text):
    """The findings that no row begins with."""
    rows = set(re.findall(r"^\| ([HMLS]\d+) \|", text, re.MULTILINE))
    wanted = [f"{kind}{number + 1}" for kind, most in FINDINGS.items() for number in range(most)]
    return [finding for finding in wanted if finding not in rows]


def main():
    project = Path(sys.argv[1]).resolve()
    wrong = []
    for name in "docs/SECURITY.md", "docs/RELIABILITY.md":
        lines = enumerate((project / name).read_text().splitlines(), 1)
        for number, line in lines:
            if line.startswith("|"):
                wrong += [f"{name}:{number}: {one}" for one in wrong_names(line, project)]
    for finding in without_row((project / "docs/SECURITY.md").read_text()):
        wrong.append(f"docs/SECURITY.md: the finding {finding} has no row")
    for one in wrong:
        print(f"error: {one}", file=sys.stderr)
    if wrong:
        sys.exit(1)
    print("every test that the docs name is there")


main()
