-- Owner: WorkOrders. What orders cost, alerts of crews, events of the city, inspection routes, contractors' sign-ins.

-- Folded from an order's history and the table of rates each time the order is folded.
CREATE TABLE order_costs (
  order_id text NOT NULL,
  n bigint NOT NULL,
  at_ms bigint NOT NULL,  -- work time
  crew text,
  code text NOT NULL,  -- of the table of rates
  kind text NOT NULL,  -- labour, equipment, material, unit
  quantity double precision NOT NULL,
  unit text NOT NULL,
  cents bigint NOT NULL,
  source text NOT NULL,  -- measured, tapped, preset
  PRIMARY KEY (order_id, n)
);
CREATE INDEX order_costs_at ON order_costs (at_ms);

CREATE TABLE crew_alerts (
  id text PRIMARY KEY,  -- the action's own id
  kind text NOT NULL,  -- duress
  at_ms bigint NOT NULL,  -- work time
  received_ms bigint NOT NULL,
  crew text,
  vehicle text NOT NULL,
  member text,
  order_id text,
  lat double precision,
  lon double precision,
  note text,
  taken_back_ms bigint,
  acknowledged_ms bigint,
  acknowledged_by text
);
CREATE INDEX crew_alerts_received ON crew_alerts (received_ms, id);
CREATE INDEX crew_alerts_standing ON crew_alerts (received_ms, id) WHERE acknowledged_ms IS NULL;

CREATE TABLE city_events (
  id text PRIMARY KEY,
  kind text NOT NULL,  -- snow, flood, wind, heat, other
  name text NOT NULL,
  suspends text NOT NULL,  -- JSON: services whose targets stand still
  services text NOT NULL,  -- JSON: services whose work belongs to it; empty: all
  reimbursement text,  -- tag of the work, such as a disaster's number
  from_ms bigint NOT NULL,
  to_ms bigint,
  begun_by text NOT NULL,
  ended_by text
);
CREATE INDEX city_events_from ON city_events (from_ms, id);

CREATE TABLE inspection_routes (
  id text PRIMARY KEY,
  name text NOT NULL,
  service text NOT NULL,
  crew text,
  stops text NOT NULL,  -- JSON
  every_days bigint NOT NULL,
  at_minute bigint NOT NULL,  -- of the city's local day
  next_day text NOT NULL,  -- local date of the next order
  next_ms bigint NOT NULL,
  active bigint NOT NULL
);
CREATE INDEX inspection_routes_next ON inspection_routes (next_ms, id) WHERE active = 1;

-- Which contractor a person or key of the role contractor works for.
CREATE TABLE contractor_members (
  actor text PRIMARY KEY,
  party text NOT NULL,
  added_ms bigint NOT NULL
);
