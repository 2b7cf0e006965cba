-- Owner: Tickets.
CREATE TABLE services (
  code text PRIMARY KEY,
  title text NOT NULL,
  target_days double precision NOT NULL  -- at priority 3
);
INSERT INTO services VALUES ('street-light-out', 'Street light out', 5), ('pothole', 'Pothole', 3);

CREATE TABLE requests (
  number text PRIMARY KEY,
  jurisdiction text NOT NULL,
  service text NOT NULL REFERENCES services (code),
  title text NOT NULL,
  status text NOT NULL,  -- open, closed, withdrawn
  stage text NOT NULL,
  address text,
  segment text,
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  cell bigint NOT NULL,  -- fine grid
  priority bigint NOT NULL,
  source text NOT NULL,  -- sensor, crew, person
  opened_ms bigint NOT NULL,
  target_ms bigint,
  updated_ms bigint NOT NULL,
  sampled_ms bigint,
  site text,
  pole text,
  description text,
  order_number text,
  crew_name text,
  evidence_for bigint NOT NULL,
  evidence_against bigint NOT NULL
);
CREATE INDEX requests_opened ON requests (opened_ms DESC, number DESC);
CREATE INDEX requests_status ON requests (status, opened_ms DESC, number DESC);
CREATE INDEX requests_updated ON requests (updated_ms);
CREATE INDEX requests_pole ON requests (pole) WHERE pole IS NOT NULL;
CREATE INDEX requests_site ON requests (site) WHERE site IS NOT NULL;
CREATE INDEX requests_place ON requests (service, cell);

-- A request may rest on several sites: shocks that noise split into neighbours.
CREATE TABLE request_sites (
  site text NOT NULL,
  request text NOT NULL REFERENCES requests (number),
  PRIMARY KEY (site, request)
);
CREATE INDEX request_sites_request ON request_sites (request);

-- Its work orders, as work orders tell.
CREATE TABLE request_orders (
  id text PRIMARY KEY,
  request text NOT NULL REFERENCES requests (number),
  number text NOT NULL,
  state text NOT NULL,
  crew text,
  crew_name text,
  vehicle text,
  updated_ms bigint NOT NULL
);
CREATE INDEX request_orders_request ON request_orders (request, number);

CREATE TABLE request_history (
  request text NOT NULL REFERENCES requests (number),
  n bigint NOT NULL,
  at_ms bigint NOT NULL,
  who text NOT NULL,
  what text NOT NULL,
  PRIMARY KEY (request, n)
);

CREATE TABLE request_numbers (
  year bigint PRIMARY KEY,
  last bigint NOT NULL
);
