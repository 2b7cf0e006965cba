-- Owner: WorkOrders. State columns are the fold of order_events, kept so that nobody has to fold to read.
CREATE TABLE work_orders (
  id text PRIMARY KEY,
  number text NOT NULL UNIQUE,
  request text,  -- null: made without one
  service text NOT NULL,
  kind text NOT NULL,  -- repair, make-safe, permanent, inspection
  party text,  -- contractor whose work it is; null: the city's own
  title text NOT NULL,
  address text,
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  area text,  -- JSON: corners of the area or ends of the block face
  stops text,  -- JSON: stops of an inspection
  pole text,
  priority bigint NOT NULL,
  target_ms bigint,
  note text,
  by_crew bigint NOT NULL,  -- found and fixed on the spot
  run_key text,  -- crew, service, working day and area of what was fixed on the spot
  follows text,  -- order whose temporary repair it makes permanent
  created_ms bigint NOT NULL,
  updated_ms bigint NOT NULL,
  state text NOT NULL,
  crew text,
  vehicle text,
  reason text,
  seen bigint NOT NULL,
  far bigint NOT NULL,
  visits bigint NOT NULL,
  points bigint NOT NULL,  -- repair points
  resolution text,
  until_ms bigint,
  emergency bigint NOT NULL,
  acknowledged bigint NOT NULL,
  done_ms bigint,
  version bigint NOT NULL,  -- rises with each change that a list shows
  changed_by text NOT NULL,
  aboard_vehicle text,  -- the vehicle that was sent it, and since which version of its orders
  aboard_version bigint,
  delivery text  -- sent, on-vehicle, seen
);
CREATE INDEX work_orders_state ON work_orders (state, priority, number);
CREATE INDEX work_orders_crew ON work_orders (crew, state);
CREATE INDEX work_orders_aboard ON work_orders (aboard_vehicle) WHERE aboard_vehicle IS NOT NULL;
CREATE INDEX work_orders_request ON work_orders (request);
CREATE UNIQUE INDEX work_orders_run ON work_orders (run_key) WHERE run_key IS NOT NULL;
CREATE INDEX work_orders_follows ON work_orders (follows) WHERE follows IS NOT NULL;
CREATE INDEX work_orders_party ON work_orders (party, number) WHERE party IS NOT NULL;
CREATE INDEX work_orders_unread ON work_orders (updated_ms) WHERE emergency=1 AND acknowledged=0;
CREATE INDEX work_orders_done ON work_orders (done_ms) WHERE done_ms IS NOT NULL;

-- What the office and the crews did; a crew's action on an order that the hub doesn't know is kept here too.
CREATE TABLE order_events (
  vehicle text NOT NULL,  -- 'hub' for the office
  epoch text NOT NULL,
  seq bigint NOT NULL,
  order_id text,
  kind text NOT NULL,
  at_ms bigint NOT NULL,  -- work time
  fix_ms bigint NOT NULL,
  device_ms bigint NOT NULL,
  replay bigint NOT NULL,
  crew text,
  shift text,
  member text,
  who text,  -- the office's actor
  action text,
  undoes text,
  reason text,
  note text,
  automatic bigint NOT NULL,
  lat double precision,
  lon double precision,
  accuracy double precision,
  distance double precision,  -- metres from the job
  far bigint NOT NULL,
  resolution text,
  until_ms bigint,
  to_crew text,
  detail text,  -- JSON: repair point, what was used
  PRIMARY KEY (vehicle, epoch, seq)
);
CREATE INDEX order_events_order ON order_events (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX order_events_action ON order_events (action) WHERE action IS NOT NULL;
CREATE INDEX order_events_crew ON order_events (crew, at_ms) WHERE crew IS NOT NULL;
CREATE INDEX order_events_fills ON order_events (lat, lon) WHERE kind = 'FixedHere';
CREATE INDEX order_events_undoes ON order_events (undoes) WHERE undoes IS NOT NULL;

-- The version of the orders that each vehicle should hold.
CREATE TABLE vehicle_orders (
  vehicle text PRIMARY KEY,
  version bigint NOT NULL,
  crew text
);
CREATE INDEX vehicle_orders_crew ON vehicle_orders (crew);

CREATE TABLE order_numbers (
  year bigint PRIMARY KEY,
  last bigint NOT NULL
);
