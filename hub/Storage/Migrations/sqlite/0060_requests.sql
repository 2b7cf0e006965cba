-- Owner: Tickets.
CREATE TABLE requests (
  number       TEXT PRIMARY KEY,
  jurisdiction TEXT    NOT NULL,
  service      TEXT    NOT NULL,         -- code of the catalogue
  title        TEXT    NOT NULL,
  status       TEXT    NOT NULL,         -- open, closed, withdrawn
  stage        TEXT    NOT NULL,
  address      TEXT,
  segment      TEXT,
  lat          REAL    NOT NULL,
  lon          REAL    NOT NULL,
  cell         INTEGER NOT NULL,         -- fine grid
  priority     INTEGER NOT NULL,
  source       TEXT    NOT NULL,         -- sensor, crew, person, resident
  opened_ms    INTEGER NOT NULL,
  target_ms    INTEGER,
  updated_ms   INTEGER NOT NULL,
  sampled_ms   INTEGER,
  site         TEXT,
  pole         TEXT,
  description  TEXT,
  order_number TEXT,
  crew_name    TEXT,
  evidence_for INTEGER NOT NULL,
  evidence_against INTEGER NOT NULL,
  evidence_last_ms INTEGER,              -- the last pass among them
  before_day   INTEGER NOT NULL,         -- the city's day on which the evidence last changed, and what was so when it began:
  before_for   INTEGER NOT NULL,         -- what is told outside for the rest of it
  before_against INTEGER NOT NULL,
  before_last_ms INTEGER,
  seen_change_ms INTEGER NOT NULL,       -- when something last changed that everybody may see
  version      INTEGER NOT NULL,         -- counts its changes
  department   TEXT    NOT NULL,
  district     TEXT,
  parent       TEXT,                     -- the request that it repeats, whose status it follows
  reports      INTEGER NOT NULL,         -- reports that repeat it
  resolution   TEXT,                     -- code of the catalogue
  wait_reason  TEXT,                     -- code of the catalogue, while it waits
  responsible  TEXT,                     -- crew, contractor, referral, private, triage; null until somebody looked
  accepted     INTEGER NOT NULL,         -- it has left review, or never needed one
  public_ms    INTEGER,                  -- since when it may be seen outside
  closed_ms    INTEGER,
  attributes   TEXT,                     -- JSON object of texts
  reported_address TEXT,                 -- as the report has it
  accuracy_m   REAL,                     -- of the reported place, as the reporter's device says
  point_lat    INTEGER,                  -- the reported place, 1e-6 degrees; null when no person said where
  point_lon    INTEGER,
  pole_named   INTEGER NOT NULL,         -- the report names the pole; else it is the nearest one
  place_doubtful INTEGER NOT NULL,       -- a geocoder's way to say that it does not know
  priority_set INTEGER NOT NULL,         -- by a person
  clock_from_ms INTEGER,                 -- the target's clock runs since then; null while it stands
  clock_used_ms INTEGER NOT NULL,        -- open time that had passed by then
  escalated    INTEGER NOT NULL,         -- steps of its escalation that are taken
  alert_ms     INTEGER,                  -- when the next one is due
  suspended    TEXT,                     -- the event of the city that makes its target stand still
  seek         INTEGER NOT NULL,         -- its place in the order of what a search finds
  words        TEXT    NOT NULL          -- under which it is found
) WITHOUT ROWID;
CREATE INDEX requests_seek ON requests (seek);
CREATE INDEX requests_suspended ON requests (service, number) WHERE suspended IS NOT NULL;
CREATE INDEX requests_opened ON requests (opened_ms DESC, number DESC);
CREATE INDEX requests_status ON requests (status, opened_ms DESC, number DESC);
CREATE INDEX requests_service ON requests (service, opened_ms DESC, number DESC);
CREATE INDEX requests_service_status ON requests (service, status, opened_ms DESC, number DESC);
CREATE INDEX requests_updated ON requests (updated_ms);
CREATE INDEX requests_seen_change ON requests (seen_change_ms DESC, number DESC);
CREATE INDEX requests_pole ON requests (pole) WHERE pole IS NOT NULL;
CREATE INDEX requests_site ON requests (site) WHERE site IS NOT NULL;
CREATE INDEX requests_place ON requests (service, cell);
CREATE INDEX requests_parent ON requests (parent) WHERE parent IS NOT NULL;
CREATE INDEX requests_point ON requests (point_lat, point_lon) WHERE point_lat IS NOT NULL;
CREATE INDEX requests_alert ON requests (alert_ms) WHERE alert_ms IS NOT NULL;

-- The same words, indexed by whole words and by beginnings of up to eight letters. It holds no text, only where words are.
CREATE VIRTUAL TABLE request_search USING fts5(
  words, content='', contentless_delete=1, detail=none, prefix='1 2 3 4 5 6 7 8', tokenize="ascii tokenchars '#=_'");
CREATE TRIGGER request_search_add AFTER INSERT ON requests BEGIN
  INSERT INTO request_search (rowid, words) VALUES (new.seek, new.words);
END;
CREATE TRIGGER request_search_change AFTER UPDATE OF words ON requests WHEN old.words<>new.words BEGIN
  DELETE FROM request_search WHERE rowid=old.seek;
  INSERT INTO request_search (rowid, words) VALUES (new.seek, new.words);
END;
CREATE TRIGGER request_search_remove AFTER DELETE ON requests BEGIN
  DELETE FROM request_search WHERE rowid=old.seek;
END;

-- A request may rest on several sites: shocks that noise split into neighbours.
CREATE TABLE request_sites (
  site    TEXT NOT NULL,
  request TEXT NOT NULL REFERENCES requests (number),
  PRIMARY KEY (site, request)
) WITHOUT ROWID;
CREATE INDEX request_sites_request ON request_sites (request);

-- Its work orders, as work orders tell.
CREATE TABLE request_orders (
  id         TEXT PRIMARY KEY,
  request    TEXT    NOT NULL REFERENCES requests (number),
  number     TEXT    NOT NULL,
  state      TEXT    NOT NULL,
  crew       TEXT,
  crew_name  TEXT,
  vehicle    TEXT,
  updated_ms INTEGER NOT NULL,
  reason     TEXT,                       -- why it waits or could not be completed
  resolution TEXT,                       -- code of the catalogue
  closes     INTEGER NOT NULL            -- whether that resolution ends the request
) WITHOUT ROWID;
CREATE INDEX request_orders_request ON request_orders (request, number);

-- What happened, what people noted, and files; internal unless public_ms says since when it is not.
CREATE TABLE request_history (
  request TEXT    NOT NULL REFERENCES requests (number),
  n       INTEGER NOT NULL,
  at_ms   INTEGER NOT NULL,
  who     TEXT    NOT NULL,
  kind    TEXT    NOT NULL,              -- change, note, media
  what    TEXT    NOT NULL,              -- for the city
  public_ms INTEGER,
  wording TEXT,                          -- for residents
  status  TEXT    NOT NULL,              -- of the request then
  stage   TEXT    NOT NULL,
  resolution TEXT,
  file    TEXT,                          -- SHA-256 of an attachment
  file_type TEXT,
  PRIMARY KEY (request, n)
) WITHOUT ROWID;
CREATE INDEX request_history_public ON request_history (public_ms, request, n) WHERE public_ms IS NOT NULL;
CREATE INDEX request_history_file ON request_history (file) WHERE file IS NOT NULL;

-- Services whose targets stand still, and why: also those of requests that are opened meanwhile.
CREATE TABLE suspended_services (
  service TEXT PRIMARY KEY,
  cause   TEXT    NOT NULL,
  from_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE request_numbers (
  year INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
);
