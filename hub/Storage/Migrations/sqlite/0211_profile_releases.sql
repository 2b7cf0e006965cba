-- Owner: Profiles. Roll-outs of device profiles, and what each says to each vehicle that it changes.
CREATE TABLE profile_releases (
  version        INTEGER NOT NULL PRIMARY KEY,  -- Unix milliseconds, rising
  kind           TEXT    NOT NULL,
  state          TEXT    NOT NULL,
  stages         TEXT    NOT NULL,              -- percent, with commas
  stage          INTEGER NOT NULL,
  stage_since_ms INTEGER NOT NULL,
  reason         TEXT,
  era            TEXT    NOT NULL,
  made_by        TEXT    NOT NULL,
  made_ms        INTEGER NOT NULL
) STRICT;
CREATE TABLE profile_settings (
  version  INTEGER NOT NULL REFERENCES profile_releases (version),
  vehicle  TEXT    NOT NULL,
  stage    INTEGER NOT NULL,
  outcome  TEXT    NOT NULL,
  since_ms INTEGER,
  reason   TEXT,
  settings TEXT    NOT NULL,                    -- JSON
  origins  TEXT    NOT NULL,                    -- JSON: key and the file that said so
  PRIMARY KEY (version, vehicle)
) STRICT;
CREATE INDEX profile_settings_vehicle ON profile_settings (vehicle, version);
