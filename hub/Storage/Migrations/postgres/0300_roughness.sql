-- Owner: Roughness. What each vehicle felt on each 100 m of street and direction in each month, as sums of whole numbers, and what a
-- calibration across vehicles made of it. No pass by itself, no time finer than the newest day.
CREATE TABLE roughness_sums (
  month       bigint  NOT NULL,        -- year times 12 plus month, by GPS time, UTC
  segment     text    NOT NULL,
  piece       bigint  NOT NULL,        -- which of the segment's equal pieces
  along       bigint  NOT NULL,        -- 1 driven as the segment is drawn
  vehicle     text    NOT NULL,
  length_dm   bigint  NOT NULL,
  square_sum  bigint  NOT NULL,        -- hundredths of (m/km)² times decimetres
  hum_sum     bigint  NOT NULL,        -- what was taken off the squares, in the same unit
  speed_sum   bigint  NOT NULL,        -- thousandths of the logarithm of speed over 10 m/s, times decimetres
  newest_day  bigint  NOT NULL,        -- days since 1970
  PRIMARY KEY (month, segment, piece, along, vehicle)
);
CREATE TABLE roughness_pieces (
  segment     text    NOT NULL,
  piece       bigint  NOT NULL,
  along       bigint  NOT NULL,
  estimate_um bigint  NOT NULL,        -- millionths of m/km
  error_um    bigint  NOT NULL,
  passes_pm   bigint  NOT NULL,        -- thousandths of a pass
  vehicles    bigint  NOT NULL,
  newest_day  bigint  NOT NULL,
  scale       bigint  NOT NULL,        -- 0 none, 1 the fleet's mean vehicle, 2 a profiler
  run         bigint  NOT NULL,
  PRIMARY KEY (segment, piece, along)
);
CREATE TABLE roughness_vehicles (
  vehicle     text    NOT NULL,
  month       bigint  NOT NULL,
  offset_um   bigint  NOT NULL,        -- millionths of a logarithm
  slope_um    bigint  NOT NULL,
  error_um    bigint  NOT NULL,
  pieces      bigint  NOT NULL,
  shared      bigint  NOT NULL,
  scale       bigint  NOT NULL,
  run         bigint  NOT NULL,
  PRIMARY KEY (vehicle, month)
);
