-- Owner: Tickets. The numbers that requests have in other systems, which residents and other departments hold.
CREATE TABLE request_references (
  system    TEXT NOT NULL,             -- which one
  reference TEXT NOT NULL,             -- its number there
  request   TEXT NOT NULL REFERENCES requests (number),
  PRIMARY KEY (system, reference)
) WITHOUT ROWID;
CREATE INDEX request_references_request ON request_references (request);
CREATE INDEX request_references_reference ON request_references (reference);
