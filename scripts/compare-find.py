"""Asks two server programs the same questions over the same made fleet, in turn, and says how long each takes.

    python3 scripts/compare-find.py BEFORE AFTER [HOSTS]

BEFORE and AFTER are assetmon-server programs, built with --release. HOSTS (1000) hosts run 10 containers each, of
twice as many images with 500 artifacts each: 1,000,000 pairs of image and artifact for 1000 hosts. Both servers listen
on the loopback, and end with the script.
"""

import http.client
import json
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 31
ARTIFACTS = 500
CONTAINERS = 10


def eq(field, value, op="eq"):
    return {"field": field, "op": op, "value": value}


QUESTIONS = {
    "name and version, first 100": {"match": [eq("name", "lib-common-3"), eq("version", "1.3.7")], "limit": 100},
    "a rare name": {"match": [eq("name", "rare-77")], "limit": 0},
    "a common name, first 100": {"match": [eq("name", "lib-common-1")], "limit": 100},
    "a common name by version": {"match": [eq("name", "lib-common-1")], "group_by": "version"},
    "a common name older than": {
        "match": [eq("name", "lib-common-1"), eq("version", "1.5", "lt")],
        "limit": 100,
    },
    "name contains": {"match": [eq("name", "common-4", "contains")], "group_by": "name"},
    "name fits a regular expression": {"match": [eq("name", "^lib.*-2$", "regex")], "group_by": "name"},
    "source": {"match": [eq("source", "source-5")], "limit": 100},
    "images to rebuild": {"match": [eq("name", "lib-common-1"), eq("version", "1.2", "lt")], "cover": True},
    "one host": {"match": [eq("host", "host-7")], "limit": 100},
    "a purl as it is stored": {"match": [eq("purl", "pkg:deb/debian/lib-common-3@1.3.7?arch=amd64")], "limit": 100},
}


class Local(http.client.HTTPConnection):
    """A connection to a server's local socket, where everyone is an admin."""

    def __init__(self, path):
        super().__init__("localhost")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


class Server:
    """A server program with a database of its own."""

    def __init__(self, program, folder):
        self.socket, self.token = str(folder / "admin.sock"), None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [program, "--data-dir", str(folder), "--listen", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        for _ in range(200):
            if Path(self.socket).exists():
                break
            time.sleep(0.05)
        self.admin, self.hosts = Local(self.socket), http.client.HTTPConnection("127.0.0.1", self.port)

    def ask(self, connection, path, body, token=None):
        headers = {"content-type": "application/json"}
        if token:
            headers["authorization"] = f"Bearer {token}"
        connection.request("POST", path, json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            sys.exit(f"error: {path} answered {answer.status}: {text[:300]!r}")
        return json.loads(text)

    def enroll(self, name):
        code = self.ask(self.admin, "/api/v1/hosts", {"name": name})["code"]
        return self.ask(self.hosts, "/api/v1/enroll", {"code": code})["token"]

    def find(self, question):
        return self.ask(self.admin, "/api/v1/find", question)


def artifact(name, version, source):
    purl = f"pkg:deb/debian/{name}@{version}?arch=amd64"
    return {"type": "deb", "name": name, "version": version, "purl": purl, "source": source}


def sbom(number):
    """The artifacts of an image: common ones in many versions, and some that few images have."""
    chance = random.Random(number)
    common = [
        artifact(f"lib-common-{at}", f"1.{chance.randrange(10)}.{chance.randrange(10)}", f"source-{at % 50}")
        for at in range(ARTIFACTS - 2)
    ]
    return common + [artifact(f"rare-{number % 1000}", "1.0", "rare"), artifact("ours", f"{number}", "ours")]


def digest(number):
    return f"sha256:{number:064x}"


def fill(server, hosts):
    images = hosts * 2
    for host in range(hosts):
        token, name = server.enroll(f"host-{host}"), f"host-{host}"
        ours = [(host * 2 + at) % images for at in range(CONTAINERS)]
        containers = [
            {"name": f"c{at}", "image_name": f"registry.example/app{image}:1", "image_digest": digest(image)}
            for at, image in enumerate(ours)
        ]
        seq = 0
        while True:
            seq += 1
            report = {"host": name, "seq": seq, "containers": containers, "scanner": "syft 1.18.1", "detail": 1}
            leases = server.ask(server.hosts, "/api/v1/reports/full", report, token)["leases"]
            if not leases:
                break
            for lease in leases:
                image = {"digest": lease["image_digest"], "artifacts": sbom(int(lease["image_digest"][7:], 16))}
                scan = {"image": image, "lease": lease["lease"], "generation": lease["generation"], "detail": 1}
                server.ask(server.hosts, "/api/v1/reports/scan", scan, token)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    hosts = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    with tempfile.TemporaryDirectory() as folder:
        servers = []
        try:
            for name, program in zip(("before", "after"), sys.argv[1:3]):
                (Path(folder) / name).mkdir()
                servers.append(Server(program, Path(folder) / name))
                began = time.monotonic()
                fill(servers[-1], hosts)
                print(f"{name}: filled in {time.monotonic() - began:.0f} s", flush=True)
            print(f"{'median of ' + str(ROUNDS) + ', ms':34} {'before':>8} {'after':>8} {'after/before':>13}")
            for words, question in QUESTIONS.items():
                compare(servers, words, question)
        finally:
            for server in servers:
                server.process.send_signal(signal.SIGTERM)
                server.process.wait()


def compare(servers, words, question):
    took = [[], []]
    for at in range(ROUNDS + 2):
        totals = []
        for times, server in zip(took, servers):
            began = time.perf_counter()
            answer = server.find(question)
            # The first two warm up.
            if at >= 2:
                times.append((time.perf_counter() - began) * 1000)
            totals.append(answer["total"])
        if totals[0] != totals[1]:
            print(f"  {words}: {totals[0]} before, {totals[1]} after", file=sys.stderr)
    before, after = (statistics.median(times) for times in took)
    ratios = [b / a for a, b in zip(*took)]
    print(f"{words:34} {before:8.2f} {after:8.2f} {statistics.median(ratios):13.2f}", flush=True)


main()
