-- Owner: Assets. What was built into the roads: utility structures, humps, joints, rails.
CREATE TABLE road_structures (
  layer text NOT NULL,  -- the file's name for itself: ids are unique within one
  id text NOT NULL,
  kind bigint NOT NULL,  -- RoadStructureKind
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  accuracy_m double precision NOT NULL,
  PRIMARY KEY (layer, id)
);
