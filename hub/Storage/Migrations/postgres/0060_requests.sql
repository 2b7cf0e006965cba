-- Owner: Tickets.
CREATE TABLE requests (
  number text PRIMARY KEY,
  jurisdiction text NOT NULL,
  service text NOT NULL,  -- code of the catalogue
  title text NOT NULL,
  status text NOT NULL,  -- open, closed, withdrawn
  stage text NOT NULL,
  address text,
  segment text,
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  cell bigint NOT NULL,  -- fine grid
  priority bigint NOT NULL,
  source text NOT NULL,  -- sensor, crew, person, resident
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
  evidence_against bigint NOT NULL,
  evidence_last_ms bigint,              -- the last pass among them
  before_day   bigint NOT NULL,         -- the city's day on which the evidence last changed, and what was so when it began:
  before_for   bigint NOT NULL,         -- what is told outside for the rest of it
  before_against bigint NOT NULL,
  before_last_ms bigint,
  seen_change_ms bigint NOT NULL,       -- when something last changed that everybody may see
  version bigint NOT NULL,  -- counts its changes
  department text NOT NULL,
  district text,
  parent text,  -- the request that it repeats, whose status it follows
  reports bigint NOT NULL,  -- reports that repeat it
  resolution text,  -- code of the catalogue
  wait_reason text,  -- code of the catalogue, while it waits
  responsible text,  -- crew, contractor, referral, private, triage; null until somebody looked
  accepted bigint NOT NULL,  -- it has left review, or never needed one
  public_ms bigint,  -- since when it may be seen outside
  closed_ms bigint,
  attributes text,  -- JSON object of texts
  reported_address text,  -- as the report has it
  accuracy_m double precision,  -- of the reported place, as the reporter's device says
  point_lat bigint,  -- the reported place, 1e-6 degrees; null when no person said where
  point_lon bigint,
  pole_named bigint NOT NULL,  -- the report names the pole; else it is the nearest one
  place_doubtful bigint NOT NULL,  -- a geocoder's way to say that it does not know
  priority_set bigint NOT NULL,  -- by a person
  clock_from_ms bigint,  -- the target's clock runs since then; null while it stands
  clock_used_ms bigint NOT NULL,  -- open time that had passed by then
  escalated bigint NOT NULL,  -- steps of its escalation that are taken
  alert_ms bigint,  -- when the next one is due
  suspended text,  -- the event of the city that makes its target stand still
  seek         bigint NOT NULL,         -- its place in the order of what a search finds
  words        text    NOT NULL          -- under which it is found
);
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
  updated_ms bigint NOT NULL,
  reason text,  -- why it waits or could not be completed
  resolution text,  -- code of the catalogue
  closes bigint NOT NULL  -- whether that resolution ends the request
);
CREATE INDEX request_orders_request ON request_orders (request, number);

-- What happened, what people noted, and files; internal unless public_ms says since when it is not.
CREATE TABLE request_history (
  request text NOT NULL REFERENCES requests (number),
  n bigint NOT NULL,
  at_ms bigint NOT NULL,
  who text NOT NULL,
  kind text NOT NULL,  -- change, note, media
  what text NOT NULL,  -- for the city
  public_ms bigint,
  wording text,  -- for residents
  status text NOT NULL,  -- of the request then
  stage text NOT NULL,
  resolution text,
  file text,  -- SHA-256 of an attachment
  file_type text,
  PRIMARY KEY (request, n)
);
CREATE INDEX request_history_public ON request_history (public_ms, request, n) WHERE public_ms IS NOT NULL;
CREATE INDEX request_history_file ON request_history (file) WHERE file IS NOT NULL;

-- Services whose targets stand still, and why: also those of requests that are opened meanwhile.
CREATE TABLE suspended_services (
  service text PRIMARY KEY,
  cause text NOT NULL,
  from_ms bigint NOT NULL
);

CREATE TABLE request_numbers (
  year bigint PRIMARY KEY,
  last bigint NOT NULL
);
