-- Owner: WorkOrders. State columns are the fold of order_events, kept so that nobody has to fold to read.
CREATE TABLE work_orders (
  id         TEXT PRIMARY KEY,
  number     TEXT    NOT NULL UNIQUE,
  request    TEXT,                       -- null: made without one
  service    TEXT    NOT NULL,
  kind       TEXT    NOT NULL,           -- repair, make-safe, permanent, inspection
  party      TEXT,                       -- contractor whose work it is; null: the city's own
  title      TEXT    NOT NULL,
  address    TEXT,
  lat        REAL    NOT NULL,
  lon        REAL    NOT NULL,
  area       TEXT,                       -- JSON: corners of the area or ends of the block face
  stops      TEXT,                       -- JSON: stops of an inspection
  pole       TEXT,
  priority   INTEGER NOT NULL,
  target_ms  INTEGER,
  note       TEXT,
  by_crew    INTEGER NOT NULL,           -- found and fixed on the spot
  run_key    TEXT,                       -- crew, service, working day and area of what was fixed on the spot
  follows    TEXT,                       -- order whose temporary repair it makes permanent
  created_ms INTEGER NOT NULL,
  updated_ms INTEGER NOT NULL,
  state      TEXT    NOT NULL,
  crew       TEXT,
  vehicle    TEXT,
  reason     TEXT,
  seen       INTEGER NOT NULL,
  far        INTEGER NOT NULL,
  visits     INTEGER NOT NULL,
  points     INTEGER NOT NULL,           -- repair points
  resolution TEXT,
  until_ms   INTEGER,
  emergency  INTEGER NOT NULL,
  acknowledged INTEGER NOT NULL,
  done_ms    INTEGER,
  version    INTEGER NOT NULL,           -- rises with each change that a list shows
  changed_by TEXT    NOT NULL,
  aboard_vehicle TEXT,                   -- the vehicle that was sent it, and since which version of its orders
  aboard_version INTEGER,
  delivery   TEXT                        -- sent, on-vehicle, seen
) WITHOUT ROWID;
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
  vehicle   TEXT    NOT NULL,            -- 'hub' for the office
  epoch     TEXT    NOT NULL,
  seq       INTEGER NOT NULL,
  order_id  TEXT,
  kind      TEXT    NOT NULL,
  at_ms     INTEGER NOT NULL,            -- work time
  fix_ms    INTEGER NOT NULL,
  device_ms INTEGER NOT NULL,
  replay    INTEGER NOT NULL,
  crew      TEXT,
  shift     TEXT,
  member    TEXT,
  who       TEXT,                        -- the office's actor
  action    TEXT,
  undoes    TEXT,
  reason    TEXT,
  note      TEXT,
  automatic INTEGER NOT NULL,
  lat       REAL,
  lon       REAL,
  accuracy  REAL,
  distance  REAL,                        -- metres from the job
  far       INTEGER NOT NULL,
  resolution TEXT,
  until_ms  INTEGER,
  to_crew   TEXT,
  detail    TEXT,                        -- JSON: repair point, what was used
  PRIMARY KEY (vehicle, epoch, seq)
) WITHOUT ROWID;
CREATE INDEX order_events_order ON order_events (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX order_events_action ON order_events (action) WHERE action IS NOT NULL;
CREATE INDEX order_events_crew ON order_events (crew, at_ms) WHERE crew IS NOT NULL;
CREATE INDEX order_events_fills ON order_events (lat, lon) WHERE kind = 'FixedHere';
CREATE INDEX order_events_undoes ON order_events (undoes) WHERE undoes IS NOT NULL;

-- The version of the orders that each vehicle should hold.
CREATE TABLE vehicle_orders (
  vehicle TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  crew    TEXT
) WITHOUT ROWID;
CREATE INDEX vehicle_orders_crew ON vehicle_orders (crew);

CREATE TABLE order_numbers (
  year INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
);
