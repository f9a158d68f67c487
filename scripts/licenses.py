"""Prints what a program is linked from, with the license texts that lie with the sources. Called by `licenses`.

Linked is what cargo builds into the three programs that are handed out, which it builds together: a feature that one of
them wants, all get. A text that many crates bring is printed once.
"""

import html
import json
import re
import subprocess
import sys
from pathlib import Path

PROGRAMS = ["assetmon-agent", "assetmon-server", "assetctl"]
TEXT = re.compile(r"(un)?licen[cs]e|copying|copyright|notice", re.IGNORECASE)


def told(*command):
    """What a command prints, as text."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def linked(program):
    """Names and versions of the crates that a program is linked from; ours too."""
    packages = [word for name in PROGRAMS for word in ("--package", name)]
    tree = told("cargo", "tree", "--locked", *packages, "--edges", "normal,no-proc-macro", "--prefix", "depth", "--format", " {p}")
    uses, path = {}, []
    for line in filter(None, tree.splitlines()):
        depth, name, version = line.split()[:3]
        crate = (name, version.removeprefix("v"))
        # What a crate uses is listed where it is named first.
        del path[int(depth) :]
        if path:
            uses.setdefault(path[-1], set()).add(crate)
        path.append(crate)
    found, waiting = set(), [crate for crate in uses if crate[0] == program]
    while waiting:
        crate = waiting.pop()
        if crate not in found:
            found.add(crate)
            waiting.extend(uses.get(crate, ()))
    return found


def sources():
    """Where each crate that isn't ours lies, and its license by name."""
    host = re.search(r"^host: (.*)$", told("rustc", "--version", "--verbose"), re.MULTILINE).group(1)
    metadata = json.loads(told("cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", host))
    return {
        (package["name"], package["version"]): (Path(package["manifest_path"]).parent, package["license"])
        for package in metadata["packages"]
        if package["source"]
    }


def texts_in(folder):
    """The license texts of a crate, also of what it brings along from elsewhere."""
    files = sorted(file for file in folder.rglob("*") if TEXT.match(file.name) and file.suffix != ".rs" and file.is_file())
    return [file.read_text(encoding="utf-8", errors="replace") for file in files]


def standard_library():
    """The notices of the toolchain's own library, which every program is linked with."""
    file = Path(told("rustc", "--print", "sysroot").strip(), "share/doc/rust/COPYRIGHT-library.html")
    if not file.exists():
        sys.exit(f"error: the notices of the Rust standard library are not with this toolchain: {file}")
    lines = html.unescape(re.sub(r"<[^>]*>", "", file.read_text(encoding="utf-8"))).splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip())


def main(program):
    crates, known = sorted(linked(program)), sources()
    if not crates:
        sys.exit(f"error: {program} is none of {', '.join(PROGRAMS)}")
    numbers, listed = {}, []

    def number(text):
        """A text's number; the same for the same words, however they are broken into lines."""
        place, _ = numbers.setdefault(" ".join(text.split()), (len(numbers) + 1, text.strip("\n")))
        return place

    for crate in crates:
        if crate in known:
            folder, license = known[crate]
            texts = sorted({number(text) for text in texts_in(folder)})
            if not texts:
                sys.exit(f"error: {crate[0]} {crate[1]} brings no license text")
            listed.append(f"{crate[0]} {crate[1]} ({license}): {', '.join(map(str, texts))}")
    listed.append(f"The Rust standard library (MIT OR Apache-2.0): {number(standard_library())}")
    print(f"What {program} is linked from beside its own files: name, version, license, and the numbers of the texts below.\n")
    print("\n".join(listed))
    for place, text in numbers.values():
        print(f"\n======== {place} ========\n\n{text.rstrip()}")


main(sys.argv[1])
