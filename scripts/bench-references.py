"""Puts a fleet's rows into a flat SQLite file and into DuckDB, and asks both what assetmon is asked. Called by `bench.py`.

    bench-references.py FOLDER

FOLDER has packages.csv, runs.csv and landmarks.json. Flat means what a plain tool would keep: one row for each package
of each image, with its distribution, and one for each container that ran, with the indexes that the questions want.
DuckDB gets the same tables. What each question takes is from asking until the last row is there as Python values:
nothing is put into JSON or sent.
"""

import csv
import json
import sqlite3
import statistics
import sys
import threading
import time
from itertools import islice
from pathlib import Path

try:
    import duckdb
except ImportError:
    duckdb = None

# What an interrupted question ends with.
GIVEN_UP = (sqlite3.OperationalError, *([duckdb.InterruptException] if duckdb else []))

TIMES = 9
SECONDS = 8  # for each question
LONGEST = 40  # seconds; what takes longer is given up

TABLES = """
CREATE TABLE package(image TEXT, distro TEXT, distro_version TEXT, type TEXT, name TEXT, version TEXT, source TEXT,
                     source_version TEXT);
CREATE TABLE run(host TEXT, container TEXT, image_name TEXT, image TEXT, since TEXT, until TEXT);
"""
INDEXES = """
CREATE INDEX package_name ON package(name, version);
CREATE INDEX package_image ON package(image);
CREATE INDEX run_image ON run(image);
CREATE INDEX run_host ON run(host);
"""
SINCE = "2026-11-29T16:00:00Z"

ROWS = "SELECT p.type, p.name, p.version, p.source, p.source_version, r.container, r.image_name, r.image, r.host, r.since"
FROM = "FROM package p JOIN run r ON r.image = p.image WHERE r.until IS NULL AND "
COUNTS = "count(DISTINCT p.image), count(DISTINCT r.rowid), count(DISTINCT r.host)"


def rows(condition):
    return [f"{ROWS} {FROM} {condition} ORDER BY p.name, p.type, p.version, r.host, r.container"]


def page(condition):
    """The first hundred, and how many there are."""
    return [f"SELECT count(*) {FROM} {condition}", rows(condition)[0] + " LIMIT 100"]


def groups(by, condition):
    return [f"SELECT {by}, {COUNTS} {FROM} {condition} GROUP BY {by} ORDER BY {by}"]


def first_groups(by, condition, total):
    """The first hundred, and how many there are."""
    return [total, groups(by, condition)[0] + " LIMIT 100"]


def questions(of, matches):
    """The questions as SQL, by the names that the simulator gives them; `matches` is how a pattern is looked for."""
    def text(words):
        return "'" + words.replace("'", "''") + "'"

    openssl = "p.name = 'openssl'"
    return {
        "name-version": page(f"{openssl} AND p.version = {text(of['version'])}"),
        "rare-name": rows(f"p.name = {text(of['rare_name'])}"),
        "all-rows": rows(openssl),
        "by-version": groups("p.type, p.version", openssl),
        "by-host": first_groups("r.host", openssl, f"SELECT count(DISTINCT r.host) {FROM} {openssl}"),
        "contains": rows("p.name LIKE '%lodash%'"),
        "contains-by-name": groups("p.name", "p.name LIKE '%lodash%'"),
        "regex-by-name": groups("p.name", matches),
        "one-host": rows(f"r.host = {text(of['host'])}"),
        # All of its packages run, so which names come first and how many there are needs no look at what runs.
        "everything": [
            "SELECT count(DISTINCT name) FROM package",
            groups("p.name", "p.name IN (SELECT DISTINCT name FROM package ORDER BY name LIMIT 100)")[0],
        ],
    }


def measure(ask, all_questions):
    """How long each question takes, in the middle of several times, and how many rows it has."""
    found = {}
    for name, statements in all_questions.items():
        times, begun = [], time.perf_counter()
        # The first time warms up, unless it took too long to be done again.
        while len(times) <= TIMES and (not times or time.perf_counter() - begun < SECONDS):
            began = time.perf_counter()
            try:
                answers = [ask(statement) for statement in statements]
            except GIVEN_UP:
                answers = [[]]
            times.append((time.perf_counter() - began) * 1000)
        found[name] = {"median_ms": statistics.median(times[1:] or times), "rows": len(answers[-1]), "times": len(times)}
        if not answers[-1]:
            found[name]["given_up"] = True
        print(f"bench: {name}: {found[name]['median_ms']:.1f} ms, {found[name]['rows']} rows", file=sys.stderr, flush=True)
    return found


def in_sqlite(folder, of):
    path = folder / "flat.db"
    path.unlink(missing_ok=True)
    began = time.perf_counter()
    database = sqlite3.connect(path)
    # Loaded as fast as it goes, asked as it is.
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;" + TABLES)
    for table, columns in {"package": 8, "run": 4}.items():
        with open(folder / f"{table}s.csv", newline="") as file:
            lines = csv.reader(file)
            next(lines)
            rest = f", '{SINCE}', NULL" if table == "run" else ""
            insert = f"INSERT INTO {table} VALUES ({', '.join('?' * columns)}{rest})"
            while some := list(islice(lines, 50_000)):
                database.executemany(insert, some)
    database.commit()
    database.executescript(INDEXES + "ANALYZE;")
    loaded = time.perf_counter() - began
    database.execute("PRAGMA mmap_size = 8000000000")

    def ask(statement):
        end = time.perf_counter() + LONGEST
        database.set_progress_handler(lambda: time.perf_counter() > end, 1_000_000)
        return database.execute(statement).fetchall()

    # SQLite has no regular expressions of its own: this pattern is the same as a LIKE.
    asked = measure(ask, questions(of, "p.name LIKE 'lib%ssl%'"))
    return {"load_seconds": loaded, "disk_mb": path.stat().st_size / 1e6, "questions": asked}


def in_duckdb(folder, of):
    path = folder / "fleet.duckdb"
    path.unlink(missing_ok=True)
    began = time.perf_counter()
    database = duckdb.connect(str(path), config={"threads": 2, "memory_limit": "6GB"})
    database.execute(TABLES)
    database.execute(f"INSERT INTO package SELECT * FROM read_csv('{folder}/packages.csv', header=true, all_varchar=true)")
    runs = f"read_csv('{folder}/runs.csv', header=true, all_varchar=true)"
    database.execute(f"INSERT INTO run SELECT *, '{SINCE}', NULL FROM {runs}")
    database.execute("CHECKPOINT")
    loaded = time.perf_counter() - began

    def ask(statement):
        timer = threading.Timer(LONGEST, database.interrupt)
        timer.start()
        try:
            return database.execute(statement).fetchall()
        finally:
            timer.cancel()

    asked = measure(ask, questions(of, "regexp_matches(p.name, '^lib.*ssl')"))
    return {"load_seconds": loaded, "disk_mb": path.stat().st_size / 1e6, "questions": asked, "version": duckdb.__version__}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    of = json.loads((folder / "landmarks.json").read_text())
    print("bench: the flat SQLite file", file=sys.stderr, flush=True)
    found = {"flat": in_sqlite(folder, of)}
    if duckdb:
        print("bench: DuckDB", file=sys.stderr, flush=True)
        found["duckdb"] = in_duckdb(folder, of)
    print(json.dumps(found))


main()
