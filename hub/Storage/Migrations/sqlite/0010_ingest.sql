-- Owner: Ingest. Every record once, what of each epoch has arrived, what was kept aside, and counters.
CREATE TABLE readings (
  id          INTEGER NOT NULL PRIMARY KEY,
  vehicle     TEXT    NOT NULL,
  epoch       TEXT    NOT NULL,
  seq         INTEGER NOT NULL,
  kind        TEXT    NOT NULL,
  hash        TEXT    NOT NULL,
  fix_ms      INTEGER,
  device_ms   INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  body        TEXT    NOT NULL,
  UNIQUE (vehicle, epoch, seq)
) STRICT;
CREATE INDEX readings_tracks ON readings (vehicle, fix_ms) WHERE kind = 'track';
CREATE INDEX readings_observations ON readings (vehicle, id) WHERE kind IN ('lamp', 'shock', 'roughness');
-- The ledger of a vehicle in order of arrival.
CREATE INDEX readings_ledger ON readings (vehicle, id);

-- Inclusive, disjoint and not adjacent: as many rows as there are gaps.
CREATE TABLE ingest_ranges (
  vehicle TEXT    NOT NULL,
  epoch   TEXT    NOT NULL,
  first   INTEGER NOT NULL,
  last    INTEGER NOT NULL,
  PRIMARY KEY (vehicle, epoch, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE aside (
  id          INTEGER NOT NULL PRIMARY KEY,
  received_ms INTEGER NOT NULL,
  topic       TEXT    NOT NULL,
  vehicle     TEXT,
  reason      TEXT    NOT NULL,
  detail      TEXT    NOT NULL,
  -- vehicle/epoch/seq/hash where there is one: a record that is sent again is kept once.
  record_key  TEXT    UNIQUE,
  bytes       BLOB
) STRICT;

CREATE TABLE ingest_counts (
  name TEXT    NOT NULL PRIMARY KEY,
  n    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
