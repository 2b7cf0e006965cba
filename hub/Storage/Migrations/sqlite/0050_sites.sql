-- Owner: Sites. Observations are the truth; sites are their fold, kept so that nobody has to fold to read.
CREATE TABLE observations (
  vehicle    TEXT    NOT NULL,
  epoch      TEXT    NOT NULL,
  seq        INTEGER NOT NULL,
  kind       INTEGER NOT NULL,           -- 1 lamp, 2 shock, 3 roughness
  fix_ms     INTEGER NOT NULL,
  device_ms  INTEGER NOT NULL,
  replay     INTEGER NOT NULL,
  lat        REAL    NOT NULL,
  lon        REAL    NOT NULL,
  to_lat     REAL,                       -- roughness: end of the stretch
  to_lon     REAL,
  verdict    INTEGER NOT NULL,           -- LampVerdict, ShockKind, or the number of shocks on a stretch
  confidence REAL    NOT NULL,
  severity   REAL    NOT NULL,           -- m/s²; lux for lamps
  pole       TEXT,                       -- lamps, when matched
  site       TEXT,                       -- shocks, when clustered
  cell       INTEGER,                    -- shocks: fine grid
  detail     TEXT,                       -- the observation as the vehicle sent it
  PRIMARY KEY (vehicle, epoch, seq)
) WITHOUT ROWID;
-- Figures count by it; the table itself is long because of the details.
CREATE INDEX observations_without_pole ON observations (kind) WHERE kind = 1 AND pole IS NULL;
CREATE INDEX observations_pole ON observations (pole, fix_ms) WHERE pole IS NOT NULL;
CREATE INDEX observations_site ON observations (site) WHERE site IS NOT NULL;
CREATE INDEX observations_cell ON observations (cell) WHERE cell IS NOT NULL;

-- Which coarse cells a stretch touches.
CREATE TABLE stretch_cells (
  cell    INTEGER NOT NULL,
  fix_ms  INTEGER NOT NULL,
  vehicle TEXT    NOT NULL,
  epoch   TEXT    NOT NULL,
  seq     INTEGER NOT NULL,
  PRIMARY KEY (cell, fix_ms, vehicle, epoch, seq)
) WITHOUT ROWID;

-- What crews found out on the spot; part of what a site is folded from.
CREATE TABLE site_marks (
  source    TEXT PRIMARY KEY,            -- the work order it comes from
  kind      TEXT    NOT NULL,            -- lamp, pothole
  finding   TEXT    NOT NULL,            -- repaired, not-found
  at_ms     INTEGER NOT NULL,
  device_ms INTEGER NOT NULL,
  replay    INTEGER NOT NULL,
  lat       REAL    NOT NULL,
  lon       REAL    NOT NULL,
  pole      TEXT,
  cell      INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX site_marks_pole ON site_marks (pole) WHERE pole IS NOT NULL;
CREATE INDEX site_marks_cell ON site_marks (cell);

CREATE TABLE sites (
  id           TEXT PRIMARY KEY,
  kind         TEXT    NOT NULL,
  pole         TEXT,
  lat          REAL    NOT NULL,
  lon          REAL    NOT NULL,
  cell         INTEGER,                  -- potholes
  belief       REAL    NOT NULL,
  supported    INTEGER NOT NULL,
  passes_for   INTEGER NOT NULL,
  passes_against INTEGER NOT NULL,
  severity     REAL    NOT NULL,
  first_ms     INTEGER NOT NULL,
  last_ms      INTEGER NOT NULL,
  tipped       TEXT                      -- key of the observation that made it supported
) WITHOUT ROWID;
CREATE INDEX sites_cell ON sites (cell) WHERE cell IS NOT NULL;
CREATE INDEX sites_supported ON sites (kind) WHERE supported = 1;
