-- Owner: Profiles. What vehicles are told for their crews' screens, and by which PIN a member is known there.
CREATE TABLE member_pins (
  member text NOT NULL PRIMARY KEY,   -- pseudonym
  salt text NOT NULL,
  rounds bigint NOT NULL,
  hash text NOT NULL
);

CREATE TABLE vehicle_profile (
  id bigint NOT NULL PRIMARY KEY,  -- 1: one for all vehicles with a crew
  version bigint NOT NULL,
  content text NOT NULL               -- JSON
);
