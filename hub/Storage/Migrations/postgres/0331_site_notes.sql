-- Owner: Sites. What people said of places before any vehicle: a resident's open report, works that last.
CREATE TABLE site_notes (
  source   text PRIMARY KEY,  -- the request or the danger that it comes from
  kind     bigint NOT NULL,  -- SiteNoteKind
  lat      double precision NOT NULL,
  lon      double precision NOT NULL,
  cell     bigint NOT NULL,
  from_ms  bigint NOT NULL,  -- works: Unix milliseconds, work time
  until_ms bigint NOT NULL
);
CREATE INDEX site_notes_cell ON site_notes (cell);
