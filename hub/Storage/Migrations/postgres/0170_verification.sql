-- Owner: Verification. Repairs, and what later passes say about them.
CREATE TABLE repairs (
  source      text    NOT NULL PRIMARY KEY, -- work order
  request     text    NOT NULL,
  kind        text    NOT NULL,             -- lamp, pothole
  repaired_ms bigint NOT NULL,
  settled_ms  bigint NOT NULL,             -- passes count from here on
  until_ms    bigint NOT NULL,             -- nobody waits for passes after this
  state       text    NOT NULL,             -- settling, waiting, verified, doubtful, unverified
  clear       bigint NOT NULL,             -- passes without the defect
  found       bigint NOT NULL,
  vehicles    bigint NOT NULL,             -- different ones among those that found it clear
  first_ms    bigint,                      -- first and last of those passes
  last_ms     bigint,
  decided_ms  bigint,
  next_ms     bigint                       -- when to look again; NULL: never
);
CREATE INDEX repairs_next ON repairs (next_ms) WHERE next_ms IS NOT NULL;
CREATE INDEX repairs_request ON repairs (request);
CREATE INDEX repairs_state ON repairs (state, repaired_ms, source);
