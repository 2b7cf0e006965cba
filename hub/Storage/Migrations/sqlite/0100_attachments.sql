-- Owner: Attachments. Photos, voice notes and signatures: what actions name, and what has arrived. The bytes are files.
CREATE TABLE attachment_uses (
  vehicle  TEXT    NOT NULL,
  action   TEXT    NOT NULL,
  sha256   TEXT    NOT NULL,
  type     TEXT    NOT NULL,
  bytes    INTEGER NOT NULL,
  named_ms INTEGER NOT NULL,
  refused  TEXT,
  PRIMARY KEY (action, vehicle, sha256)
) WITHOUT ROWID;
CREATE INDEX attachment_uses_file ON attachment_uses (sha256, vehicle);
CREATE TABLE attachments (
  sha256      TEXT    PRIMARY KEY,
  type        TEXT    NOT NULL,
  bytes       INTEGER NOT NULL,
  vehicle     TEXT    NOT NULL,
  received_ms INTEGER NOT NULL
) WITHOUT ROWID;
