-- Owner: Tickets. The numbers that requests have in other systems, which residents and other departments hold.
CREATE TABLE request_references (
  system    text NOT NULL,             -- which one
  reference text NOT NULL,             -- its number there
  request   text NOT NULL REFERENCES requests (number),
  PRIMARY KEY (system, reference)
);
CREATE INDEX request_references_request ON request_references (request);
CREATE INDEX request_references_reference ON request_references (reference);
