-- Owner: Enrolment. Every certificate that was signed for a vehicle.
CREATE TABLE certificates (
  serial       TEXT    PRIMARY KEY,
  vehicle      TEXT    NOT NULL,
  issued_ms    INTEGER NOT NULL,
  not_after_ms INTEGER NOT NULL,
  issued_by    TEXT    NOT NULL
) WITHOUT ROWID;
CREATE INDEX certificates_vehicle ON certificates (vehicle, issued_ms);
