-- Owner: Hazards. Dangers at places that crews and the office reported, and what vehicles are told of them.
CREATE TABLE hazards (
  id text NOT NULL PRIMARY KEY,  -- made of the action's id, so that one sent again is the same
  kind text NOT NULL,              -- wire-down, gas, sinkhole, flooding, ice, tree-down, debris, dog, sharps, work-zone, steel-plates
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  at_ms bigint NOT NULL,              -- work time
  until_ms bigint NOT NULL,              -- counts no longer after this
  received_ms bigint NOT NULL,
  crew text,                          -- null: the office
  vehicle text,
  who text,                          -- of the office
  ended_ms bigint,
  ended_by text                           -- null of an ended one: the crew took it back
);
CREATE INDEX hazards_standing ON hazards (until_ms) WHERE ended_ms IS NULL;
CREATE INDEX hazards_received ON hazards (received_ms, id);

CREATE TABLE hazard_state (
  id bigint NOT NULL PRIMARY KEY,  -- 1: one for all vehicles with a crew
  version bigint NOT NULL,
  content text NOT NULL               -- JSON
);
