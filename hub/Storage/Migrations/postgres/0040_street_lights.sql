-- Owner: Assets.
CREATE TABLE street_lights (
  pole text PRIMARY KEY,
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  owner text,
  kind text,
  fixture text,
  lamps bigint NOT NULL,
  neighbourhood bigint
);
