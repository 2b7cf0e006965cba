-- Owner: Verification. Repairs, and what later passes say about them.
CREATE TABLE repairs (
  source      TEXT    NOT NULL PRIMARY KEY, -- work order
  request     TEXT    NOT NULL,
  kind        TEXT    NOT NULL,             -- lamp, pothole
  repaired_ms INTEGER NOT NULL,
  settled_ms  INTEGER NOT NULL,             -- passes count from here on
  until_ms    INTEGER NOT NULL,             -- nobody waits for passes after this
  state       TEXT    NOT NULL,             -- settling, waiting, verified, doubtful, unverified
  clear       INTEGER NOT NULL,             -- passes without the defect
  found       INTEGER NOT NULL,
  vehicles    INTEGER NOT NULL,             -- different ones among those that found it clear
  first_ms    INTEGER,                      -- first and last of those passes
  last_ms     INTEGER,
  decided_ms  INTEGER,
  next_ms     INTEGER                       -- when to look again; NULL: never
) STRICT, WITHOUT ROWID;
CREATE INDEX repairs_next ON repairs (next_ms) WHERE next_ms IS NOT NULL;
CREATE INDEX repairs_request ON repairs (request);
CREATE INDEX repairs_state ON repairs (state, repaired_ms, source);
