-- Owner: Updates. Signed versions of the agent, to whom they are offered, and what vehicles say of them. The archives are files.
CREATE TABLE updates (
  version text PRIMARY KEY,
  sha256 text NOT NULL,
  size bigint NOT NULL,
  -- The DSSE envelope as the release key signed it.
  envelope text NOT NULL,
  published_ms bigint NOT NULL,
  -- When it was offered last; the newest offer that is for a vehicle counts.
  offered_ms bigint,
  -- Percent of the fleet.
  share bigint NOT NULL DEFAULT 0,
  stopped text
);
CREATE TABLE update_vehicles (
  version text NOT NULL,
  vehicle text NOT NULL,
  PRIMARY KEY (version, vehicle)
);
-- Which vehicles were given the manifest of which version: what others say of a version counts nothing.
CREATE TABLE update_offers (
  version text NOT NULL,
  vehicle text NOT NULL,
  PRIMARY KEY (version, vehicle)
);
CREATE TABLE update_reports (
  vehicle text PRIMARY KEY,
  running text NOT NULL,
  failed text,
  reason text,
  refused text,
  seen_ms bigint NOT NULL
);
CREATE INDEX update_reports_failed ON update_reports (failed) WHERE failed IS NOT NULL;
