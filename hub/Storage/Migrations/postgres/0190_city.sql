-- Owner: CitySystem. What goes to the city's own 311 system and comes from it.
CREATE TABLE city_pushes (
  id             TEXT    NOT NULL PRIMARY KEY,
  request        TEXT    NOT NULL,
  n              bigint NOT NULL,       -- order among the pushes of one request; 0 is the request itself
  kind           TEXT    NOT NULL,       -- request, update
  marker         TEXT    NOT NULL UNIQUE,
  body           TEXT    NOT NULL,       -- JSON of what is sent, the same at every attempt
  state          TEXT    NOT NULL,
  attempts       bigint NOT NULL,
  troubles       bigint NOT NULL,
  due_ms         bigint,                -- null: nothing happens by itself any more
  first_sent_ms  bigint,
  sent_ms        bigint,
  visible_ms     bigint,
  token          TEXT,
  remote         TEXT,
  second         TEXT,
  cause          TEXT,
  fence          bigint NOT NULL,
  lease_owner    TEXT,
  lease_until_ms bigint,
  created_ms     bigint NOT NULL,
  updated_ms     bigint NOT NULL,
  UNIQUE (request, n)
);
CREATE INDEX city_pushes_due ON city_pushes (due_ms, id) WHERE due_ms IS NOT NULL;
CREATE INDEX city_pushes_state ON city_pushes (state, created_ms DESC, id DESC);
CREATE INDEX city_pushes_created ON city_pushes (created_ms DESC, id DESC);

CREATE TABLE city_push_log (
  push  TEXT    NOT NULL REFERENCES city_pushes (id),
  n     bigint NOT NULL,
  at_ms bigint NOT NULL,
  what  TEXT    NOT NULL,
  PRIMARY KEY (push, n)
);

-- Ids at the city. They stay here: requests know nothing of them.
CREATE TABLE city_links (
  request           TEXT    NOT NULL PRIMARY KEY,
  remote            TEXT,                -- null until the city has given one
  origin            TEXT,                -- push, pull, person
  told              TEXT,                -- our newest stage that the city was told or told us
  remote_status     TEXT,
  remote_notes      TEXT,
  remote_updated_ms bigint,
  applied_ms        bigint,             -- our change time after the city's newest change was taken over
  checked_ms        bigint,
  linked_ms         bigint,
  marker_kept       bigint,             -- 1: the city's list gave our marker back
  place_kept        bigint              -- 1: it gave our coordinates back
);
CREATE INDEX city_links_remote ON city_links (remote) WHERE remote IS NOT NULL;
CREATE INDEX city_links_newest ON city_links (linked_ms DESC, request DESC) WHERE marker_kept IS NOT NULL;
CREATE INDEX city_links_checked ON city_links (checked_ms, request) WHERE remote IS NOT NULL;

-- Rows of the city that cannot be taken over yet, with why.
CREATE TABLE city_inbox (
  remote   TEXT    NOT NULL PRIMARY KEY,
  body     TEXT    NOT NULL,
  reason   TEXT    NOT NULL,
  first_ms bigint NOT NULL
);

-- Updates of the city that were taken over: repeats do nothing.
CREATE TABLE city_updates (
  id    TEXT    NOT NULL PRIMARY KEY,
  at_ms bigint NOT NULL
);
CREATE INDEX city_updates_at ON city_updates (at_ms);

CREATE TABLE city_state (
  id             bigint NOT NULL PRIMARY KEY,
  pulled_to_ms   bigint,                -- everything at the city up to then is here
  last_pull_ms   bigint,
  last_push_ms   bigint,
  fault          TEXT,
  fence          bigint NOT NULL,
  lease_owner    TEXT,
  lease_until_ms bigint,
  due_ms         bigint NOT NULL
);
INSERT INTO city_state (id, fence, due_ms) VALUES (1, 0, 0);
CREATE INDEX city_pushes_second ON city_pushes (id) WHERE second IS NOT NULL;
