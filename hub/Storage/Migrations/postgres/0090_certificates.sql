-- Owner: Enrolment. Every certificate that was signed for a vehicle, the codes that vehicles are enrolled by, and what vehicles trust.
CREATE TABLE certificates (
  serial text PRIMARY KEY,
  vehicle text NOT NULL,
  issued_ms bigint NOT NULL,
  not_after_ms bigint NOT NULL,
  issued_by text NOT NULL,
  -- SHA-256 of the public key.
  key_hash text NOT NULL,
  pem text NOT NULL,
  revoked_ms bigint,
  revoked_why text
);
CREATE INDEX certificates_vehicle ON certificates (vehicle, issued_ms);
CREATE INDEX certificates_revoked ON certificates (revoked_ms, not_after_ms) WHERE revoked_ms IS NOT NULL;
-- Only hashes of codes are stored: reading this database enrols nobody.
CREATE TABLE enrolment_codes (
  hash text PRIMARY KEY,
  vehicle text NOT NULL,
  created_ms bigint NOT NULL,
  created_by text NOT NULL,
  expires_ms bigint NOT NULL,
  spent_ms bigint,
  serial text
);
CREATE INDEX enrolment_codes_vehicle ON enrolment_codes (vehicle);
CREATE INDEX enrolment_codes_expires ON enrolment_codes (expires_ms);
-- Fingerprints of the authorities that a vehicle says it trusts.
CREATE TABLE vehicle_trust (
  vehicle text PRIMARY KEY,
  authorities text NOT NULL,
  serial text NOT NULL,
  seen_ms bigint NOT NULL
);
-- Vehicles that were revoked, also those that never had a certificate of this hub, and when they were enrolled again since.
CREATE TABLE revoked_vehicles (
  vehicle text PRIMARY KEY,
  revoked_ms bigint NOT NULL,
  enrolled_ms bigint
);
-- Numbers what is told to the broker: a command beside a running hub is noticed by it.
CREATE TABLE identity_changes (
  number bigint NOT NULL
);
INSERT INTO identity_changes VALUES (0);
