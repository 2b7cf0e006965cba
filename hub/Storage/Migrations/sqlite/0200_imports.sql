-- Owner: Imports. The last reports on files of rows that a city brought.
CREATE TABLE imports (
  id    TEXT PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  body  TEXT    NOT NULL             -- JSON, with the first rejected rows
) WITHOUT ROWID;
CREATE INDEX imports_at ON imports (at_ms DESC, id DESC);
