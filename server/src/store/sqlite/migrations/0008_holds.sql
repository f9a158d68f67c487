-- The index in memory answers find: what only that was looked up by is gone, and what an image
-- holds is one row.

-- artifacts: their numbers, rising: the first and then how far it is from each to the next, as
-- variable-length integers of seven bits a byte, the lowest first.
CREATE TABLE holds (
    image_id  INTEGER PRIMARY KEY REFERENCES image (id),
    artifacts BLOB    NOT NULL
) STRICT;

DROP TRIGGER name_added;
DROP TRIGGER name_removed;
DROP TABLE name_piece;
DROP INDEX artifact_source;
DROP INDEX artifact_version;
DROP INDEX artifact_purl;
DROP INDEX artifact_source_version;
DROP INDEX artifact_module;
DROP INDEX artifact_purl_key;
ALTER TABLE artifact DROP COLUMN purl_key;
DROP INDEX run_live_by_image_name;
