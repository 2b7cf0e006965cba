-- Owner: Automation. How far sensors may open requests by themselves, what was proposed, and what crews found there.
CREATE TABLE automation_areas (
  service      TEXT    NOT NULL,
  district     TEXT    NOT NULL,         -- '' for what lies in none
  mode         TEXT    NOT NULL,         -- shadow, review, automatic
  cap          INTEGER,                  -- requests a day; NULL: as the settings say
  fell_back_ms INTEGER,                  -- automatic ended by itself, and nobody has chosen since
  changed_ms   INTEGER NOT NULL,
  changed_by   TEXT    NOT NULL,
  PRIMARY KEY (service, district)
) STRICT, WITHOUT ROWID;

-- Every request that sensors opened, and under which rules.
CREATE TABLE proposals (
  request        TEXT    NOT NULL PRIMARY KEY,
  service        TEXT    NOT NULL,
  district       TEXT    NOT NULL,
  state          TEXT    NOT NULL,       -- review, held, accepted, automatic, rejected
  rule           TEXT    NOT NULL,
  passes_for     INTEGER NOT NULL,       -- as it was proposed
  passes_against INTEGER NOT NULL,
  belief         REAL    NOT NULL,
  proposed_ms    INTEGER NOT NULL,
  follow_up_of   TEXT,                   -- the request whose repair it puts in doubt
  decided_ms     INTEGER,
  decided_by     TEXT,
  reason         TEXT,
  note           TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX proposals_area ON proposals (service, district, state, decided_ms);
CREATE INDEX proposals_follow_up ON proposals (follow_up_of) WHERE follow_up_of IS NOT NULL;

-- Sites that would be requests, were their service not in shadow.
CREATE TABLE shadow_proposals (
  site           TEXT    NOT NULL PRIMARY KEY,
  service        TEXT    NOT NULL,
  district       TEXT    NOT NULL,
  supported      INTEGER NOT NULL,
  passes_for     INTEGER NOT NULL,
  passes_against INTEGER NOT NULL,
  first_ms       INTEGER NOT NULL,
  last_ms        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What crews found where sensors had proposed work: the precision that is published.
CREATE TABLE field_labels (
  source   TEXT    NOT NULL PRIMARY KEY, -- work order
  request  TEXT    NOT NULL,
  service  TEXT    NOT NULL,
  district TEXT    NOT NULL,
  label    TEXT    NOT NULL,             -- confirmed, not-found, other-defect, other-owner
  at_ms    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX field_labels_area ON field_labels (service, district, at_ms, source);
CREATE INDEX field_labels_request ON field_labels (request);

CREATE TABLE automation_days (
  service  TEXT    NOT NULL,
  district TEXT    NOT NULL,
  day      INTEGER NOT NULL,             -- yyyymmdd by the city's clock
  opened   INTEGER NOT NULL,
  PRIMARY KEY (service, district, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX shadow_proposals_area ON shadow_proposals (service, district, supported);
CREATE INDEX automation_days_day ON automation_days (day);
