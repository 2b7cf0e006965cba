-- Owner: Tickets. Steps of escalation that requests have taken.
CREATE TABLE request_alerts (
  id text PRIMARY KEY,  -- request and step
  request text NOT NULL REFERENCES requests (number),
  kind text NOT NULL,  -- warning, breach, escalation
  percent bigint NOT NULL,  -- of the time to the target date
  notify text NOT NULL,  -- role
  at_ms bigint NOT NULL,
  target_ms bigint,
  acknowledged_ms bigint,
  acknowledged_by text,
  cleared_ms bigint  -- the request ended, or got more time
);
CREATE INDEX request_alerts_at ON request_alerts (at_ms DESC, id DESC);
CREATE INDEX request_alerts_open ON request_alerts (at_ms DESC, id DESC) WHERE acknowledged_ms IS NULL AND cleared_ms IS NULL;
CREATE INDEX request_alerts_request ON request_alerts (request);
