-- Owner: WorkOrders. What orders cost, alerts of crews, events of the city, inspection routes, contractors' sign-ins.

-- Folded from an order's history and the table of rates each time the order is folded.
CREATE TABLE order_costs (
  order_id TEXT    NOT NULL,
  n        INTEGER NOT NULL,
  at_ms    INTEGER NOT NULL,             -- work time
  crew     TEXT,
  code     TEXT    NOT NULL,             -- of the table of rates
  kind     TEXT    NOT NULL,             -- labour, equipment, material, unit
  quantity REAL    NOT NULL,
  unit     TEXT    NOT NULL,
  cents    INTEGER NOT NULL,
  source   TEXT    NOT NULL,             -- measured, tapped, preset
  PRIMARY KEY (order_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_costs_at ON order_costs (at_ms);

CREATE TABLE crew_alerts (
  id              TEXT    PRIMARY KEY,   -- the action's own id
  kind            TEXT    NOT NULL,      -- duress
  at_ms           INTEGER NOT NULL,      -- work time
  received_ms     INTEGER NOT NULL,
  crew            TEXT,
  vehicle         TEXT    NOT NULL,
  member          TEXT,
  order_id        TEXT,
  lat             REAL,
  lon             REAL,
  note            TEXT,
  taken_back_ms   INTEGER,
  acknowledged_ms INTEGER,
  acknowledged_by TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX crew_alerts_received ON crew_alerts (received_ms, id);
CREATE INDEX crew_alerts_standing ON crew_alerts (received_ms, id) WHERE acknowledged_ms IS NULL;

CREATE TABLE city_events (
  id            TEXT    PRIMARY KEY,
  kind          TEXT    NOT NULL,        -- snow, flood, wind, heat, other
  name          TEXT    NOT NULL,
  suspends      TEXT    NOT NULL,        -- JSON: services whose targets stand still
  services      TEXT    NOT NULL,        -- JSON: services whose work belongs to it; empty: all
  reimbursement TEXT,                    -- tag of the work, such as a disaster's number
  from_ms       INTEGER NOT NULL,
  to_ms         INTEGER,
  begun_by      TEXT    NOT NULL,
  ended_by      TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX city_events_from ON city_events (from_ms, id);

CREATE TABLE inspection_routes (
  id         TEXT    PRIMARY KEY,
  name       TEXT    NOT NULL,
  service    TEXT    NOT NULL,
  crew       TEXT,
  stops      TEXT    NOT NULL,           -- JSON
  every_days INTEGER NOT NULL,
  at_minute  INTEGER NOT NULL,           -- of the city's local day
  next_day   TEXT    NOT NULL,           -- local date of the next order
  next_ms    INTEGER NOT NULL,
  active     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX inspection_routes_next ON inspection_routes (next_ms, id) WHERE active = 1;

-- Which contractor a person or key of the role contractor works for.
CREATE TABLE contractor_members (
  actor    TEXT    PRIMARY KEY,
  party    TEXT    NOT NULL,
  added_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
