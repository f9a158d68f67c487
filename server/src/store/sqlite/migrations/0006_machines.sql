-- Which machines report as a host: one, unless a machine was cloned after it enrolled.

-- Since when two machines report with the host's token, where they do.
ALTER TABLE host ADD COLUMN cloned_since INTEGER;

-- From when a second machine was first heard until only one was heard for long.
CREATE TABLE host_cloned (
    host_id INTEGER NOT NULL REFERENCES host (id),
    since   INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    PRIMARY KEY (host_id, since)
) STRICT, WITHOUT ROWID;

-- The marks of machines that were heard since the host enrolled, the last few: since when each is
-- the one that reports, or was the last time, and until when; until is missing for the last one.
CREATE TABLE host_machine (
    host_id INTEGER NOT NULL REFERENCES host (id),
    mark    TEXT    NOT NULL,
    since   INTEGER NOT NULL,
    until   INTEGER,
    PRIMARY KEY (host_id, mark)
) STRICT, WITHOUT ROWID;
