-- What isn't known of the past: when a host could not list everything, and what was dropped.

-- Only a full report keeps a host from being silent. Of an older database, the last report may
-- have been an update: until the next one, it counts.
ALTER TABLE host RENAME COLUMN first_report_at TO first_full_at;
ALTER TABLE host ADD COLUMN last_full_at INTEGER;
UPDATE host SET last_full_at = last_report_at;

-- Since when a host's listings are incomplete, where the last one was.
ALTER TABLE host ADD COLUMN incomplete_since INTEGER;
UPDATE host SET incomplete_since = last_report_at WHERE NOT listing_complete;
ALTER TABLE host DROP COLUMN listing_complete;

-- From a host's first incomplete listing to the next complete one.
CREATE TABLE host_incomplete (
    host_id INTEGER NOT NULL REFERENCES host (id),
    since   INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    PRIMARY KEY (host_id, since)
) STRICT, WITHOUT ROWID;

-- One row: since when the past is kept whole, where some of it was dropped.
CREATE TABLE past (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    kept_since INTEGER NOT NULL
) STRICT;

-- What an older database dropped, and when listings were incomplete, nobody wrote down: an empty
-- answer about the time before the last thing that happened in it is no proof.
INSERT INTO past (id, kept_since)
SELECT 1, max(max(ifnull(last_report_at, added_at)), max(ifnull(removed_at, added_at)))
FROM host HAVING count(*) > 0;
