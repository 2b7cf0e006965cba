-- Owner: Hazards. Dangers at places that crews and the office reported, and what vehicles are told of them.
CREATE TABLE hazards (
  id          TEXT    NOT NULL PRIMARY KEY,  -- made of the action's id, so that one sent again is the same
  kind        TEXT    NOT NULL,              -- wire-down, gas, sinkhole, flooding, ice, tree-down, debris, dog, sharps, work-zone, steel-plates
  lat         REAL    NOT NULL,
  lon         REAL    NOT NULL,
  at_ms       INTEGER NOT NULL,              -- work time
  until_ms    INTEGER NOT NULL,              -- counts no longer after this
  received_ms INTEGER NOT NULL,
  crew        TEXT,                          -- null: the office
  vehicle     TEXT,
  who         TEXT,                          -- of the office
  ended_ms    INTEGER,
  ended_by    TEXT                           -- null of an ended one: the crew took it back
) STRICT, WITHOUT ROWID;
CREATE INDEX hazards_standing ON hazards (until_ms) WHERE ended_ms IS NULL;
CREATE INDEX hazards_received ON hazards (received_ms, id);

CREATE TABLE hazard_state (
  id      INTEGER NOT NULL PRIMARY KEY,  -- 1: one for all vehicles with a crew
  version INTEGER NOT NULL,
  content TEXT    NOT NULL               -- JSON
) STRICT;
