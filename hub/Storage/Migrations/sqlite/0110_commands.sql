-- Owner: Commands. What the office told a vehicle to do, and what became of it.
CREATE TABLE commands (
  id         TEXT    NOT NULL PRIMARY KEY,
  vehicle    TEXT    NOT NULL,
  kind       TEXT    NOT NULL,
  arguments  TEXT    NOT NULL,           -- JSON object of texts
  created_ms INTEGER NOT NULL,
  created_by TEXT    NOT NULL,
  expires_ms INTEGER NOT NULL,
  state      TEXT    NOT NULL CHECK (state IN ('queued', 'sent', 'done', 'failed', 'expired', 'cancelled')),
  sent_ms    INTEGER,
  settled_ms INTEGER,
  detail     TEXT,
  file_sha256  TEXT,                     -- what the vehicle made, an attachment of a class of its own
  file_bytes   INTEGER,
  file_gone_ms INTEGER                   -- when it was removed
) STRICT, WITHOUT ROWID;
CREATE INDEX commands_vehicle ON commands (vehicle, created_ms);
CREATE INDEX commands_open ON commands (expires_ms) WHERE state IN ('queued', 'sent');
CREATE INDEX commands_files ON commands (settled_ms) WHERE file_sha256 IS NOT NULL AND file_gone_ms IS NULL;
