"""Fills a server with a simulated fleet, and measures it. Called by `bench`.

    bench.py PROGRAMS SIMULATOR FOLDER SCALE [--questions | --references]

PROGRAMS is the folder of assetmon-server and assetctl, SIMULATOR is fleetsim. What is measured goes to
FOLDER/SCALE.json. With --questions, only what is asked about now is measured, and what the server takes for it. With
--references, the same rows are measured in other stores too, once the server has ended.
"""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

L = {"hosts": 10_000, "images": 20_000}
SECONDS = 6  # for each question, and for each rate of reports
REPORTS_BESIDE = 1_700  # a second, while p99 is looked at


class Server:
    """A server program on a data folder, on the loopback."""

    def __init__(self, program, data):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url, self.data = f"http://127.0.0.1:{self.port}", data
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ASSETMON_")}
        environment["ASSETMON_LOG"] = "warn"
        command = [program, "--data-dir", data, "--listen", f"127.0.0.1:{self.port}"]
        began = time.perf_counter()
        with open(data.parent / "server.log", "ab") as log:
            self.process = subprocess.Popen(command, stderr=log, env=environment)
        while not self.is_ready():
            if self.process.poll() is not None or time.perf_counter() - began > 120:
                sys.exit(f"error: the server did not start: see {data.parent / 'server.log'}")
            time.sleep(0.002)
        self.start_seconds = time.perf_counter() - began

    def is_ready(self):
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def memory(self):
        """Resident, now and at most, and of the process's own, in MB."""
        said = Path(f"/proc/{self.process.pid}/status").read_text()
        of = dict(line.split(":", 1) for line in said.splitlines())
        names = {"now_mb": "VmRSS", "most_mb": "VmHWM", "own_mb": "RssAnon"}
        return {name: int(of[field].split()[0]) / 1024 for name, field in names.items()}

    def worked(self):
        """Seconds of a processor that it has taken."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def say(words):
    print(f"bench: {words}", file=sys.stderr, flush=True)


class Bench:
    """One fleet in one server, and what was measured of it."""

    def __init__(self, programs, simulator, folder, name, shape):
        self.programs, self.simulator = Path(programs).resolve(), simulator
        self.folder = Path(folder) / f"fleet-{name}"
        subprocess.run(["rm", "-rf", self.folder], check=True)
        self.data, self.state = self.folder / "data", self.folder / "state"
        self.data.mkdir(parents=True)
        self.shape = [f"--{name}={number}" for name, number in shape.items()]
        self.server = Server(self.programs / "assetmon-server", self.data)
        self.found = {"cores": os.cpu_count()}

    def simulate(self, command, *options):
        """The lines of JSON that a command of the simulator says."""
        where = [f"--server={self.server.url}", f"--state={self.state}"]
        done = subprocess.run([self.simulator, command, *where, *options], stdout=subprocess.PIPE, text=True, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def fill(self):
        say("filling the server")
        admin = f"--admin=unix:{self.data / 'admin.sock'}"
        self.found["fill"] = self.simulate("fill", admin, *self.shape)[0]
        self.state_of = json.loads((self.state / "fleet.json").read_text())
        self.found["landmarks"] = self.state_of["landmarks"]
        self.found["memory_filled"] = self.server.memory()

    def ask(self, key, *options):
        say(f"asking ({key})")
        patience = [] if any(one.startswith("--seconds") for one in options) else [f"--seconds={SECONDS}"]
        answers = self.simulate("ask", *patience, *options)
        self.found[key] = {answer["question"].removesuffix("@past"): answer for answer in answers}

    def report(self):
        say("reporting")
        for key, options in {"unchanged": ["--still"], "changed": []}.items():
            self.found[key] = self.simulate("run", f"--seconds={SECONDS}", *options)[0]

    def ask_beside(self, rate, seconds, *options):
        """Asks while so many reports a second arrive, for so long."""
        say(f"asking while {rate:,} reports a second arrive")
        beside = ["run", f"--server={self.server.url}", f"--state={self.state}", f"--rate={rate}", f"--seconds={seconds}"]
        with subprocess.Popen([self.simulator, *beside], stdout=subprocess.PIPE, text=True) as busy:
            time.sleep(1)
            self.ask("beside", *options)
            self.found["reports_beside"] = json.loads(busy.communicate()[0])

    def assetctl(self):
        """The whole program, as someone types it."""
        command = [self.programs / "assetctl", "--server", self.server.url, "--token", self.state_of["reader"]]
        command += ["find", "openssl", f"version={self.found['landmarks']['version']}"]
        times = []
        for _ in range(51):
            began = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
            times.append((time.perf_counter() - began) * 1000)
        self.found["assetctl_ms"] = statistics.median(times)

    def restart(self):
        """What is on the disk once the server has ended, and how long it takes to be there again."""
        self.server.stop()
        self.found["disk_mb"] = sum(file.stat().st_size for file in self.data.iterdir() if file.is_file()) / 1e6
        self.server = Server(self.programs / "assetmon-server", self.data)
        self.found["start_seconds"] = self.server.start_seconds
        self.found["memory_started"] = self.server.memory()

    def all_else(self):
        """What is asked and told besides the questions about now."""
        self.assetctl()
        self.report()
        self.ask_beside(REPORTS_BESIDE, 2 * SECONDS, "--only=name-version", "--times=2000")
        self.ask("past", "--past")
        self.found["memory"] = self.server.memory()

    def references(self):
        say("writing the rows for the other stores")
        rows = self.folder / "rows"
        subprocess.run([self.simulator, "rows", f"--out={rows}", *self.shape], stdout=subprocess.DEVNULL, check=True)
        (rows / "landmarks.json").write_text(json.dumps(self.found["landmarks"]))
        script = Path(__file__).with_name("bench-references.py")
        done = subprocess.run([sys.executable, script, rows], stdout=subprocess.PIPE, text=True, check=True)
        self.found["references"] = json.loads(done.stdout)


def main():
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    programs, simulator, folder, scale = sys.argv[1:5]
    shape = {name: max(1, round(number * float(scale))) for name, number in L.items()}
    bench = Bench(programs, simulator, folder, scale, shape)
    try:
        bench.fill()
        bench.restart()
        bench.ask("questions")
        bench.found["memory_asked"] = bench.server.memory()
        if "--questions" not in sys.argv:
            bench.all_else()
    finally:
        bench.server.stop()
    if "--references" in sys.argv:
        bench.references()
    Path(folder, f"{scale}.json").write_text(json.dumps(bench.found, indent=1))


if __name__ == "__main__":
    main()
