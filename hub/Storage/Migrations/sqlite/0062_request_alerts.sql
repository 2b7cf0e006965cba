-- Owner: Tickets. Steps of escalation that requests have taken.
CREATE TABLE request_alerts (
  id           TEXT PRIMARY KEY,         -- request and step
  request      TEXT    NOT NULL REFERENCES requests (number),
  kind         TEXT    NOT NULL,         -- warning, breach, escalation
  percent      INTEGER NOT NULL,         -- of the time to the target date
  notify       TEXT    NOT NULL,         -- role
  at_ms        INTEGER NOT NULL,
  target_ms    INTEGER,
  acknowledged_ms INTEGER,
  acknowledged_by TEXT,
  cleared_ms   INTEGER                   -- the request ended, or got more time
) WITHOUT ROWID;
CREATE INDEX request_alerts_at ON request_alerts (at_ms DESC, id DESC);
CREATE INDEX request_alerts_open ON request_alerts (at_ms DESC, id DESC) WHERE acknowledged_ms IS NULL AND cleared_ms IS NULL;
CREATE INDEX request_alerts_request ON request_alerts (request);
