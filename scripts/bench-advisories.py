"""Measures what a server does with imported advisories under a simulated fleet. Called by `bench-advisories`.

    bench-advisories.py PROGRAMS SIMULATOR FOLDER SCALE [PAGE]

PROGRAMS is the folder of assetmon-server and assetctl, SIMULATOR is fleetsim. Says each figure as a line: what was asked, the
median and the 99th percentile, and what the server takes afterwards. The part of PAGE between the two marks is written anew.
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

BEGIN = "<!-- What stands from here to the next mark is written by `make bench-advisories`. -->"
END = "<!-- What stands from here on is kept by hand. -->"

RECORDS = (6_000, 28_000)
TIMES = 300
GOAL_MB = 300
# So long it is waited at most until the server has nothing to do any more.
RESTS_SECONDS = 120


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

    def figure(self, words, times, goal=None):
        """Says what something took, in ms, and keeps it for the page."""
        times = sorted(times)
        middle, last = statistics.median(times), times[(len(times) - 1) * 99 // 100]
        memory = self.server.memory()
        print(f"{words}: {middle:,.1f} ms, p99 {last:,.1f}; {memory['now_mb']:.0f} MB, at most {memory['most_mb']:.0f}", flush=True)
        took = said(middle) if len(times) == 1 else f"{said(middle)} ({said(last)})"
        reached = "–" if goal is None else "yes" if middle <= goal else "no"
        self.rows.append(f"| {words} | {'–' if goal is None else '≤ ' + said(goal)} | {took} | {reached} |")

    def often(self, words, method, path, body=None, goal=None, times=TIMES):
        """Asks again and again; `{total}` in the words is how much there is."""
        answer, _ = self.send(method, path, body)
        took = [self.send(method, path, body)[1] for _ in range(times)]
        self.figure(words.format(total=f"{answer.get('total', 0):,}"), took, goal)
        return answer

    def import_feed(self, words, path, goal=None):
        body = path.read_bytes() + b'{"complete":true}\n'
        imported, took = self.send("POST", "/api/v1/advisories/feeds/bench", body)
        self.figure(f"{words} of {imported['feed']['advisories']:,} records ({len(body) / 1e6:.0f} MB)", [took], goal)

    def affecting(self):
        """All that affects something, or may, as far as it is known."""
        found, path = [], "/api/v1/advisories/affecting?unknown=true&limit=1000"
        answer, _ = self.send("GET", path)
        while True:
            found += answer["advisories"]
            if not answer.get("next_cursor"):
                return found
            answer, _ = self.send("GET", f"{path}&cursor={answer['next_cursor']}")

    def rest(self):
        """Waits until the server has nothing to do; after how many seconds that was."""
        began = time.perf_counter()
        worked, before = self.server.worked(), -1.0
        while worked - before > 0.02 and time.perf_counter() - began < RESTS_SECONDS:
            time.sleep(1)
            before, worked = worked, self.server.worked()
        return time.perf_counter() - began

    def ask_all(self):
        """What affects what runs, once it was judged and when it is judged."""
        path = "/api/v1/advisories/affecting"
        seconds = self.rest()
        print(f"the server judged for {seconds:.0f} s after the import", flush=True)
        _, first = self.send("GET", path)
        self.figure("what affects what runs, the first time, once that was judged", [first])
        self.often("the same again, first 100 of {total}", "GET", path)
        self.simulate_reports()
        _, later = self.send("GET", path)
        self.figure("the same after reports", [later])

    def ask_one(self, records):
        """One vulnerability by its id: one that affects the most, one that affects nothing, one of which nothing is known."""
        affecting = self.affecting()
        mute = max(affecting, key=lambda one: (not one["affected"]["hosts"], one["unknown"]["hosts"]))
        listed = {one["id"] for one in affecting}
        fixed = [record["id"] for record in records if record["id"] not in listed][:5]

        def summary(vulnerability):
            body = json.dumps({"ids": [vulnerability], "limit": 1})
            return self.send("POST", "/api/v1/affected", body)[0]["summary"]

        find = json.dumps({"match": [{"field": "name", "op": "eq", "value": "openssl"}]})
        self.often("`find openssl`, first 100 of {total}, beside these", "POST", "/api/v1/find", find)
        most, path = affecting[0]["id"], "/api/v1/affected"
        self.often("one CVE, first 100 of {total}", "POST", path, json.dumps({"ids": [most]}), 10)
        spread = max(fixed, key=lambda one: summary(one)["fixed"]["containers"])
        self.often("one that affects nothing", "POST", path, json.dumps({"ids": [spread]}), 10)
        unknown = {"ids": [mute["id"]], "verdicts": ["unknown"]}
        self.often("one that is unknown wherever it runs, first 100 of {total}", "POST", path, json.dumps(unknown), 10)
        for by in ("host", "image"):
            self.often(f"one CVE by {by}, first 100 of {{total}}", "POST", path, json.dumps({"ids": [most], "group_by": by}))
        self.often("one CVE with `--cover`", "POST", path, json.dumps({"ids": [most], "cover": True}))

    def measure(self):
        self.rows = []
        small, large = (self.feed(records) for records in RECORDS)
        self.import_feed("import", large, 20_000)
        self.import_feed("the same again", large)
        self.ask_all()
        read = [[json.loads(line) for line in feed.read_text().splitlines()] for feed in (small, large)]
        self.ask_one(read[1])
        for records, goal in zip(read, (2_000, 10_000)):
            body = json.dumps({"advisories": records, "limit": 1})
            words = f"a file of {len(records):,} records, {{total}} results"
            self.often(words, "POST", "/api/v1/affected", body, goal, times=3)
        memory = self.server.memory()
        reached = "yes" if memory["most_mb"] <= GOAL_MB else "no"
        self.rows.append(f"| memory, resident, at most | ≤ {GOAL_MB} MB | {memory['most_mb']:.0f} MB | {reached} |")
        return self.rows

    def simulate_reports(self):
        where = [f"--server={self.server.url}", f"--state={self.folder / 'state'}"]
        subprocess.run([self.simulator, "run", *where, "--seconds=2"], stdout=subprocess.DEVNULL, check=True)


def said(milliseconds):
    """Three digits that count, in ms or s."""
    if milliseconds >= 1000:
        return f"{milliseconds / 1000:.3g} s"
    return f"{milliseconds:.3g} ms"


def write(page, rows):
    head = "| work, over a local socket to the last byte | goal | median (p99) | reached |\n| --- | --- | --- | --- |\n"
    text = page.read_text()
    before = text.index(BEGIN) + len(BEGIN)
    after = text.index(END, before)
    page.write_text(text[:before] + "\n\n" + head + "\n".join(rows) + "\n\n" + text[after:])
    say(f"{page} is written")


def main():
    if len(sys.argv) not in (5, 6):
        sys.exit(__doc__)
    programs, simulator, folder, scale, *page = sys.argv[1:]
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
        rows = Advisories(server, simulator, kept).measure()
    finally:
        server.stop()
    for one in page:
        write(Path(one), rows)


if __name__ == "__main__":
    main()
