-- Owner: Sites. What people said of places before any vehicle: a resident's open report, works that last.
CREATE TABLE site_notes (
  source   TEXT PRIMARY KEY,  -- the request or the danger that it comes from
  kind     INTEGER NOT NULL,  -- SiteNoteKind
  lat      REAL NOT NULL,
  lon      REAL NOT NULL,
  cell     INTEGER NOT NULL,
  from_ms  INTEGER NOT NULL,  -- works: Unix milliseconds, work time
  until_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX site_notes_cell ON site_notes (cell);
