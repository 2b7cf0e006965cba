-- Owner: Ingest. What the monotonic clocks of vehicles mean, and the work whose time rests on nothing better.
CREATE TABLE clock_repairs (
  vehicle        TEXT    NOT NULL,
  boot           TEXT    NOT NULL,
  epoch          TEXT    NOT NULL,
  seq            INTEGER NOT NULL,
  mono_ms        INTEGER NOT NULL,       -- when it was found, on the boot's monotonic clock
  offset_ms      INTEGER NOT NULL,       -- Unix milliseconds at monotonic zero
  uncertainty_ms INTEGER NOT NULL,
  PRIMARY KEY (vehicle, boot, epoch, seq)
) STRICT, WITHOUT ROWID;

-- Crew actions and shift changes without a GPS time of their own: a repair that comes later gives them another time.
CREATE TABLE unsure_times (
  vehicle     TEXT    NOT NULL,
  boot        TEXT    NOT NULL,
  epoch       TEXT    NOT NULL,
  seq         INTEGER NOT NULL,
  mono_ms     INTEGER NOT NULL,
  device_ms   INTEGER NOT NULL,
  clock       INTEGER NOT NULL,          -- the wire's ClockSource
  received_ms INTEGER NOT NULL,
  PRIMARY KEY (vehicle, boot, epoch, seq)
) STRICT, WITHOUT ROWID;
