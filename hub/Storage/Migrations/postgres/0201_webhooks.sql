-- Owner: Webhooks. Other systems that are told of public requests, and of what each has yet to hear.
CREATE TABLE webhooks (
  id              TEXT    NOT NULL PRIMARY KEY,
  url             TEXT    NOT NULL,
  description     TEXT    NOT NULL,
  events          TEXT    NOT NULL,      -- separated by commas
  services        TEXT    NOT NULL,      -- separated by commas; empty: all
  secret_n        bigint  NOT NULL,      -- counts its secrets, which are stored nowhere
  secret_check    TEXT    NOT NULL,
  state           TEXT    NOT NULL,      -- active, disabled
  cause           TEXT,
  failures        bigint  NOT NULL,
  failing_ms      bigint,
  due_ms          bigint,               -- not before; null: at once
  fence           bigint  NOT NULL,
  lease_until_ms  bigint,
  last_n          bigint  NOT NULL,      -- counts its events
  dropped         bigint  NOT NULL,
  delivered_ms    bigint,
  delivered_event TEXT,
  created_ms      bigint  NOT NULL
);

-- One row for each request that a subscription knows or is to hear of: only the newest state counts, so news never pile up.
CREATE TABLE webhook_requests (
  webhook    TEXT   NOT NULL REFERENCES webhooks (id),
  request    TEXT   NOT NULL,             -- empty: a ping
  told       TEXT,                        -- status that it knows: open, closed
  digest     TEXT,                        -- of what it was shown
  place      bigint,                      -- in the order of delivery; null: nothing is waiting
  event_n    bigint NOT NULL,
  failures   bigint NOT NULL,             -- refusals of this news; those behind it go on
  failing_ms bigint,
  due_ms     bigint,                      -- not before; null: at once
  cause      TEXT,
  PRIMARY KEY (webhook, request)
);
CREATE INDEX webhook_requests_place ON webhook_requests (webhook, place) WHERE place IS NOT NULL;
CREATE INDEX webhook_requests_refused ON webhook_requests (webhook, failing_ms) WHERE failures > 0;
