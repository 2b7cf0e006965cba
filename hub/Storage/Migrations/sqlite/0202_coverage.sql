-- Owner: Coverage. What was sensed on each street segment in each hour: sums of whole numbers, so that no order is left in them,
-- and nobody who drove there.
CREATE TABLE street_hours (
  segment       TEXT    NOT NULL,
  hour_ms       INTEGER NOT NULL,        -- begin of the hour, by GPS time
  stretches     INTEGER NOT NULL,
  rough_length_dm INTEGER NOT NULL,        -- of the stretches with a roughness
  rough_sum     INTEGER NOT NULL,        -- thousandths of m/km times decimetres
  rms_sum       INTEGER NOT NULL,        -- thousandths of m/s²
  shocks        INTEGER NOT NULL,
  potholes      INTEGER NOT NULL,
  lamp_passes   INTEGER NOT NULL,
  lamps_lit     INTEGER NOT NULL,
  lamps_dark    INTEGER NOT NULL,
  lux_sum       INTEGER NOT NULL,        -- thousandths of a lux
  unsent        INTEGER NOT NULL,        -- 1 until the time series has it as it is
  PRIMARY KEY (segment, hour_ms)
) WITHOUT ROWID;
CREATE INDEX street_hours_hour ON street_hours (hour_ms, segment);
CREATE INDEX street_hours_unsent ON street_hours (hour_ms, segment) WHERE unsent = 1;
