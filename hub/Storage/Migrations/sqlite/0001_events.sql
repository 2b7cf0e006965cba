-- Owner: Storage. One row for each reaction that still has to see an event.
CREATE TABLE event_pending (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  reaction      TEXT    NOT NULL,
  body          TEXT    NOT NULL,
  raised_ms     INTEGER NOT NULL,
  not_before_ms INTEGER NOT NULL,
  attempts      INTEGER NOT NULL DEFAULT 0,
  error         TEXT
);
-- In the order in which they are taken, so that a long line costs the next hundred nothing. Rows that wait for another try are few.
CREATE INDEX event_pending_due ON event_pending (reaction, id);
