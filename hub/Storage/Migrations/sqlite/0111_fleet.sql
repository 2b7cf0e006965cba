-- Owner: Fleet. How vehicles' computers are: the newest word of each, and a bounded past.
CREATE TABLE vehicle_health (
  vehicle     TEXT NOT NULL PRIMARY KEY,
  at_ms       INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  clock       TEXT NOT NULL,
  body        TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE vehicle_health_history (
  vehicle TEXT NOT NULL,
  at_ms   INTEGER NOT NULL,
  body    TEXT NOT NULL,
  PRIMARY KEY (vehicle, at_ms)
) STRICT, WITHOUT ROWID;
CREATE INDEX vehicle_health_history_at ON vehicle_health_history (at_ms);
