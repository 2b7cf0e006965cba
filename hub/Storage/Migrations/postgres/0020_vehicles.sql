-- Owner: Vehicles. The registry, and the last status each vehicle reported.
CREATE TABLE vehicles (
  id text NOT NULL PRIMARY KEY,
  jurisdiction text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('crewed', 'sensor-only')),
  created_ms bigint NOT NULL
);
-- Names this store to the vehicles: versions of what they hold compare within one era only. Empty in a backup, so that a hub
-- that is restored from it begins another.
CREATE TABLE downlink_era (
  era text NOT NULL PRIMARY KEY
);
CREATE TABLE vehicle_status (
  vehicle text NOT NULL PRIMARY KEY REFERENCES vehicles (id),
  body text NOT NULL,
  last_seen_ms bigint NOT NULL
);
