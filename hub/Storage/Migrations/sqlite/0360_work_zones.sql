-- Owner: WorkZones. Works on the roads that the city announced with a drawing.
CREATE TABLE work_zones (
  layer    TEXT NOT NULL,  -- the feed's name for itself: ids are unique within one
  id       TEXT NOT NULL,
  label    TEXT NOT NULL,
  from_ms  INTEGER NOT NULL,  -- Unix milliseconds
  until_ms INTEGER NOT NULL,
  drawn    TEXT NOT NULL,  -- GeoJSON geometry
  PRIMARY KEY (layer, id)
);
CREATE INDEX work_zones_until ON work_zones (until_ms);
