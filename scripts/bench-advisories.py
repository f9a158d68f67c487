"""Measures what a server does with imported advisories under a simulated fleet. Called by `bench-advisories`.

    bench-advisories.py PROGRAMS SIMULATOR FOLDER SCALE

PROGRAMS is the folder of assetmon-server and assetctl, SIMULATOR is fleetsim. Says each figure as a line: what was asked, the
median and the worst of it, and what the server takes afterwards.
"""

import http.client
import json
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench import L, Bench, Server, say

RECORDS = (6_000, 28_000)
TIMES = 21


class Local(http.client.HTTPConnection):
    """A connection to a server's local socket."""

    def __init__(self, path):
        super().__init__("localhost", timeout=120)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


class Advisories:
    """One server with a fleet, and what is asked of its advisories."""

    def __init__(self, server, simulator, folder):
        self.server, self.simulator, self.folder = server, simulator, folder
        self.connection = Local(server.data / "admin.sock")

    def feed(self, records):
        """The feed of so many records, as a file."""
        path = self.folder / f"feed-{records}.ndjson"
        with open(path, "wb") as out:
            subprocess.run([self.simulator, "advisories", f"--records={records}"], stdout=out, check=True)
        return path

    def send(self, method, path, body=None):
        """The answer, and how many milliseconds it took to its last byte."""
        began = time.perf_counter()
        self.connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
        answer = self.connection.getresponse()
        said = answer.read()
        if answer.status != 200:
            sys.exit(f"error: {method} {path}: {answer.status}: {said[:300].decode()}")
        return json.loads(said), (time.perf_counter() - began) * 1000

    def figure(self, words, times):
        memory = self.server.memory()
        middle, worst = statistics.median(times), max(times)
        print(f"{words}: {middle:,.1f} ms, at most {worst:,.1f}; {memory['now_mb']:.0f} MB, at most {memory['most_mb']:.0f}", flush=True)

    def often(self, words, *request, times=TIMES):
        answer, first = self.send(*request)
        took = [first] + [self.send(*request)[1] for _ in range(times - 1)]
        self.figure(words, took)
        return answer

    def import_feed(self, words, path):
        body = path.read_bytes() + b'{"complete":true}\n'
        imported, took = self.send("POST", "/api/v1/advisories/feeds/bench", body)
        self.figure(f"{words} of {imported['feed']['advisories']:,} records", [took])

    def measure(self):
        self.figure("started", [self.server.start_seconds * 1000])
        small, large = (self.feed(records) for records in RECORDS)
        self.import_feed("import", large)
        self.import_feed("the same again", large)
        affecting = "/api/v1/advisories/affecting"
        answer, first = self.send("GET", affecting)
        self.figure(f"affecting, the first time ({answer['total']:,} advisories)", [first])
        self.often("the same of one commit", "GET", affecting)
        self.simulate_reports()
        _, later = self.send("GET", affecting)
        self.figure("affecting, after reports", [later])
        ids = [one["id"] for one in answer["advisories"]]
        for place in sorted({0, len(ids) // 2, len(ids) - 1}):
            body = json.dumps({"ids": [ids[place]]})
            asked = self.often(f"affected {ids[place]}", "POST", "/api/v1/affected", body)
            print(f"    {asked['summary']['affected']['containers']:,} containers affected, {asked['total']:,} results")
        for feed in (small, large):
            records = [json.loads(line) for line in feed.read_text().splitlines()]
            body = json.dumps({"advisories": records, "limit": 1})
            asked = self.often(f"affected by a file of {len(records):,} records", "POST", "/api/v1/affected", body, times=3)
            print(f"    {asked['total']:,} results")

    def simulate_reports(self):
        where = [f"--server={self.server.url}", f"--state={self.folder / 'state'}"]
        subprocess.run([self.simulator, "run", *where, "--seconds=2"], stdout=subprocess.DEVNULL, check=True)


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    programs, simulator, folder, scale = sys.argv[1:]
    kept = Path(folder) / f"fleet-{scale}"
    if (kept / "state" / "fleet.json").exists():
        say(f"taking the fleet in {kept}")
        server = Server(Path(programs).resolve() / "assetmon-server", kept / "data")
    else:
        shape = {name: max(1, round(number * float(scale))) for name, number in L.items()}
        filled = Bench(programs, simulator, folder, scale, shape)
        try:
            filled.fill()
            filled.restart()
        except BaseException:
            filled.server.stop()
            raise
        server = filled.server
    try:
        Advisories(server, simulator, kept).measure()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
