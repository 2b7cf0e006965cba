-- Owner: Sites.
-- What a shock may have been, by the vehicle's own reckoning (the rest to one is rough road and others), and how it was driven
-- over; null for what was stored before vehicles told it.
ALTER TABLE shocks ADD COLUMN pothole double precision;
ALTER TABLE shocks ADD COLUMN casting double precision;  -- or a joint
ALTER TABLE shocks ADD COLUMN hump double precision;
ALTER TABLE shocks ADD COLUMN speed_mps double precision;
ALTER TABLE shocks ADD COLUMN course_deg double precision;
ALTER TABLE shocks ADD COLUMN hdop double precision;

-- Stretches with shocks are kept, too: they say that nothing was felt elsewhere on them.
ALTER TABLE smooth_stretches ADD COLUMN shocks bigint NOT NULL DEFAULT 0;
ALTER TABLE smooth_stretches ADD COLUMN speed_mps double precision;
ALTER TABLE smooth_stretches ADD COLUMN course_deg double precision;
ALTER TABLE smooth_stretches ADD COLUMN hdop double precision;
