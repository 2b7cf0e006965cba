-- Owner: Attachments. Photos, voice notes and signatures: what actions name, and what has arrived. The bytes are files.
CREATE TABLE attachment_uses (
  vehicle text NOT NULL,
  action text NOT NULL,
  sha256 text NOT NULL,
  type text NOT NULL,
  bytes bigint NOT NULL,
  named_ms bigint NOT NULL,
  refused text,
  PRIMARY KEY (action, vehicle, sha256)
);
CREATE INDEX attachment_uses_file ON attachment_uses (sha256, vehicle);
CREATE TABLE attachments (
  sha256 text PRIMARY KEY,
  type text NOT NULL,
  bytes bigint NOT NULL,
  vehicle text NOT NULL,
  received_ms bigint NOT NULL
);
