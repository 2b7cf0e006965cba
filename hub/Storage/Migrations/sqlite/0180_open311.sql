-- Owner: Open311.
-- Who reported what; apart from the requests, so that nothing that reads those reads this.
CREATE TABLE open311_reporters (
  subject     TEXT PRIMARY KEY,          -- number of a request, token, or id of an update
  email       TEXT,
  phone       TEXT,
  first_name  TEXT,
  last_name   TEXT,
  device_id   TEXT,
  account_id  TEXT,
  received_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX open311_reporters_received ON open311_reporters (received_ms);

-- Reports that were answered with a token. Those without a request wait until somebody says where they are.
CREATE TABLE open311_tokens (
  token       TEXT PRIMARY KEY,
  request     TEXT,
  service     TEXT    NOT NULL,
  address     TEXT,
  address_id  TEXT,
  description TEXT,
  attributes  TEXT    NOT NULL,          -- JSON
  received_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX open311_tokens_waiting ON open311_tokens (received_ms, token) WHERE request IS NULL;

-- Links to pictures elsewhere, as the reporter gave them.
CREATE TABLE open311_links (
  subject TEXT    NOT NULL,
  n       INTEGER NOT NULL,
  url     TEXT    NOT NULL,
  PRIMARY KEY (subject, n)
) WITHOUT ROWID;

-- Updates that were taken from outside, by their sender's own id: sent again, they change nothing.
CREATE TABLE open311_updates (
  sender      TEXT    NOT NULL,          -- id of the key
  request     TEXT    NOT NULL,
  update_id   TEXT    NOT NULL,
  own_id      TEXT    NOT NULL,
  hash        TEXT    NOT NULL,
  received_ms INTEGER NOT NULL,
  PRIMARY KEY (sender, request, update_id)
) WITHOUT ROWID;
