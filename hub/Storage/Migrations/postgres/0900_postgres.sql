-- Owner: Storage. What only PostgreSQL has. Places as geometry, for whoever connects with a GIS: the hub itself reads and
-- writes lat and lon.
ALTER TABLE requests ADD COLUMN place geometry(Point, 4326) GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED;
ALTER TABLE sites ADD COLUMN place geometry(Point, 4326) GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED;
ALTER TABLE work_orders ADD COLUMN place geometry(Point, 4326) GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED;
CREATE INDEX requests_place_gist ON requests USING gist (place);
CREATE INDEX sites_place_gist ON sites USING gist (place);
CREATE INDEX work_orders_place_gist ON work_orders USING gist (place);
-- The words under which a request is found, indexed by whole words and by their beginnings.
ALTER TABLE requests ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED;
CREATE INDEX requests_lexemes ON requests USING gin (lexemes);
-- Where a hub last served this database: server, database and the server's timeline. One that was restored lies elsewhere.
CREATE TABLE store_place (
  place text NOT NULL
);
