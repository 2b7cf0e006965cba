-- Owner: Ingest. What the monotonic clocks of vehicles mean, and the work whose time rests on nothing better.
CREATE TABLE clock_repairs (
  vehicle text NOT NULL,
  boot text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  mono_ms bigint NOT NULL,  -- when it was found, on the boot's monotonic clock
  offset_ms bigint NOT NULL,  -- Unix milliseconds at monotonic zero
  uncertainty_ms bigint NOT NULL,
  PRIMARY KEY (vehicle, boot, epoch, seq)
);

-- Crew actions and shift changes without a GPS time of their own: a repair that comes later gives them another time.
CREATE TABLE unsure_times (
  vehicle text NOT NULL,
  boot text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  mono_ms bigint NOT NULL,
  device_ms bigint NOT NULL,
  clock bigint NOT NULL,  -- the wire's ClockSource
  received_ms bigint NOT NULL,
  PRIMARY KEY (vehicle, boot, epoch, seq)
);
