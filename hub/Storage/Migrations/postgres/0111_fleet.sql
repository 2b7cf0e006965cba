-- Owner: Fleet. How vehicles' computers are: the newest word of each, and a bounded past.
CREATE TABLE vehicle_health (
  vehicle     text NOT NULL PRIMARY KEY,
  at_ms       bigint NOT NULL,
  received_ms bigint NOT NULL,
  clock       text NOT NULL,
  body        text NOT NULL
);
CREATE TABLE vehicle_health_history (
  vehicle text NOT NULL,
  at_ms   bigint NOT NULL,
  body    text NOT NULL,
  PRIMARY KEY (vehicle, at_ms)
);
CREATE INDEX vehicle_health_history_at ON vehicle_health_history (at_ms);
