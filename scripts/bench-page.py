"""Writes what was measured into docs/PERFORMANCE.md, or says it. Called by `bench`.

    bench-page.py MEASURED [SMALLER LARGER PAGE]

MEASURED is what `bench.py` found for a fleet, SMALLER for a tenth of it and LARGER for three times as much. The part of
PAGE between the two marks is written anew; the rest is kept by hand.
"""

import json
import sys
from pathlib import Path

BEGIN = "<!-- What stands from here to the next mark is written by `make bench`. -->"
END = "<!-- What stands from here on is kept by hand. -->"

GROWTH = """From a tenth of the fleet to three times as much, thirty times: what grows with the answer should, what grows with
the fleet alone should not. Images, and the versions of a name, grow with the fleet too."""

# Of each question: how it is said, and the goal in ms.
QUESTIONS = {
    "name-version": ("name and version, first 100 of {total} with total", 2),
    "rare-name": ("a rare name, all its {rows} rows", 1.5),
    "all-rows": ("openssl, all {rows} rows, NDJSON", 150),
    "by-version": ("openssl by version with images, containers, hosts", 3),
    "by-host": ("openssl by host, first 100 of {total}", 10),
    "contains": ("name contains `lodash`, all {rows} rows, NDJSON", 30),
    "contains-by-name": ("the same by name ({total} groups)", 5),
    "regex-by-name": ("name fits `^lib.*ssl`, by name", 15),
    "everything": ("everything by name, first 100 of {total}", 250),
    "everything-second-page": ("the same, the next 100", 10),
    "one-host": ("all {rows} artifacts of one host", 25),
    "older": ("openssl `version<X`, first 100 of {total}", 3),
    "older-cover": ("the same with `--cover`", 10),
    "containers": ("containers, first 100 of {total}", 10),
    "images": ("images, first 100 of {total}", 10),
    "hosts": ("all {rows} hosts", 50),
    "status": ("`status`", 5),
}


def number(value):
    """Three digits that count, and thousands told apart."""
    if value is None:
        return "–"
    if value < 0.1:
        return f"{value:.3f}"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def times(value, ours):
    return f"{number(value / ours)} ×" if value is not None and ours else "–"


def row(*cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def of_reference(found, store, name):
    """What a question took elsewhere: a time, nothing, or that it was given up."""
    one = found.get("references", {}).get(store, {}).get("questions", {}).get(name)
    return None if one is None or one.get("given_up") else one["median_ms"]


def question_rows(found):
    for name, (words, goal) in QUESTIONS.items():
        asked = found["questions"][name]
        ours = asked["latency"]["median_ms"]
        flat, duck = (of_reference(found, store, name) for store in ("flat", "duckdb"))
        words = words.format(rows=f"{asked['rows']:,}", total=f"{asked['total']:,}")
        measured = f"{number(ours)} ms ({number(asked['latency']['p99_ms'])})"
        yield row(words, f"≤ {goal} ms", measured, "yes" if ours <= goal else "no", number(flat), number(duck), times(flat, ours), times(duck, ours))


def past_row(found):
    """How far the questions about a past moment stay within their goal."""
    now = {name: asked["latency"]["median_ms"] for name, asked in found["questions"].items()}
    past = {name: asked["latency"]["median_ms"] for name, asked in found["past"].items()}
    worst = max(past, key=lambda name: past[name] / (2 * now[name] + 10))
    within = past[worst] <= 2 * now[worst] + 10
    words = f"{number(past[worst])} ms for `{worst}`, now {number(now[worst])} ms"
    return row("any of these `--at` a past moment: the worst", "≤ 2 × now + 10 ms", words, "yes" if within else "no", "–", "–", "–", "–")


def other_rows(found):
    references = found.get("references", {})
    flat, duck = (references.get(store, {}) for store in ("flat", "duckdb"))
    fill, beside = found["fill"], found["beside"]["name-version"]["latency"]
    filled = fill["enroll_seconds"] + fill["report_seconds"]

    def line(words, goal, measured, unit, is_within, flat=None, duck=None):
        ratio = (times(flat, measured), times(duck, measured)) if flat or duck else ("–", "–")
        return row(words, f"{goal} {unit}", f"{number(measured)} {unit}", "yes" if is_within else "no", number(flat), number(duck), *ratio)

    disk, memory = found["disk_mb"], found["memory_asked"]
    yield line("bytes on disk", "≤ 80", disk, "MB", disk <= 80, flat.get("disk_mb"), duck.get("disk_mb"))
    yield line("memory, resident, after all of these", "≤ 150", memory["now_mb"], "MB", memory["now_mb"] <= 150)
    yield line("start to ready", "≤ 2", found["start_seconds"], "s", found["start_seconds"] <= 2)
    yield line("from nothing through the API", "≤ 60", filled, "s", filled <= 60, flat.get("load_seconds"), duck.get("load_seconds"))
    for key, words, goal in (("unchanged", "unchanged full reports", 5000), ("changed", "reports with 5 % of containers changed", 2000)):
        yield line(words, f"≥ {goal:,}", found[key]["rate"], "a second", found[key]["rate"] >= goal)
    arrived = f"`find` p99 while {number(found['reports_beside']['rate'])} reports a second arrive"
    yield line(arrived, "≤ 10", beside["p99_ms"], "ms", beside["p99_ms"] <= 10)
    yield line("`assetctl find openssl 'version=…'`, whole process", "≤ 12", found["assetctl_ms"], "ms", found["assetctl_ms"] <= 12)


def fleet_words(found):
    of, fill = found["landmarks"], found["fill"]
    return (
        f"{fill['hosts']:,} hosts, {fill['scans']:,} images with {of['pairs']:,} pairs of image and artifact; "
        f"{of['artifacts']:,} distinct artifacts, {of['in_one_image']:,} of them in one image; {of['names']:,} names in "
        f"{of['name_bytes'] / 1e6:.1f} MB; openssl in {of['openssl_rows']:,} rows"
    )


def table(found):
    yield row("work, through HTTP to the last byte", "goal", "median (p99)", "reached", "flat", "DuckDB", "flat / ours", "DuckDB / ours")
    yield row(*["---"] * 8)
    yield from question_rows(found)
    yield past_row(found)
    yield from other_rows(found)


def growth(*fleets):
    """Of each question, what it takes in fleets of growing size, and how it grew with the rows of its answer."""
    yield row("question", "a tenth", "L", "three times L", "time, a tenth to three times", "rows")
    yield row(*["---"] * 6)
    for name in QUESTIONS:
        asked = [fleet["questions"][name] for fleet in fleets]
        took = [one["latency"]["median_ms"] for one in asked]
        rows = times(asked[-1]["rows"], asked[0]["rows"])
        yield row(f"`{name}`", *(f"{number(one)} ms" for one in took), times(took[-1], took[0]), rows)
    measures = (
        ("bytes on disk", "MB", lambda fleet: fleet["disk_mb"]),
        ("start to ready", "s", lambda fleet: fleet["start_seconds"]),
        ("memory, resident", "MB", lambda fleet: fleet["memory_asked"]["now_mb"]),
        ("from nothing through the API", "s", lambda fleet: fleet["fill"]["enroll_seconds"] + fleet["fill"]["report_seconds"]),
    )
    for words, unit, of in measures:
        took = [of(fleet) for fleet in fleets]
        yield row(words, *(f"{number(one)} {unit}" for one in took), times(took[-1], took[0]), "–")


def details(found):
    fill, memory = found["fill"], found["memory"]
    yield f"- Filling: {fill['hosts'] / fill['enroll_seconds']:,.0f} hosts enrolled a second ({fill['enroll_seconds']:.1f} s), then"
    yield f"  {fill['reports']:,} reports and {fill['scans']:,} SBOMs in {fill['report_seconds']:.1f} s."
    for key, words in (("unchanged", "Unchanged reports"), ("changed", "Changed reports"), ("reports_beside", "Reports beside questions")):
        ran = found[key]
        latency = ran["latency"]
        yield f"- {words}: {ran['reports']:,} taken, {ran['refused']:,} refused; {number(latency['median_ms'])} ms, p99 {number(latency['p99_ms'])} ms."
    yield f"- Memory: {number(found['memory_started']['now_mb'])} MB once started, {number(found['memory_asked']['now_mb'])} MB after the questions,"
    yield f"  {number(memory['now_mb'])} MB at the end ({number(memory['own_mb'])} MB without mapped files), at most {number(memory['most_mb'])} MB."
    version = found.get("references", {}).get("duckdb", {}).get("version")
    yield f"- {found['cores']} cores for the server and who asks it together." + (f" DuckDB {version}." if version else "")


def main():
    if len(sys.argv) not in (2, 5):
        sys.exit(__doc__)
    found, *others = (json.loads(Path(name).read_text()) for name in sys.argv[1:4])
    lines = [f"The fleet: {fleet_words(found)}.", "", *table(found), "", *details(found)]
    if not others:
        print("\n".join(lines))
        return
    (smaller, larger), page = others, Path(sys.argv[4])
    lines += ["", "## Growth", "", GROWTH, ""]
    lines += growth(smaller, found, larger)
    text = page.read_text()
    before, after = text.index(BEGIN) + len(BEGIN), text.index(END)
    page.write_text(text[:before] + "\n\n" + "\n".join(lines) + "\n\n" + text[after:])
    print(f"{page} is written", file=sys.stderr)


main()
