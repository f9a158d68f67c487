-- Artifacts are found in the index in memory, by all that they are: rows are what that is read from.

-- What one commit added, packed and compressed: artifacts with rising numbers, of which first is the
-- lowest that a row can have, and below the first of the next row. numbers: how far each is from
-- first, as in holds; missing where they are one after the other. seq and seen are the commit's
-- number and time.
CREATE TABLE artifact_block (
    first   INTEGER PRIMARY KEY,
    seq     INTEGER NOT NULL,
    seen    INTEGER NOT NULL,
    count   INTEGER NOT NULL,
    numbers BLOB,
    packed  BLOB    NOT NULL
) STRICT;
CREATE INDEX artifact_block_by_commit ON artifact_block (seq, seen, count);
