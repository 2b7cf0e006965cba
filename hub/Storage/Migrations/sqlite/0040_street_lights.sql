-- Owner: Assets.
CREATE TABLE street_lights (
  pole          TEXT PRIMARY KEY,
  lat           REAL NOT NULL,
  lon           REAL NOT NULL,
  owner         TEXT,
  kind          TEXT,
  fixture       TEXT,
  lamps         INTEGER NOT NULL,
  neighbourhood INTEGER
) WITHOUT ROWID;
