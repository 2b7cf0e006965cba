-- Owner: Profiles. What vehicles are told for their crews' screens, and by which PIN a member is known there.
CREATE TABLE member_pins (
  member TEXT    NOT NULL PRIMARY KEY,   -- pseudonym
  salt   TEXT    NOT NULL,
  rounds INTEGER NOT NULL,
  hash   TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE vehicle_profile (
  id      INTEGER NOT NULL PRIMARY KEY,  -- 1: one for all vehicles with a crew
  version INTEGER NOT NULL,
  content TEXT    NOT NULL               -- JSON
) STRICT;
