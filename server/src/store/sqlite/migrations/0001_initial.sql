-- Hosts, images with their artifacts, runs as intervals, and the work of scanning.
-- Times are milliseconds since 1970 in UTC. Digests and hashes are bytes.

CREATE TABLE host (
    id               INTEGER PRIMARY KEY,
    name             TEXT    NOT NULL,
    added_at         INTEGER NOT NULL,
    enrolled_at      INTEGER,
    first_report_at  INTEGER,
    last_report_at   INTEGER,
    removed_at       INTEGER,
    seq              INTEGER NOT NULL DEFAULT 0,
    listing_complete INTEGER NOT NULL DEFAULT 1,
    scanner          TEXT,
    token_hash       BLOB,
    code_hash        BLOB,
    code_expires_at  INTEGER
) STRICT;
-- A removed host keeps its past; its name is free again.
CREATE UNIQUE INDEX host_name  ON host (name) WHERE removed_at IS NULL;
CREATE INDEX host_by_name       ON host (name);
CREATE UNIQUE INDEX host_token ON host (token_hash) WHERE token_hash IS NOT NULL;
CREATE UNIQUE INDEX host_code  ON host (code_hash) WHERE code_hash IS NOT NULL;

-- From a host's last report before it fell silent to the next one: what ran then is not known.
CREATE TABLE host_silence (
    host_id INTEGER NOT NULL REFERENCES host (id),
    since   INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    PRIMARY KEY (host_id, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE,
    role       TEXT    NOT NULL,
    hash       BLOB    NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER
) STRICT;

-- sbom: 0 none, 1 partial, 2 complete.
CREATE TABLE image (
    id              INTEGER PRIMARY KEY,
    digest          BLOB    NOT NULL UNIQUE,
    sbom            INTEGER NOT NULL DEFAULT 0,
    live_runs       INTEGER NOT NULL DEFAULT 0,
    first_seen      INTEGER NOT NULL,
    last_seen       INTEGER,
    last_name       TEXT    NOT NULL,
    distro          TEXT    NOT NULL DEFAULT '',
    distro_version  TEXT    NOT NULL DEFAULT '',
    artifact_count  INTEGER NOT NULL DEFAULT 0,
    content_hash    BLOB,
    sbom_generation INTEGER,
    scanner         TEXT,
    scanned_by      TEXT,
    scanned_at      INTEGER,
    partial_reason  TEXT
) STRICT;
-- Coverage counts the running images by how far their scans have come.
CREATE INDEX image_running ON image (sbom, id) WHERE live_runs > 0;

-- A host ran a container of that name on that image in [since, until).
CREATE TABLE run (
    id         INTEGER PRIMARY KEY,
    host_id    INTEGER NOT NULL REFERENCES host (id),
    container  TEXT    NOT NULL,
    image_id   INTEGER NOT NULL REFERENCES image (id),
    image_name TEXT    NOT NULL,
    since      INTEGER NOT NULL,
    until      INTEGER
) STRICT;
CREATE UNIQUE INDEX run_live          ON run (host_id, container) WHERE until IS NULL;
CREATE INDEX run_live_by_image        ON run (image_id, host_id) WHERE until IS NULL;
CREATE INDEX run_live_by_container    ON run (container) WHERE until IS NULL;
CREATE INDEX run_live_by_image_name   ON run (image_name) WHERE until IS NULL;
CREATE INDEX run_by_image             ON run (image_id, since);
CREATE INDEX run_by_host              ON run (host_id, since);
CREATE INDEX run_by_end               ON run (until) WHERE until IS NOT NULL;
CREATE INDEX run_by_begin             ON run (since);

-- Names of artifacts and of source packages, each once, found by any piece of three letters.
CREATE TABLE name (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE name_piece USING fts5 (
    text, content = 'name', content_rowid = 'id', tokenize = 'trigram case_sensitive 1'
);
CREATE TRIGGER name_added AFTER INSERT ON name BEGIN
    INSERT INTO name_piece (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER name_removed AFTER DELETE ON name BEGIN
    INSERT INTO name_piece (name_piece, rowid, text) VALUES ('delete', old.id, old.text);
END;

-- Artifacts, each once, however many images hold it. hash stands for all the other columns.
CREATE TABLE artifact (
    id         INTEGER PRIMARY KEY,
    type       TEXT    NOT NULL,
    name_id    INTEGER NOT NULL REFERENCES name (id),
    version    TEXT    NOT NULL,
    purl       TEXT,
    source_id  INTEGER REFERENCES name (id),
    first_seen INTEGER NOT NULL,
    hash       BLOB    NOT NULL UNIQUE
) STRICT;
CREATE INDEX artifact_name    ON artifact (name_id);
CREATE INDEX artifact_source  ON artifact (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX artifact_version ON artifact (version);
CREATE INDEX artifact_purl    ON artifact (purl) WHERE purl IS NOT NULL;
CREATE INDEX artifact_begin   ON artifact (first_seen);

CREATE TABLE image_artifact (
    artifact_id INTEGER NOT NULL REFERENCES artifact (id),
    image_id    INTEGER NOT NULL REFERENCES image (id),
    PRIMARY KEY (artifact_id, image_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX image_artifact_by_image ON image_artifact (image_id, artifact_id);

-- The work of scanning an image: its last lease, and what went wrong. An image has no row here
-- before it is leased first.
CREATE TABLE scan (
    image_id    INTEGER PRIMARY KEY REFERENCES image (id),
    generation  INTEGER NOT NULL,
    lease       TEXT    NOT NULL,
    host_id     INTEGER NOT NULL REFERENCES host (id),
    expires_at  INTEGER NOT NULL,
    open        INTEGER NOT NULL,
    failures    INTEGER NOT NULL DEFAULT 0,
    not_before  INTEGER NOT NULL DEFAULT 0,
    quarantined INTEGER NOT NULL DEFAULT 0,
    scanner     TEXT
) STRICT;
CREATE INDEX scan_open        ON scan (host_id) WHERE open = 1;
CREATE INDEX scan_quarantined ON scan (image_id) WHERE quarantined = 1;

CREATE TABLE scan_failure (
    id       INTEGER PRIMARY KEY,
    image_id INTEGER NOT NULL REFERENCES image (id),
    host_id  INTEGER NOT NULL REFERENCES host (id),
    at       INTEGER NOT NULL,
    cause    TEXT    NOT NULL,
    message  TEXT    NOT NULL,
    counted  INTEGER NOT NULL
) STRICT;
CREATE INDEX scan_failure_by_image ON scan_failure (image_id);

-- Scans that differ from the SBOM that is stored, each difference once.
CREATE TABLE conflict (
    image_id     INTEGER NOT NULL REFERENCES image (id),
    content_hash BLOB    NOT NULL,
    host_id      INTEGER NOT NULL REFERENCES host (id),
    at           INTEGER NOT NULL,
    scanner      TEXT,
    only_there   INTEGER NOT NULL,
    only_here    INTEGER NOT NULL,
    PRIMARY KEY (image_id, content_hash)
) STRICT, WITHOUT ROWID;
