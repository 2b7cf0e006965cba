-- Owner: Commands. What the office told a vehicle to do, and what became of it.
CREATE TABLE commands (
  id text NOT NULL PRIMARY KEY,
  vehicle text NOT NULL,
  kind text NOT NULL,
  arguments text NOT NULL,  -- JSON object of texts
  created_ms bigint NOT NULL,
  created_by text NOT NULL,
  expires_ms bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'sent', 'done', 'failed', 'expired', 'cancelled')),
  sent_ms bigint,
  settled_ms bigint,
  detail text,
  file_sha256 text,  -- what the vehicle made, an attachment of a class of its own
  file_bytes bigint,
  file_gone_ms bigint  -- when it was removed
);
CREATE INDEX commands_vehicle ON commands (vehicle, created_ms);
CREATE INDEX commands_open ON commands (expires_ms) WHERE state IN ('queued', 'sent');
CREATE INDEX commands_files ON commands (settled_ms) WHERE file_sha256 IS NOT NULL AND file_gone_ms IS NULL;
