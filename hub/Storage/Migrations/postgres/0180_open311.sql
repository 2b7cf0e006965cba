-- Owner: Open311.
-- Who reported what; apart from the requests, so that nothing that reads those reads this.
CREATE TABLE open311_reporters (
  subject     text PRIMARY KEY,          -- number of a request, token, or id of an update
  email       text,
  phone       text,
  first_name  text,
  last_name   text,
  device_id   text,
  account_id  text,
  received_ms bigint NOT NULL
);
CREATE INDEX open311_reporters_received ON open311_reporters (received_ms);

-- Reports that were answered with a token. Those without a request wait until somebody says where they are.
CREATE TABLE open311_tokens (
  token       text PRIMARY KEY,
  request     text,
  service     text    NOT NULL,
  address     text,
  address_id  text,
  description text,
  attributes  text    NOT NULL,          -- JSON
  received_ms bigint NOT NULL
);
CREATE INDEX open311_tokens_waiting ON open311_tokens (received_ms, token) WHERE request IS NULL;

-- Links to pictures elsewhere, as the reporter gave them.
CREATE TABLE open311_links (
  subject text    NOT NULL,
  n       bigint NOT NULL,
  url     text    NOT NULL,
  PRIMARY KEY (subject, n)
);

-- Updates that were taken from outside, by their sender's own id: sent again, they change nothing.
CREATE TABLE open311_updates (
  sender      text    NOT NULL,          -- id of the key
  request     text    NOT NULL,
  update_id   text    NOT NULL,
  own_id      text    NOT NULL,
  hash        text    NOT NULL,
  received_ms bigint NOT NULL,
  PRIMARY KEY (sender, request, update_id)
);
