-- Owner: Commands. What the office told a vehicle to do, and what became of it.
CREATE TABLE commands (
  id text NOT NULL PRIMARY KEY,
  vehicle text NOT NULL,
  kind text NOT NULL,
  arguments text NOT NULL,  -- JSON object of texts
  created_ms bigint NOT NULL,
  created_by text NOT NULL,
  expires_ms bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'sent', 'done', 'failed', 'expired')),
  sent_ms bigint,
  settled_ms bigint,
  detail text
);
CREATE INDEX commands_vehicle ON commands (vehicle, created_ms);
CREATE INDEX commands_open ON commands (expires_ms) WHERE state IN ('queued', 'sent');
