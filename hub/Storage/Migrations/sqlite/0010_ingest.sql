-- Owner: Ingest. Every record once, what of each epoch has arrived, what was kept aside, and counters.
-- The id comes from the names, so that it means the same in the files of the days, which commit by themselves.
CREATE TABLE sources (
  id         INTEGER NOT NULL PRIMARY KEY,
  vehicle    TEXT    NOT NULL,
  epoch      TEXT    NOT NULL,
  created_ms INTEGER NOT NULL,
  UNIQUE (vehicle, epoch)
) STRICT;

-- All but tracks, which lie in tracks/YYYY-MM-DD.db. One tree: what a vehicle sent lies together, in its order.
CREATE TABLE readings (
  source      INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  kind        INTEGER NOT NULL,        -- the wire's RecordKind
  received_ms INTEGER NOT NULL,
  hash        BLOB    NOT NULL,
  body        BLOB    NOT NULL,        -- JSON as the vehicle wrote it, or 'B' and that compressed
  PRIMARY KEY (source, seq)
) STRICT, WITHOUT ROWID;

-- Inclusive, disjoint and not adjacent: as many rows as there are gaps.
CREATE TABLE ingest_ranges (
  source INTEGER NOT NULL,
  first  INTEGER NOT NULL,
  last   INTEGER NOT NULL,
  PRIMARY KEY (source, first)
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
