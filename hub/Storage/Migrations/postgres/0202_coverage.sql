-- Owner: Coverage. What was sensed on each street segment in each hour: sums of whole numbers, so that no order is left in them,
-- and nobody who drove there.
CREATE TABLE street_hours (
  segment       text    NOT NULL,
  hour_ms       bigint  NOT NULL,        -- begin of the hour, by GPS time
  stretches     bigint  NOT NULL,
  rough_length_dm bigint  NOT NULL,        -- of the stretches with a roughness
  rough_sum     bigint  NOT NULL,        -- thousandths of m/km times decimetres
  rms_sum       bigint  NOT NULL,        -- thousandths of m/s²
  shocks        bigint  NOT NULL,
  potholes      bigint  NOT NULL,
  lamp_passes   bigint  NOT NULL,
  lamps_lit     bigint  NOT NULL,
  lamps_dark    bigint  NOT NULL,
  lux_sum       bigint  NOT NULL,        -- thousandths of a lux
  unsent        bigint  NOT NULL,        -- 1 until the time series has it as it is
  PRIMARY KEY (segment, hour_ms)
);
CREATE INDEX street_hours_hour ON street_hours (hour_ms, segment);
CREATE INDEX street_hours_unsent ON street_hours (hour_ms, segment) WHERE unsent = 1;
