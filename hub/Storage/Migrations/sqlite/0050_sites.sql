-- Owner: Sites. Observations are the truth; sites are their fold, kept so that nobody has to fold to read.
-- They lie by place and in canonical order, so that folding a place reads one stretch of a few pages, however much
-- is known of the rest of the city.
CREATE TABLE lamp_passes (
  pole       TEXT    NOT NULL,           -- '' where it matches no pole of the inventory
  fix_ms     INTEGER NOT NULL,
  vehicle    TEXT    NOT NULL,
  epoch      TEXT    NOT NULL,
  seq        INTEGER NOT NULL,
  device_ms  INTEGER NOT NULL,
  replay     INTEGER NOT NULL,
  lat        REAL    NOT NULL,
  lon        REAL    NOT NULL,
  verdict    INTEGER NOT NULL,           -- LampVerdict
  confidence REAL    NOT NULL,
  severity   REAL    NOT NULL,           -- lux
  likelihoods TEXT,                      -- of each share of the usual light, tenths of a natural logarithm
  doubt      INTEGER,                    -- LampDoubt
  detail     TEXT,                       -- the observation as the vehicle sent it
  PRIMARY KEY (pole, fix_ms, vehicle, epoch, seq)
) WITHOUT ROWID;

CREATE TABLE shocks (
  cell       INTEGER NOT NULL,           -- fine grid
  fix_ms     INTEGER NOT NULL,
  vehicle    TEXT    NOT NULL,
  epoch      TEXT    NOT NULL,
  seq        INTEGER NOT NULL,
  device_ms  INTEGER NOT NULL,
  replay     INTEGER NOT NULL,
  lat        REAL    NOT NULL,
  lon        REAL    NOT NULL,
  verdict    INTEGER NOT NULL,           -- ShockKind
  confidence REAL    NOT NULL,
  severity   REAL    NOT NULL,           -- m/s²
  detail     TEXT,
  PRIMARY KEY (cell, fix_ms, vehicle, epoch, seq)
) WITHOUT ROWID;

-- Stretches without a shock, once for each coarse cell that they touch.
CREATE TABLE smooth_stretches (
  cell       INTEGER NOT NULL,
  fix_ms     INTEGER NOT NULL,
  vehicle    TEXT    NOT NULL,
  epoch      TEXT    NOT NULL,
  seq        INTEGER NOT NULL,
  device_ms  INTEGER NOT NULL,
  replay     INTEGER NOT NULL,
  lat        REAL    NOT NULL,
  lon        REAL    NOT NULL,
  to_lat     REAL    NOT NULL,
  to_lon     REAL    NOT NULL,
  severity   REAL    NOT NULL,
  PRIMARY KEY (cell, fix_ms, vehicle, epoch, seq)
) WITHOUT ROWID;

-- What is known of the shocks in each bin of the finest grid: sums of whole numbers, so that no order is left in them.
CREATE TABLE shock_bins (
  tile          INTEGER NOT NULL,        -- coarse grid
  bin           INTEGER NOT NULL,
  weight        INTEGER NOT NULL,        -- thousandths
  north         INTEGER NOT NULL,        -- offset from the bin's corner, 1e-9 degrees, times weight
  east          INTEGER NOT NULL,
  first_ms      INTEGER NOT NULL,        -- the first shock by the canonical order
  first_vehicle TEXT    NOT NULL,
  first_epoch   TEXT    NOT NULL,
  first_seq     INTEGER NOT NULL,
  site          TEXT    NOT NULL,
  PRIMARY KEY (tile, bin)
) WITHOUT ROWID;
CREATE INDEX shock_bins_site ON shock_bins (site);

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
CREATE INDEX site_marks_pole ON site_marks (pole, at_ms) WHERE pole IS NOT NULL;
CREATE INDEX site_marks_cell ON site_marks (cell, at_ms);

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
CREATE INDEX sites_kind ON sites (kind, supported);
