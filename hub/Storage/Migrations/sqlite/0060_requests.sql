-- Owner: Tickets.
CREATE TABLE services (
  code        TEXT PRIMARY KEY,
  title       TEXT    NOT NULL,
  target_days REAL    NOT NULL           -- at priority 3
) WITHOUT ROWID;
INSERT INTO services VALUES ('street-light-out', 'Street light out', 5), ('pothole', 'Pothole', 3);

CREATE TABLE requests (
  number       TEXT PRIMARY KEY,
  jurisdiction TEXT    NOT NULL,
  service      TEXT    NOT NULL REFERENCES services (code),
  title        TEXT    NOT NULL,
  status       TEXT    NOT NULL,         -- open, closed, withdrawn
  stage        TEXT    NOT NULL,
  address      TEXT,
  segment      TEXT,
  lat          REAL    NOT NULL,
  lon          REAL    NOT NULL,
  cell         INTEGER NOT NULL,         -- fine grid
  priority     INTEGER NOT NULL,
  source       TEXT    NOT NULL,         -- sensor, crew, person
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
  evidence_against INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX requests_opened ON requests (opened_ms DESC, number DESC);
CREATE INDEX requests_status ON requests (status, opened_ms DESC, number DESC);
CREATE INDEX requests_updated ON requests (updated_ms);
CREATE INDEX requests_pole ON requests (pole) WHERE pole IS NOT NULL;
CREATE INDEX requests_site ON requests (site) WHERE site IS NOT NULL;
CREATE INDEX requests_place ON requests (service, cell);

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
  updated_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX request_orders_request ON request_orders (request, number);

CREATE TABLE request_history (
  request TEXT    NOT NULL REFERENCES requests (number),
  n       INTEGER NOT NULL,
  at_ms   INTEGER NOT NULL,
  who     TEXT    NOT NULL,
  what    TEXT    NOT NULL,
  PRIMARY KEY (request, n)
) WITHOUT ROWID;

CREATE TABLE request_numbers (
  year INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
);
