-- Owner: Automation. How far sensors may open requests by themselves, what was proposed, and what crews found there.
CREATE TABLE automation_areas (
  service      text    NOT NULL,
  district     text    NOT NULL,         -- '' for what lies in none
  mode         text    NOT NULL,         -- shadow, review, automatic
  cap          bigint,                  -- requests a day; NULL: as the settings say
  fell_back_ms bigint,                  -- automatic ended by itself, and nobody has chosen since
  changed_ms   bigint NOT NULL,
  changed_by   text    NOT NULL,
  PRIMARY KEY (service, district)
);

-- Every request that sensors opened, and under which rules.
CREATE TABLE proposals (
  request        text    NOT NULL PRIMARY KEY,
  service        text    NOT NULL,
  district       text    NOT NULL,
  state          text    NOT NULL,       -- review, held, accepted, automatic, rejected
  rule           text    NOT NULL,
  passes_for     bigint NOT NULL,       -- as it was proposed
  passes_against bigint NOT NULL,
  belief         double precision    NOT NULL,
  proposed_ms    bigint NOT NULL,
  follow_up_of   text,                   -- the request whose repair it puts in doubt
  decided_ms     bigint,
  decided_by     text,
  reason         text,
  note           text
);
CREATE INDEX proposals_area ON proposals (service, district, state, decided_ms);
CREATE INDEX proposals_follow_up ON proposals (follow_up_of) WHERE follow_up_of IS NOT NULL;

-- Sites that would be requests, were their service not in shadow.
CREATE TABLE shadow_proposals (
  site           text    NOT NULL PRIMARY KEY,
  service        text    NOT NULL,
  district       text    NOT NULL,
  supported      bigint NOT NULL,
  passes_for     bigint NOT NULL,
  passes_against bigint NOT NULL,
  first_ms       bigint NOT NULL,
  last_ms        bigint NOT NULL
);

-- What crews found where sensors had proposed work: the precision that is published.
CREATE TABLE field_labels (
  source   text    NOT NULL PRIMARY KEY, -- work order
  request  text    NOT NULL,
  service  text    NOT NULL,
  district text    NOT NULL,
  label    text    NOT NULL,             -- confirmed, not-found, other-defect, other-owner
  at_ms    bigint NOT NULL
);
CREATE INDEX field_labels_area ON field_labels (service, district, at_ms, source);
CREATE INDEX field_labels_request ON field_labels (request);

CREATE TABLE automation_days (
  service  text    NOT NULL,
  district text    NOT NULL,
  day      bigint NOT NULL,             -- yyyymmdd by the city's clock
  opened   bigint NOT NULL,
  PRIMARY KEY (service, district, day)
);
CREATE INDEX shadow_proposals_area ON shadow_proposals (service, district, supported);
CREATE INDEX automation_days_day ON automation_days (day);
