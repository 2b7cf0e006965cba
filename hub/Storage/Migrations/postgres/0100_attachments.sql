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
  received_ms bigint NOT NULL,
  -- When its time was over: the row stays, the bytes are gone.
  removed_ms bigint
);
CREATE INDEX attachments_age ON attachments (received_ms) WHERE removed_ms IS NULL;
CREATE TABLE attachment_holds (
  sha256 text PRIMARY KEY,
  since_ms bigint NOT NULL,
  held_by text NOT NULL,
  reason text NOT NULL
);
