-- Owner: Responsibility. Who answers for a request, and what was asked of those who are not the city.
CREATE TABLE responsibilities (
  request    text    NOT NULL PRIMARY KEY,
  outcome    text    NOT NULL CHECK (outcome IN ('own-crew', 'contractor', 'referral', 'private', 'triage')),
  party      text,
  because    text    NOT NULL,
  decided_by text    NOT NULL,
  by_rule    bigint  NOT NULL,           -- a person's word is not overruled by a rule
  decided_ms bigint  NOT NULL
);
CREATE INDEX responsibilities_outcome ON responsibilities (outcome, decided_ms, request);

-- What another agency was asked to do, or an owner told.
CREATE TABLE referrals (
  id          text    NOT NULL PRIMARY KEY,
  request     text    NOT NULL,
  kind        text    NOT NULL CHECK (kind IN ('referral', 'notice')),
  party       text,
  created_ms  bigint  NOT NULL,
  sent_ms     bigint ,
  reference   text,                      -- theirs
  chase_ms    bigint  NOT NULL,
  answer      text CHECK (answer IN ('done', 'accepted', 'refused', 'dropped')),
  answered_ms bigint ,
  note        text
);
CREATE INDEX referrals_request ON referrals (request, created_ms, id);
CREATE INDEX referrals_open ON referrals (chase_ms, id) WHERE answered_ms IS NULL;
CREATE INDEX referrals_newest ON referrals (created_ms, id);
