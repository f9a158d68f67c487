-- Commits have numbers, and those are the order of what happened. Times are for people: they may
-- repeat, and go back where a wrong clock was mended.

-- The last commit; no row before the first one.
CREATE TABLE last_commit (
    id  INTEGER PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL,
    at  INTEGER NOT NULL
) STRICT;

-- The first commit of each hour, also of one that the clock was set back to: from there on is to
-- be looked for what has a time. at is the hour's beginning.
CREATE TABLE commit_hour (
    seq INTEGER PRIMARY KEY,
    at  INTEGER NOT NULL
) STRICT;

-- The commits that a run began and ended with; that an image was reported with first, that it has
-- had an SBOM since, and a complete one; and that an artifact appeared with.
ALTER TABLE run ADD COLUMN began_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN ended_seq INTEGER;
ALTER TABLE image ADD COLUMN first_seq    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE image ADD COLUMN sbom_seq     INTEGER;
ALTER TABLE image ADD COLUMN complete_seq INTEGER;
ALTER TABLE artifact ADD COLUMN first_seq INTEGER NOT NULL DEFAULT 0;

-- Of an older database, every moment counts as a commit, in the order of time.
CREATE TABLE numbered (
    at  INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL
) STRICT;
INSERT INTO numbered (at, seq)
SELECT at, row_number() OVER (ORDER BY at) FROM (
    SELECT since AS at FROM run
    UNION SELECT until FROM run WHERE until IS NOT NULL
    UNION SELECT first_seen FROM image
    UNION SELECT scanned_at FROM image WHERE scanned_at IS NOT NULL
    UNION SELECT first_seen FROM artifact
);
UPDATE run SET began_seq = (SELECT seq FROM numbered WHERE at = since),
               ended_seq = (SELECT seq FROM numbered WHERE at = until);
UPDATE image SET first_seq = (SELECT seq FROM numbered WHERE at = first_seen),
    sbom_seq = CASE WHEN sbom > 0
        THEN ifnull((SELECT seq FROM numbered WHERE at = scanned_at), 0) END,
    complete_seq = CASE WHEN sbom = 2
        THEN ifnull((SELECT seq FROM numbered WHERE at = scanned_at), 0) END;
UPDATE artifact SET first_seq = (SELECT seq FROM numbered WHERE at = first_seen);
INSERT INTO last_commit (id, seq, at)
SELECT 1, max(seq), max(at) FROM numbered HAVING count(*) > 0;
INSERT INTO commit_hour (seq, at)
SELECT min(seq), at - ((at % 3600000) + 3600000) % 3600000 AS hour FROM numbered GROUP BY hour;
DROP TABLE numbered;

-- What was found by its time is found by its number.
CREATE INDEX run_began       ON run (began_seq);
CREATE INDEX run_ended       ON run (ended_seq) WHERE ended_seq IS NOT NULL;
CREATE INDEX artifact_first  ON artifact (first_seq);
DROP INDEX run_by_begin;
DROP INDEX run_by_end;
DROP INDEX artifact_begin;
