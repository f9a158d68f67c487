"""Tells a server the worst in every field that there is."""

from look import DIGESTS, HOSTILE


def enroll(server, name):
    code = server.ask(None, "POST", "/api/v1/hosts", {"name": name})["code"]
    return server.ask("", "POST", "/api/v1/enroll", {"code": code})["token"]


def be_hostile(server):
    """Tells the worst in every field that there is, by a host, a reader and an admin."""
    host, other = enroll(server, "web1"), enroll(server, "web2")
    container = {"name": HOSTILE, "image_name": HOSTILE, "image_digest": DIGESTS[0]}
    containers = [container, dict(container, name=HOSTILE * 30), dict(container, name=""), container]
    containers += [{"name": f"b{one}{HOSTILE}", "image_name": HOSTILE, "image_digest": one} for one in DIGESTS[1:]]
    runtimes = [{"kind": HOSTILE, "detail": HOSTILE}]
    report = {
        "host": "web1", "scanner": HOSTILE, "machine": HOSTILE[:40], "containers": containers, HOSTILE: HOSTILE,
        "unseen": {"containers_without_image": 1, "runtimes": runtimes},
    }
    leases = server.ask(host, "POST", "/api/v1/reports/full", report)["leases"]
    server.ask(other, "POST", "/api/v1/reports/full", dict(report, host="web2"))
    artifact = {
        name: HOSTILE for name in ("type", "name", "version", "purl", "source", "source_version", "module")
    } | {"licenses": [HOSTILE], "owned_by_os": False}
    facts = {"distro_codename": HOSTILE, "distro_cpe": HOSTILE, "architecture": HOSTILE, "aliases": ["sha256:" + "f" * 64]}
    for number, lease in enumerate(leases):
        image = {
            "digest": lease["image_digest"], "distro": HOSTILE, "distro_version": HOSTILE, "facts": facts,
            "artifacts": [artifact, dict(artifact, name="openssl", type="deb", purl=None), dict(artifact, name=HOSTILE * 30)][:2 + number],
        }
        scan = {"image": image, "lease": lease["lease"], "scanner": HOSTILE, "status": ["complete", "partial"][number % 2], "reason": HOSTILE}
        server.ask(host, "POST", "/api/v1/reports/scan", scan)
        scan["image"]["artifacts"] = [dict(artifact, name="other" + HOSTILE)]
        server.ask(host, "POST", "/api/v1/reports/scan", scan)
    # Whoever gets the third one fails.
    for token, name in ((host, "web1"), (other, "web2")):
        for lease in server.ask(token, "POST", "/api/v1/reports/full", dict(report, host=name)).get("leases", []):
            failure = {"image_digest": lease["image_digest"], "lease": lease["lease"], "scanner": HOSTILE, "cause": "image", "message": HOSTILE}
            server.ask(token, "POST", "/api/v1/reports/scan-failure", failure)
    # What is refused is named.
    quoted = "".join(f"%{one:02x}" for one in HOSTILE.encode())
    server.ask(host, "POST", "/api/v1/reports/full", dict(report, host=HOSTILE))
    server.ask(host, "POST", "/api/v1/reports/full", {HOSTILE: [{}], "host": 1})
    server.ask("", "POST", "/api/v1/enroll", {"code": HOSTILE})
    server.ask(None, "POST", "/api/v1/hosts", {"name": HOSTILE})
    server.ask(None, "POST", "/api/v1/tokens", {"name": HOSTILE, "role": "reader"})
    server.ask(None, "POST", "/api/v1/tokens", {"name": HOSTILE, "role": HOSTILE})
    server.ask(None, "POST", "/api/v1/find", {"match": [{"field": HOSTILE, "op": "eq", "value": "x"}]})
    for path in ("hosts", "images", "tokens", HOSTILE.encode("unicode_escape").decode().split()[0].replace("\\", "")):
        for method in ("GET", "DELETE"):
            server.ask(None, method, f"/api/v1/{path}/{quoted}?{quoted}={quoted}")
    server.ask(None, "GET", f"/api/v1/containers?host={quoted}&cursor={quoted}")
    server.ask(None, "GET", "/api/v1/status", headers={"User-Agent": "a\x9b31m\x85b", "Accept": "\x9d"})
