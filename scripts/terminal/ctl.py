"""assetctl, all of it, at a server that was told the worst."""

import json
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

from look import DESCRIBED, DIGESTS, FOLDER, HOSTILE, OWN, PROGRAMS, found, look, on_terminal, write
from server import a_liar

PROGRAM = f"{PROGRAMS}/assetctl"
# What shows something in every format.
SHOWN = [["find", HOSTILE], ["find", "type~."], ["containers"], ["images"], ["hosts"], ["status"], ["host", "show", "web1"]]
SHOWN += [["image", one] for one in DIGESTS] + [["token", "list"], ["config"], ["changes", "--since", "1h"]]
SHOWN += [["diff", DIGESTS[0], DIGESTS[1]], ["diff", "host:web1", "host:web2"], ["find", "type~.", "--cover"]]
SHOWN += [["find", "type~.", "--group-by", by] for by in ("version", "name", "type", "image", "host", "distro")]
SHOWN += [["find", "openssl", "--during", "1h.."]]
FORMATS = [[], *(["-o", one] for one in ("wide", "json", "ndjson", "csv", "name")), ["--no-trunc"]]
# What shows something once, changes something, or is refused.
ONCE = [["sbom", DIGESTS[0]], ["sbom", "host:web1", "--format", "spdx-json"], ["sbom", DIGESTS[0], "--file", "sbom.json"]]
ONCE += [["find", "type~.", "-o", "csv", "--evidence"], ["find", "--match", HOSTILE, "eq", "x"], ["image", HOSTILE]]
ONCE += [["host", one, HOSTILE] for one in ("show", "add", "reset", "withdraw", "remove")] + [["completions", "bash"], ["man"], ["options"]]
# Advisories are files, and as hostile as what hosts tell.
ODD = {"id": HOSTILE, "summary": HOSTILE, "aliases": ["CVE-" + HOSTILE], "affected": [
    {"package": {"ecosystem": "Debian:12", "name": HOSTILE}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]},
    {"package": {"ecosystem": HOSTILE, "name": HOSTILE}, "ranges": HOSTILE}]}
ADVISORIES = ["affected", write("odd.json", json.dumps([ODD, {"id": 7}, HOSTILE])), "--verdict", "affected,fixed,not_affected,unknown"]
SHOWN += [ADVISORIES, ["advisories", "status"], ["advisories", "gaps"], ["advisories", "list"], ["advisories", "affecting", "--unknown"], ["advisories", "show", HOSTILE], ["affected", HOSTILE]]
IMPORT = ["advisories", "import", write("fed.json", json.dumps([ODD, {"id": 7}, HOSTILE]))]
ONCE += [[*IMPORT, "--source", "x" + HOSTILE], ["advisories", "drop", HOSTILE], ["advisories", "import", "/nowhere/" + HOSTILE]]
ONCE += [ADVISORIES[:2] + ["--exposure"], ADVISORIES[:2] + ["--exposure", "-o", "csv", "--evidence"], ADVISORIES + ["--count"], ["affected", "/nowhere/" + HOSTILE], ADVISORIES + ["host=" + HOSTILE]]
# A backup holds what was told as it was told, and is no text: only what is said of one is looked at.
ONCE += [["image", DIGESTS[0], "--rescan"], ["image", DIGESTS[0], "--withdraw"], ["backup", "/nowhere/" + HOSTILE]]
ONCE += [["token", "revoke", "x" + HOSTILE], ["token", "revoke", HOSTILE], ["token", "create", "new" + HOSTILE, "--role", "reader"]]
ONCE += [["--context", HOSTILE, "status"], ["--server", "http://" + HOSTILE, "status"], ["-o", HOSTILE, "status"]]
# Into every kind of list and back, and a file of one.
KEYS = [b"\r", b"e", b"\r", b"\r", b"\r", b"d", b"Y", b"c", b"\x1b", b"\x1b", b"\t", b"\r", b"\r", b"\x1b", b"\t", b"\r", b"\x1b"]
KEYS += [b"1", b"m", b"l", b"d", b"\x1b", b"m", b"\x1b", b":host a", b"\t", b"\r", b"\x1b"]
KEYS += [b"1", b"v", b"\x1b", b"2", b"x", b"j", b"x", b"\x1b", b"?", b"\x1b", b"5", b"j", b"j", b"d", b"\x1b", b"\r", b"\x1b", b"f", b"\x1b"]
KEYS += [b"4", b"j", b"d", b"/", b"a", b"\x1b", b"\r", b"\x1b"]
KEYS += [b"\t", b"\r", b"?", b"\x1b", b"q", b"q", b"\x03"]


def commands(server):
    """Every command with what it shows of what was told."""
    environment = {"PATH": os.environ["PATH"], "HOME": FOLDER, "XDG_CONFIG_HOME": FOLDER, "TERM": "xterm-256color"}
    environment["ASSETCTL_SERVER"] = f"unix:{server.data}/admin.sock"

    def ask(words, own=OWN, **more):
        on_terminal(" ".join(words), [PROGRAM, *words], environment=environment | more, ends=(0, 1, 2, 3, 4), own=own)

    ask(IMPORT)
    with ThreadPoolExecutor(3) as several:
        asked = [several.submit(ask, words + shape) for words in SHOWN for shape in FORMATS]
    for one in asked:
        one.result()
    for words in ONCE:
        ask(words)
    # These go on until they are told to stop.
    for words in (["changes", "--since", "1h", "--follow"], ["find", "type~.", "--watch", "1s"]):
        command = ["timeout", "--foreground", "--signal=INT", "2", PROGRAM, *words]
        on_terminal(" ".join(words), command, (), environment, (0, 124, 130), is_drawn=words[0] == "find")
    misled(ask)
    on_terminal("tui", [PROGRAM, "tui"], KEYS, environment, (0, 1, 2, 3, 130), is_drawn=True)
    is_all({words[0] for words in SHOWN + ONCE} | {"tui"})
    files()


def misled(ask):
    """What is shown of a server that lies, of settings, and of what a shell would complete."""
    liar = a_liar()
    for words in (["status"], ["find", "x"], ["images"], ["host", "add", "x"], ["changes"], ["sbom", DIGESTS[0]]):
        ask(["--server", liar, *words], ASSETCTL_TOKEN="x")
    # JSON would say it by two halves, which TOML has none of.
    name = json.dumps(HOSTILE.replace("\U000e0041", ""))
    file = write("assetctl/config.toml", f"[contexts.{name}]\nserver = {name}\n")
    for words in (["config"], ["--context", json.loads(name), "status"], ["--context", "other", "status"]):
        ask(words, ASSETCTL_SERVER="")
    write("assetctl/config.toml", f"{name} = {name}\n\x1b[2J\u202e")
    ask(["config"], ASSETCTL_SERVER="")
    os.remove(file)
    for words in (["host", "show", ""], ["image", ""], ["find", ""], ["token", "revoke", ""]):
        ask(["--", " ".join(["assetctl", *words]), " :=@"], ASSETCTL_COMPLETE="bash")
        for shell, own in (("zsh", OWN), ("fish", DESCRIBED)):
            ask(["--", "assetctl", *words], own, ASSETCTL_COMPLETE=shell)


def is_all(asked):
    """Whether every command that there is was asked."""
    listed = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout
    listed = listed.split("Commands:")[1].split("Options:")[0]
    left = set(re.findall(r"^  (\w+)", listed, re.MULTILINE)) - {"help"} - asked
    if left:
        found.append(f"nobody looked at {sorted(left)}: name them in scripts/terminal/ctl.py")


def files():
    """What was written, and how it is called."""
    for folder, _, names in os.walk(FOLDER):
        for name in names:
            look(f"the name of {name!a}", name)
            if name.endswith((".json", ".csv")) and folder == FOLDER:
                with open(os.path.join(folder, name), encoding="utf-8", errors="surrogateescape") as file:
                    look(f"the file {name!a}", file.read())
