"""Fills a server with a million hosts, lets them report for some minutes, and asks meanwhile. Called by `bench-million`.

    bench-million.py PROGRAMS SIMULATOR FOLDER HOSTS MINUTES

Every host reports once in ten minutes, and one container in a hundred is replaced from one report to the next. What was
measured goes to FOLDER/million.json, and is said beside its goal.
"""

import json
import sys
from pathlib import Path

from bench import Bench

ASKED = {"name-version": "find, first 100", "by-version": "openssl by version"}


def said(found):
    """Each figure with its goal, and whether it is reached."""
    memory, ran = found["memory"], found["reports_beside"]
    asked = {name: answer["latency"] for name, answer in found["beside"].items()}
    rows = [
        ("memory, resident, MB", memory["now_mb"], 2_048),
        ("disk, MB", found["disk_mb"], 4_096),
        ("reports refused", ran["refused"], 0),
        ("find, first 100, p99, ms", asked["name-version"]["p99_ms"], 50),
        ("openssl by version, median, ms", asked["by-version"]["median_ms"], 60),
    ]
    for words, measured, goal in rows:
        yield f"{words:34} {measured:12,.1f}   goal {goal:>6,}   {'reached' if measured <= goal else 'not reached'}"
    fill = found["fill"]
    yield f"{'enrolled a second':34} {fill['hosts'] / fill['enroll_seconds']:12,.0f}"
    yield f"{'first reports a second':34} {fill['reports'] / fill['report_seconds']:12,.0f}"
    yield f"{'reports a second meanwhile':34} {ran['rate']:12,.0f}   p99 {ran['latency']['p99_ms']:,.0f} ms"
    yield f"{'start to ready, s':34} {found['start_seconds']:12,.1f}"


def main():
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    programs, simulator, folder, hosts, minutes = sys.argv[1:6]
    hosts, seconds = int(hosts), round(float(minutes) * 60)
    shape = {"hosts": hosts, "images": min(20_000, hosts * 2), "replaced-every": 100}
    bench = Bench(programs, simulator, folder, "million", shape)
    try:
        bench.fill()
        # Each question is asked for a part of the time.
        share = f"--seconds={max(1, (seconds - 5) // len(ASKED))}"
        only = [f"--only={name}" for name in ASKED]
        bench.ask_beside(hosts / 600, seconds, *only, share, "--times=1000000")
        bench.found["memory"] = bench.server.memory()
        bench.restart()
    finally:
        bench.server.stop()
    Path(folder, "million.json").write_text(json.dumps(bench.found, indent=1))
    print("\n".join(said(bench.found)))


main()
