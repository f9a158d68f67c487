-- SBOMs that are not believed are withdrawn: who had submitted each must be known by number, for
-- names of hosts are used again.
ALTER TABLE image ADD COLUMN scanned_by_host INTEGER;
UPDATE image SET scanned_by_host =
    (SELECT max(id) FROM host WHERE name = scanned_by AND added_at <= scanned_at)
WHERE sbom > 0;

-- What was withdrawn. pardoned: its submitter may be given the image like any other host.
CREATE TABLE withdrawn (
    id         INTEGER PRIMARY KEY,
    image_id   INTEGER NOT NULL REFERENCES image (id),
    host_id    INTEGER,
    host       TEXT,
    scanned_at INTEGER NOT NULL,
    scanner    TEXT,
    sbom       INTEGER NOT NULL,
    artifacts  INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    by         TEXT    NOT NULL,
    pardoned   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX withdrawn_by_image ON withdrawn (image_id);
