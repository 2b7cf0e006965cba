-- Owner: Sites. Observations are the truth; sites are their fold, kept so that nobody has to fold to read.
-- They lie by place and in canonical order, so that folding a place reads one stretch of a few pages, however much
-- is known of the rest of the city.
CREATE TABLE lamp_passes (
  pole text NOT NULL,  -- '' where it matches no pole of the inventory
  fix_ms bigint NOT NULL,
  vehicle text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  device_ms bigint NOT NULL,
  replay bigint NOT NULL,
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  verdict bigint NOT NULL,  -- LampVerdict
  confidence double precision NOT NULL,
  severity double precision NOT NULL,  -- lux
  likelihoods text,  -- of each share of the usual light, tenths of a natural logarithm
  doubt bigint,  -- LampDoubt
  detail text,  -- the observation as the vehicle sent it
  PRIMARY KEY (pole, fix_ms, vehicle, epoch, seq)
);

CREATE TABLE shocks (
  cell bigint NOT NULL,  -- fine grid
  fix_ms bigint NOT NULL,
  vehicle text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  device_ms bigint NOT NULL,
  replay bigint NOT NULL,
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  verdict bigint NOT NULL,  -- ShockKind
  confidence double precision NOT NULL,
  severity double precision NOT NULL,  -- m/s²
  detail text,
  PRIMARY KEY (cell, fix_ms, vehicle, epoch, seq)
);

-- Stretches without a shock, once for each coarse cell that they touch.
CREATE TABLE smooth_stretches (
  cell bigint NOT NULL,
  fix_ms bigint NOT NULL,
  vehicle text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  device_ms bigint NOT NULL,
  replay bigint NOT NULL,
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  to_lat double precision NOT NULL,
  to_lon double precision NOT NULL,
  severity double precision NOT NULL,
  PRIMARY KEY (cell, fix_ms, vehicle, epoch, seq)
);

-- What is known of the shocks in each bin of the finest grid: sums of whole numbers, so that no order is left in them.
CREATE TABLE shock_bins (
  tile bigint NOT NULL,  -- coarse grid
  bin bigint NOT NULL,
  weight bigint NOT NULL,  -- thousandths
  north bigint NOT NULL,  -- offset from the bin's corner, 1e-9 degrees, times weight
  east bigint NOT NULL,
  first_ms bigint NOT NULL,  -- the first shock by the canonical order
  first_vehicle text NOT NULL,
  first_epoch text NOT NULL,
  first_seq bigint NOT NULL,
  site text NOT NULL,
  PRIMARY KEY (tile, bin)
);
CREATE INDEX shock_bins_site ON shock_bins (site);

-- What crews found out on the spot; part of what a site is folded from.
CREATE TABLE site_marks (
  source text PRIMARY KEY,  -- the work order it comes from
  kind text NOT NULL,  -- lamp, pothole
  finding text NOT NULL,  -- repaired, not-found
  at_ms bigint NOT NULL,
  device_ms bigint NOT NULL,
  replay bigint NOT NULL,
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  pole text,
  cell bigint NOT NULL
);
CREATE INDEX site_marks_pole ON site_marks (pole, at_ms) WHERE pole IS NOT NULL;
CREATE INDEX site_marks_cell ON site_marks (cell, at_ms);

CREATE TABLE sites (
  id text PRIMARY KEY,
  kind text NOT NULL,
  pole text,
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  cell bigint,  -- potholes
  belief double precision NOT NULL,
  supported bigint NOT NULL,
  passes_for bigint NOT NULL,
  passes_against bigint NOT NULL,
  severity double precision NOT NULL,
  first_ms bigint NOT NULL,
  last_ms bigint NOT NULL,
  tipped text  -- key of the observation that made it supported
);
CREATE INDEX sites_cell ON sites (cell) WHERE cell IS NOT NULL;
CREATE INDEX sites_supported ON sites (kind) WHERE supported = 1;
CREATE INDEX sites_kind ON sites (kind, supported);
