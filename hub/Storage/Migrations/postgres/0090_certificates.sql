-- Owner: Enrolment. Every certificate that was signed for a vehicle.
CREATE TABLE certificates (
  serial text PRIMARY KEY,
  vehicle text NOT NULL,
  issued_ms bigint NOT NULL,
  not_after_ms bigint NOT NULL,
  issued_by text NOT NULL
);
CREATE INDEX certificates_vehicle ON certificates (vehicle, issued_ms);
