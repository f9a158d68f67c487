"""The agent, all of it, with a podman and a syft that say the worst."""

import json
import os

from look import DIGESTS, FOLDER, HOSTILE, PROGRAMS, on_terminal, write
from server import a_liar

PODMAN = """#!/bin/sh
cd "$(dirname "$0")" || exit 1
case "$1 $2 $3" in
"ps "*) cat ps.json ;;
"image mount --format") echo '[]' ;;
"image inspect --format") cat image.json ;;
"--version"*) cat hostile.txt ;;
"events "*) cat hostile.txt; cat hostile.txt >&2; exit 1 ;;
*) cat hostile.txt >&2; exit 125 ;;
esac
"""


def agents(server):
    """Every command of the agent, with a podman and a syft that say the worst."""
    folder = os.path.join(FOLDER, "agent")
    os.makedirs(os.path.join(folder, "state"), mode=0o700)
    listed = [
        {"Id": f"{number:064x}", "Names": [f"{number}{HOSTILE}"], "Image": HOSTILE, "ImageID": one[7:], "State": HOSTILE if number == 1 else "running"}
        for number, one in enumerate(DIGESTS)
    ]
    files = {"ps.json": json.dumps(listed), "image.json": json.dumps([{"Os": HOSTILE}]), "hostile.txt": HOSTILE}
    files |= {"podman": PODMAN, "syft": "#!/bin/sh\ncat \"$(dirname \"$0\")/hostile.txt\" >&2\nexit 1\n"}
    for name, text in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(os.path.join(folder, name), 0o755)
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm-256color"}
    for name, path in (("STATE_DIR", "state"), ("PODMAN", "podman"), ("SYFT", "syft")):
        environment[f"ASSETMON_AGENT_{name}"] = os.path.join(folder, path)
    environment |= {"ASSETMON_AGENT_REPORT_PATIENCE": "0s", "ASSETMON_AGENT_UPLOAD_PATIENCE": "0s"}
    code = server.ask(None, "POST", "/api/v1/hosts", {"name": "agent"})["code"]
    url = f"http://127.0.0.1:{server.port}"
    runs = [["enroll", "--server", url, "--code", HOSTILE], ["enroll", "--server", url, "--code", code]]
    runs += [["report"], ["check"], ["update", "0" + HOSTILE], ["update", HOSTILE]]
    bad = write("agent/settings.toml", f"{json.dumps(HOSTILE[:9])} = 1\n\u202e\x1b[2J")
    for log_format in ("plain", "json"):
        environment["ASSETMON_AGENT_LOG_FORMAT"] = log_format
        environment["ASSETMON_AGENT_LOG_LEVEL"] = "trace"
        for one in runs:
            what = f"agent {one[0]} ({log_format})"
            on_terminal(what, [f"{PROGRAMS}/assetmon-agent", *one], environment=environment, ends=range(126))
        for one in (["--server", a_liar(), "enroll", "--code", "x"], ["--config", bad, "report"], ["--server", HOSTILE, "enroll", "--code", "x"]):
            on_terminal(f"agent {one[0]}", [f"{PROGRAMS}/assetmon-agent", *one], environment=environment, ends=range(126))
        # It follows what happens until it is told to stop.
        on_terminal(f"agent watch ({log_format})", ["timeout", "--signal=TERM", "4", f"{PROGRAMS}/assetmon-agent", "watch"], environment=environment, ends=range(126))
