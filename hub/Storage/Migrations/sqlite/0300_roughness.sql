-- Owner: Roughness. What each vehicle felt on each 100 m of street and direction in each month, as sums of whole numbers, and what a
-- calibration across vehicles made of it. No pass by itself, no time finer than the newest day.
CREATE TABLE roughness_sums (
  month       INTEGER NOT NULL,        -- year times 12 plus month, by GPS time, UTC
  segment     TEXT    NOT NULL,
  piece       INTEGER NOT NULL,        -- which of the segment's equal pieces
  along       INTEGER NOT NULL,        -- 1 driven as the segment is drawn
  vehicle     TEXT    NOT NULL,
  length_dm   INTEGER NOT NULL,
  square_sum  INTEGER NOT NULL,        -- hundredths of (m/km)² times decimetres
  hum_sum     INTEGER NOT NULL,        -- what was taken off the squares, in the same unit
  speed_sum   INTEGER NOT NULL,        -- thousandths of the logarithm of speed over 10 m/s, times decimetres
  newest_day  INTEGER NOT NULL,        -- days since 1970
  PRIMARY KEY (month, segment, piece, along, vehicle)
) WITHOUT ROWID;
CREATE TABLE roughness_pieces (
  segment     TEXT    NOT NULL,
  piece       INTEGER NOT NULL,
  along       INTEGER NOT NULL,
  estimate_um INTEGER NOT NULL,        -- millionths of m/km
  error_um    INTEGER NOT NULL,
  passes_pm   INTEGER NOT NULL,        -- thousandths of a pass
  vehicles    INTEGER NOT NULL,
  newest_day  INTEGER NOT NULL,
  scale       INTEGER NOT NULL,        -- 0 none, 1 the fleet's mean vehicle, 2 a profiler
  run         INTEGER NOT NULL,
  PRIMARY KEY (segment, piece, along)
) WITHOUT ROWID;
CREATE TABLE roughness_vehicles (
  vehicle     TEXT    NOT NULL,
  month       INTEGER NOT NULL,
  offset_um   INTEGER NOT NULL,        -- millionths of a logarithm
  slope_um    INTEGER NOT NULL,
  error_um    INTEGER NOT NULL,
  pieces      INTEGER NOT NULL,
  shared      INTEGER NOT NULL,
  scale       INTEGER NOT NULL,
  run         INTEGER NOT NULL,
  PRIMARY KEY (vehicle, month)
) WITHOUT ROWID;
