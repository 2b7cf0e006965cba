-- Owner: Vehicles. The registry, and the last status each vehicle reported.
CREATE TABLE vehicles (
  id           TEXT    NOT NULL PRIMARY KEY,
  jurisdiction TEXT    NOT NULL,
  name         TEXT    NOT NULL,
  kind         TEXT    NOT NULL CHECK (kind IN ('crewed', 'sensor-only')),
  created_ms   INTEGER NOT NULL
) STRICT;
-- Names this store to the vehicles: versions of what they hold compare within one era only. Empty in a backup, so that a hub
-- that is restored from it begins another.
CREATE TABLE downlink_era (
  era TEXT NOT NULL PRIMARY KEY
) STRICT;
CREATE TABLE vehicle_status (
  vehicle      TEXT    NOT NULL PRIMARY KEY REFERENCES vehicles (id),
  body         TEXT    NOT NULL,
  last_seen_ms INTEGER NOT NULL
) STRICT;
