-- Owner: Tickets. Which report repeats which request, why, and what the link moved, so that it can be undone.
CREATE TABLE request_links (
  child text NOT NULL REFERENCES requests (number),
  n bigint NOT NULL,  -- counts the links of a child
  parent text NOT NULL REFERENCES requests (number),
  by_rule bigint NOT NULL,  -- else by a person
  by_place bigint NOT NULL,  -- rests on where they are, not on a named asset or an address
  who text NOT NULL,
  reasons text NOT NULL,  -- one a line
  at_ms bigint NOT NULL,
  undone_ms bigint,
  undone_by text,
  stage text NOT NULL,  -- the child's before
  wait_reason text,
  sites text NOT NULL,  -- that went from the child to the parent, one a line
  PRIMARY KEY (child, n)
);
CREATE INDEX request_links_parent ON request_links (parent) WHERE undone_ms IS NULL;

-- How many reports named exactly this place. Many of them mean that a geocoder gave up there.
CREATE TABLE request_points (
  lat bigint NOT NULL,  -- 1e-6 degrees
  lon bigint NOT NULL,
  reports bigint NOT NULL,
  PRIMARY KEY (lat, lon)
);
