-- Owner: Ingest. Every record once, what of each epoch has arrived, what was kept aside, and counters.
-- The id comes from the names, so that it means the same in the files of the days, which commit by themselves.
CREATE TABLE sources (
  id bigint NOT NULL PRIMARY KEY,
  vehicle text NOT NULL,
  epoch text NOT NULL,
  created_ms bigint NOT NULL,
  UNIQUE (vehicle, epoch)
);

-- All but tracks, which lie in tracks/YYYY-MM-DD.db. One tree: what a vehicle sent lies together, in its order.
CREATE TABLE readings (
  source bigint NOT NULL,
  seq bigint NOT NULL,
  kind bigint NOT NULL,  -- the wire's RecordKind
  received_ms bigint NOT NULL,
  hash bytea NOT NULL,
  body bytea NOT NULL,  -- JSON as the vehicle wrote it, or 'B' and that compressed
  PRIMARY KEY (source, seq)
);

-- Inclusive, disjoint and not adjacent: as many rows as there are gaps.
CREATE TABLE ingest_ranges (
  source bigint NOT NULL,
  first bigint NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (source, first)
);

CREATE TABLE aside (
  id bigint NOT NULL PRIMARY KEY,
  received_ms bigint NOT NULL,
  topic text NOT NULL,
  vehicle text,
  reason text NOT NULL,
  detail text NOT NULL,
  -- vehicle/epoch/seq/hash where there is one: a record that is sent again is kept once.
  record_key text UNIQUE,
  bytes bytea
);

CREATE TABLE ingest_counts (
  name text NOT NULL PRIMARY KEY,
  n bigint NOT NULL
);
