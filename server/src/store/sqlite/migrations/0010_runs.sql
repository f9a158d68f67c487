-- The index in memory answers what was looked up by container, host and image; and most runs have the
-- name that their image was reported with first.

-- What an image was reported as first. It never changes.
ALTER TABLE image ADD COLUMN name TEXT NOT NULL DEFAULT '';
UPDATE image SET name = last_name;

-- image_name is missing where it is the image's name. No reference to an image: to find out that
-- nothing refers to one that is dropped would take an index.
CREATE TABLE slim_run (
    id         INTEGER PRIMARY KEY,
    host_id    INTEGER NOT NULL REFERENCES host (id),
    container  TEXT    NOT NULL,
    image_id   INTEGER NOT NULL,
    image_name TEXT,
    since      INTEGER NOT NULL,
    began_seq  INTEGER NOT NULL,
    until      INTEGER,
    ended_seq  INTEGER
) STRICT;
INSERT INTO slim_run (id, host_id, container, image_id, image_name, since, began_seq, until, ended_seq)
SELECT r.id, r.host_id, r.container, r.image_id, nullif(r.image_name, i.name), r.since, r.began_seq,
       r.until, r.ended_seq
FROM run r JOIN image i ON i.id = r.image_id ORDER BY r.id;
DROP TABLE run;
ALTER TABLE slim_run RENAME TO run;
CREATE UNIQUE INDEX run_live ON run (host_id, container) WHERE until IS NULL;
CREATE INDEX run_began       ON run (began_seq);
CREATE INDEX run_ended       ON run (ended_seq) WHERE ended_seq IS NOT NULL;
