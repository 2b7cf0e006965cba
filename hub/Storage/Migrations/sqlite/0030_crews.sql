-- Owner: Crews. Members are pseudonyms that only the city's own roster resolves.
CREATE TABLE crews (
  id         TEXT PRIMARY KEY,
  name       TEXT    NOT NULL,
  members    TEXT    NOT NULL,           -- JSON array
  skills     TEXT    NOT NULL,           -- JSON array
  created_ms INTEGER NOT NULL,
  shift      TEXT    NOT NULL,           -- on, off, break, callOut: fold of shift_changes
  vehicle    TEXT,
  contractor TEXT,                       -- party that the crew works for; null: the city
  equipment  TEXT,                       -- JSON array; null: nobody said
  districts  TEXT    NOT NULL            -- JSON array of district ids; empty: the whole city
) WITHOUT ROWID;

-- What vehicles reported; the truth that crews and shifts are folded from.
CREATE TABLE shift_changes (
  vehicle TEXT    NOT NULL,
  epoch   TEXT    NOT NULL,
  seq     INTEGER NOT NULL,
  work_ms INTEGER NOT NULL,
  shift   TEXT    NOT NULL,
  crew    TEXT    NOT NULL,
  state   TEXT    NOT NULL,
  members TEXT    NOT NULL,              -- JSON array
  PRIMARY KEY (vehicle, epoch, seq)
) WITHOUT ROWID;
CREATE INDEX shift_changes_crew ON shift_changes (crew, work_ms);
CREATE INDEX shift_changes_vehicle ON shift_changes (vehicle, work_ms);
CREATE INDEX shift_changes_shift ON shift_changes (shift);

CREATE TABLE shifts (
  id      TEXT PRIMARY KEY,
  crew    TEXT    NOT NULL,
  vehicle TEXT    NOT NULL,
  from_ms INTEGER NOT NULL,
  to_ms   INTEGER,
  state   TEXT    NOT NULL,
  ended   TEXT                           -- signed-off, moved (signed on elsewhere), by-rule; null while it lasts
) WITHOUT ROWID;
CREATE INDEX shifts_crew ON shifts (crew, from_ms);
CREATE INDEX shifts_open ON shifts (from_ms, id) WHERE to_ms IS NULL;
CREATE INDEX shifts_newest ON shifts (from_ms, id);
