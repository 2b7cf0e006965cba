-- Owner: Tickets. Which report repeats which request, why, and what the link moved, so that it can be undone.
CREATE TABLE request_links (
  child    TEXT    NOT NULL REFERENCES requests (number),
  n        INTEGER NOT NULL,             -- counts the links of a child
  parent   TEXT    NOT NULL REFERENCES requests (number),
  by_rule  INTEGER NOT NULL,             -- else by a person
  by_place INTEGER NOT NULL,             -- rests on where they are, not on a named asset or an address
  who      TEXT    NOT NULL,
  reasons  TEXT    NOT NULL,             -- one a line
  at_ms    INTEGER NOT NULL,
  undone_ms INTEGER,
  undone_by TEXT,
  stage    TEXT    NOT NULL,             -- the child's before
  wait_reason TEXT,
  sites    TEXT    NOT NULL,             -- that went from the child to the parent, one a line
  PRIMARY KEY (child, n)
) WITHOUT ROWID;
CREATE INDEX request_links_parent ON request_links (parent) WHERE undone_ms IS NULL;

-- How many reports named exactly this place. Many of them mean that a geocoder gave up there.
CREATE TABLE request_points (
  lat     INTEGER NOT NULL,              -- 1e-6 degrees
  lon     INTEGER NOT NULL,
  reports INTEGER NOT NULL,
  PRIMARY KEY (lat, lon)
) WITHOUT ROWID;
