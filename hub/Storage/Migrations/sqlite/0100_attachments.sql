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
  received_ms INTEGER NOT NULL,
  -- When its time was over: the row stays, the bytes are gone.
  removed_ms  INTEGER
) WITHOUT ROWID;
CREATE INDEX attachments_age ON attachments (received_ms) WHERE removed_ms IS NULL;
CREATE TABLE attachment_holds (
  sha256   TEXT    PRIMARY KEY,
  since_ms INTEGER NOT NULL,
  held_by  TEXT    NOT NULL,
  reason   TEXT    NOT NULL
) WITHOUT ROWID;
