-- Owner: Assets. What was built into the roads: utility structures, humps, joints, rails.
CREATE TABLE road_structures (
  layer      TEXT NOT NULL,  -- the file's name for itself: ids are unique within one
  id         TEXT NOT NULL,
  kind       INTEGER NOT NULL,  -- RoadStructureKind
  lat        REAL NOT NULL,
  lon        REAL NOT NULL,
  accuracy_m REAL NOT NULL,
  PRIMARY KEY (layer, id)
);
