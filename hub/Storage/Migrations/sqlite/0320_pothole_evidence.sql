-- Owner: Sites.
-- What a shock may have been, by the vehicle's own reckoning (the rest to one is rough road and others), and how it was driven
-- over; null for what was stored before vehicles told it.
ALTER TABLE shocks ADD COLUMN pothole REAL;
ALTER TABLE shocks ADD COLUMN casting REAL;  -- or a joint
ALTER TABLE shocks ADD COLUMN hump REAL;
ALTER TABLE shocks ADD COLUMN speed_mps REAL;
ALTER TABLE shocks ADD COLUMN course_deg REAL;
ALTER TABLE shocks ADD COLUMN hdop REAL;

-- Stretches with shocks are kept, too: they say that nothing was felt elsewhere on them.
ALTER TABLE smooth_stretches ADD COLUMN shocks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE smooth_stretches ADD COLUMN speed_mps REAL;
ALTER TABLE smooth_stretches ADD COLUMN course_deg REAL;
ALTER TABLE smooth_stretches ADD COLUMN hdop REAL;
