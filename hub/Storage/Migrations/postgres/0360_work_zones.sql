-- Owner: WorkZones. Works on the roads that the city announced with a drawing.
CREATE TABLE work_zones (
  layer    text NOT NULL,  -- the feed's name for itself: ids are unique within one
  id       text NOT NULL,
  label    text NOT NULL,
  from_ms  bigint NOT NULL,  -- Unix milliseconds
  until_ms bigint NOT NULL,
  drawn    text NOT NULL,  -- GeoJSON geometry
  PRIMARY KEY (layer, id)
);
CREATE INDEX work_zones_until ON work_zones (until_ms);
