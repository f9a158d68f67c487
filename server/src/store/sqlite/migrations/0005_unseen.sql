-- What hosts run that nobody looks at.

-- What a host's last full report told of it, as JSON, where it told of any.
ALTER TABLE host ADD COLUMN unseen TEXT;

-- How much of it since when and until when; until is missing while it goes on. kind: 0 containers
-- without an image, 1 other runtimes.
CREATE TABLE host_unseen (
    id      INTEGER PRIMARY KEY,
    host_id INTEGER NOT NULL REFERENCES host (id),
    kind    INTEGER NOT NULL,
    count   INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    until   INTEGER
) STRICT;
CREATE UNIQUE INDEX host_unseen_now ON host_unseen (host_id, kind) WHERE until IS NULL;
CREATE INDEX host_unseen_then ON host_unseen (until) WHERE until IS NOT NULL;
