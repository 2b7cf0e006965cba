-- Owner: Imports. The last reports on files of rows that a city brought.
CREATE TABLE imports (
  id    text PRIMARY KEY,
  at_ms bigint NOT NULL,
  body  text   NOT NULL              -- JSON, with the first rejected rows
);
CREATE INDEX imports_at ON imports (at_ms DESC, id DESC);
