-- Owner: Enrolment. Every certificate that was signed for a vehicle, the codes that vehicles are enrolled by, and what vehicles trust.
CREATE TABLE certificates (
  serial       TEXT    PRIMARY KEY,
  vehicle      TEXT    NOT NULL,
  issued_ms    INTEGER NOT NULL,
  not_after_ms INTEGER NOT NULL,
  issued_by    TEXT    NOT NULL,
  -- SHA-256 of the public key.
  key_hash     TEXT    NOT NULL,
  pem          TEXT    NOT NULL,
  revoked_ms   INTEGER,
  revoked_why  TEXT
) WITHOUT ROWID;
CREATE INDEX certificates_vehicle ON certificates (vehicle, issued_ms);
CREATE INDEX certificates_revoked ON certificates (revoked_ms, not_after_ms) WHERE revoked_ms IS NOT NULL;
-- Only hashes of codes are stored: reading this database enrols nobody.
CREATE TABLE enrolment_codes (
  hash       TEXT    PRIMARY KEY,
  vehicle    TEXT    NOT NULL,
  created_ms INTEGER NOT NULL,
  created_by TEXT    NOT NULL,
  expires_ms INTEGER NOT NULL,
  spent_ms   INTEGER,
  serial     TEXT
) WITHOUT ROWID;
CREATE INDEX enrolment_codes_vehicle ON enrolment_codes (vehicle);
CREATE INDEX enrolment_codes_expires ON enrolment_codes (expires_ms);
-- Fingerprints of the authorities that a vehicle says it trusts.
CREATE TABLE vehicle_trust (
  vehicle     TEXT    PRIMARY KEY,
  authorities TEXT    NOT NULL,
  serial      TEXT    NOT NULL,
  seen_ms     INTEGER NOT NULL
) WITHOUT ROWID;
-- Vehicles that were revoked, also those that never had a certificate of this hub, and when they were enrolled again since.
CREATE TABLE revoked_vehicles (
  vehicle     TEXT    PRIMARY KEY,
  revoked_ms  INTEGER NOT NULL,
  enrolled_ms INTEGER
) WITHOUT ROWID;
-- Numbers what is told to the broker: a command beside a running hub is noticed by it.
CREATE TABLE identity_changes (
  number INTEGER NOT NULL
);
INSERT INTO identity_changes VALUES (0);
