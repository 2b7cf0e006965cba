-- Owner: Crews. Members are pseudonyms that only the city's own roster resolves.
CREATE TABLE crews (
  id         TEXT PRIMARY KEY,
  name       TEXT    NOT NULL,
  members    TEXT    NOT NULL,           -- JSON array
  skills     TEXT    NOT NULL,           -- JSON array
  created_ms INTEGER NOT NULL,
  shift      TEXT    NOT NULL,           -- on, off, break, callOut: fold of shift_changes
  vehicle    TEXT
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
  state   TEXT    NOT NULL
) WITHOUT ROWID;
CREATE INDEX shifts_crew ON shifts (crew, from_ms);
CREATE INDEX shifts_newest ON shifts (from_ms, id);
