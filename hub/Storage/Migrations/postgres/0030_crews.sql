-- Owner: Crews. Members are pseudonyms that only the city's own roster resolves.
CREATE TABLE crews (
  id text PRIMARY KEY,
  name text NOT NULL,
  members text NOT NULL,  -- JSON array
  skills text NOT NULL,  -- JSON array
  created_ms bigint NOT NULL,
  shift text NOT NULL,  -- on, off, break, callOut: fold of shift_changes
  vehicle text,
  contractor text,  -- party that the crew works for; null: the city
  equipment text,  -- JSON array; null: nobody said
  districts text NOT NULL  -- JSON array of district ids; empty: the whole city
);

-- What vehicles reported; the truth that crews and shifts are folded from.
CREATE TABLE shift_changes (
  vehicle text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  work_ms bigint NOT NULL,
  shift text NOT NULL,
  crew text NOT NULL,
  state text NOT NULL,
  members text NOT NULL,  -- JSON array
  PRIMARY KEY (vehicle, epoch, seq)
);
CREATE INDEX shift_changes_crew ON shift_changes (crew, work_ms);
CREATE INDEX shift_changes_vehicle ON shift_changes (vehicle, work_ms);
CREATE INDEX shift_changes_shift ON shift_changes (shift);

CREATE TABLE shifts (
  id text PRIMARY KEY,
  crew text NOT NULL,
  vehicle text NOT NULL,
  from_ms bigint NOT NULL,
  to_ms bigint,
  state text NOT NULL,
  ended text  -- signed-off, moved (signed on elsewhere), by-rule; null while it lasts
);
CREATE INDEX shifts_crew ON shifts (crew, from_ms);
CREATE INDEX shifts_open ON shifts (from_ms, id) WHERE to_ms IS NULL;
CREATE INDEX shifts_newest ON shifts (from_ms, id);
