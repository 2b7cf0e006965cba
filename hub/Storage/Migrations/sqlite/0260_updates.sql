-- Owner: Updates. Signed versions of the agent, to whom they are offered, and what vehicles say of them. The archives are files.
CREATE TABLE updates (
  version      TEXT    PRIMARY KEY,
  sha256       TEXT    NOT NULL,
  size         INTEGER NOT NULL,
  -- The DSSE envelope as the release key signed it.
  envelope     TEXT    NOT NULL,
  published_ms INTEGER NOT NULL,
  -- When it was offered last; the newest offer that is for a vehicle counts.
  offered_ms   INTEGER,
  -- Percent of the fleet.
  share        INTEGER NOT NULL DEFAULT 0,
  stopped      TEXT
) WITHOUT ROWID;
CREATE TABLE update_vehicles (
  version TEXT NOT NULL,
  vehicle TEXT NOT NULL,
  PRIMARY KEY (version, vehicle)
) WITHOUT ROWID;
-- Which vehicles were given the manifest of which version: what others say of a version counts nothing.
CREATE TABLE update_offers (
  version TEXT NOT NULL,
  vehicle TEXT NOT NULL,
  PRIMARY KEY (version, vehicle)
) WITHOUT ROWID;
CREATE TABLE update_reports (
  vehicle TEXT    PRIMARY KEY,
  running TEXT    NOT NULL,
  failed  TEXT,
  reason  TEXT,
  refused TEXT,
  seen_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX update_reports_failed ON update_reports (failed) WHERE failed IS NOT NULL;
