-- What a question may need later is kept at scan time: the image may be gone when someone asks.

-- Lists of licenses as JSON, each once.
CREATE TABLE license (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;

ALTER TABLE artifact ADD COLUMN source_version TEXT;
ALTER TABLE artifact ADD COLUMN module         TEXT;
ALTER TABLE artifact ADD COLUMN license_id     INTEGER REFERENCES license (id);
ALTER TABLE artifact ADD COLUMN owned_by_os    INTEGER NOT NULL DEFAULT 0;
CREATE INDEX artifact_source_version ON artifact (source_version)
    WHERE source_version IS NOT NULL;
CREATE INDEX artifact_module ON artifact (module) WHERE module IS NOT NULL;

-- sbom_detail: how much the agent that scanned it keeps of what its scanner finds. An SBOM of
-- less is made again, after everything that has none.
ALTER TABLE image ADD COLUMN sbom_detail     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE image ADD COLUMN distro_codename TEXT;
ALTER TABLE image ADD COLUMN distro_cpe      TEXT;
ALTER TABLE image ADD COLUMN architecture    TEXT;
ALTER TABLE image ADD COLUMN size_bytes      INTEGER;
ALTER TABLE image ADD COLUMN created_at      INTEGER;

-- The manifest digests that name an image in registries. That of a list of manifests names an
-- image for each architecture.
CREATE TABLE alias (
    digest   BLOB    NOT NULL,
    image_id INTEGER NOT NULL REFERENCES image (id),
    PRIMARY KEY (digest, image_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_by_image ON alias (image_id);
