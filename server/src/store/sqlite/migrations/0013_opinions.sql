-- What another host's scan says of an image's SBOM: 0 nothing, 1 the same, 2 another scanner found other
-- artifacts, 3 the same scanner did. draw: which images are scanned twice, from 0 to 999,999; no host
-- can know it.
ALTER TABLE image ADD COLUMN draw         INTEGER NOT NULL DEFAULT 0;
ALTER TABLE image ADD COLUMN opinion      INTEGER NOT NULL DEFAULT 0;
ALTER TABLE image ADD COLUMN opinion_host INTEGER;
ALTER TABLE image ADD COLUMN opinion_by   TEXT;
ALTER TABLE image ADD COLUMN opinion_at   INTEGER;
ALTER TABLE image ADD COLUMN opinion_scanner TEXT;
-- An admin asked that the image be scanned again.
ALTER TABLE image ADD COLUMN again        INTEGER NOT NULL DEFAULT 0;
UPDATE image SET draw = abs(random() % 1000000);
CREATE INDEX image_disputed ON image (opinion) WHERE opinion > 1;

-- The last lease is for a second opinion: that it fails says nothing against the image.
ALTER TABLE scan ADD COLUMN opinion INTEGER NOT NULL DEFAULT 0;

-- What each of two scans lists alone, a few of each, line by line.
ALTER TABLE conflict ADD COLUMN examples_there TEXT NOT NULL DEFAULT '';
ALTER TABLE conflict ADD COLUMN examples_here  TEXT NOT NULL DEFAULT '';
