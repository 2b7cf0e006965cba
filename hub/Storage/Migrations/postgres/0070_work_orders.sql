-- Owner: WorkOrders. State columns are the fold of order_events, kept so that nobody has to fold to read.
CREATE TABLE work_orders (
  id text PRIMARY KEY,
  number text NOT NULL UNIQUE,
  request text NOT NULL,
  service text NOT NULL,
  title text NOT NULL,
  address text,
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  pole text,
  priority bigint NOT NULL,
  target_ms bigint,
  note text,
  by_crew bigint NOT NULL,  -- found and fixed on the spot
  created_ms bigint NOT NULL,
  updated_ms bigint NOT NULL,
  state text NOT NULL,
  crew text,
  vehicle text,
  reason text,
  seen bigint NOT NULL,
  far bigint NOT NULL,
  visits bigint NOT NULL,
  done_ms bigint,
  aboard_vehicle text,  -- the vehicle that was sent it, and since which version of its orders
  aboard_version bigint,
  delivery text  -- sent, on-vehicle, seen
);
CREATE INDEX work_orders_state ON work_orders (state, priority, number);
CREATE INDEX work_orders_crew ON work_orders (crew, state);
CREATE INDEX work_orders_aboard ON work_orders (aboard_vehicle) WHERE aboard_vehicle IS NOT NULL;
CREATE INDEX work_orders_request ON work_orders (request);

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
  PRIMARY KEY (vehicle, epoch, seq)
);
CREATE INDEX order_events_order ON order_events (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX order_events_action ON order_events (action) WHERE action IS NOT NULL;
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
