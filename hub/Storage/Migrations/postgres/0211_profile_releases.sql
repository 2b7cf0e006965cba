-- Owner: Profiles. Roll-outs of device profiles, and what each says to each vehicle that it changes.
CREATE TABLE profile_releases (
  version        bigint NOT NULL PRIMARY KEY,  -- Unix milliseconds, rising
  kind           text NOT NULL,
  state          text NOT NULL,
  stages         text NOT NULL,              -- percent, with commas
  stage          bigint NOT NULL,
  stage_since_ms bigint NOT NULL,
  reason         text,
  era            text NOT NULL,
  made_by        text NOT NULL,
  made_ms        bigint NOT NULL
);
CREATE TABLE profile_settings (
  version  bigint NOT NULL REFERENCES profile_releases (version),
  vehicle  text NOT NULL,
  stage    bigint NOT NULL,
  outcome  text NOT NULL,
  since_ms bigint,
  reason   text,
  settings text NOT NULL,                    -- JSON
  origins  text NOT NULL,                    -- JSON: key and the file that said so
  PRIMARY KEY (version, vehicle)
);
CREATE INDEX profile_settings_vehicle ON profile_settings (vehicle, version);
