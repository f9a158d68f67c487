-- The looks at the clock: what is old by a clock that has just leapt isn't dropped.
CREATE TABLE clock (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    since     INTEGER NOT NULL,
    looked_at INTEGER NOT NULL
) STRICT;
