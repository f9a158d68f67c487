-- What a package URL is looked up by: the key that the model gives the package that an artifact is.
ALTER TABLE artifact ADD COLUMN purl_key TEXT NOT NULL DEFAULT '';
CREATE INDEX artifact_purl_key ON artifact (purl_key);
