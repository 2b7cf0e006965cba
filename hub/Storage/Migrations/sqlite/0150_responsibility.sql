-- Owner: Responsibility. Who answers for a request, and what was asked of those who are not the city.
CREATE TABLE responsibilities (
  request    TEXT    NOT NULL PRIMARY KEY,
  outcome    TEXT    NOT NULL CHECK (outcome IN ('own-crew', 'contractor', 'referral', 'private', 'triage')),
  party      TEXT,
  because    TEXT    NOT NULL,
  decided_by TEXT    NOT NULL,
  by_rule    INTEGER NOT NULL,           -- a person's word is not overruled by a rule
  decided_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX responsibilities_outcome ON responsibilities (outcome, decided_ms, request);

-- What another agency was asked to do, or an owner told.
CREATE TABLE referrals (
  id          TEXT    NOT NULL PRIMARY KEY,
  request     TEXT    NOT NULL,
  kind        TEXT    NOT NULL CHECK (kind IN ('referral', 'notice')),
  party       TEXT,
  created_ms  INTEGER NOT NULL,
  sent_ms     INTEGER,
  reference   TEXT,                      -- theirs
  chase_ms    INTEGER NOT NULL,
  answer      TEXT CHECK (answer IN ('done', 'accepted', 'refused', 'dropped')),
  answered_ms INTEGER,
  note        TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX referrals_request ON referrals (request, created_ms, id);
CREATE INDEX referrals_open ON referrals (chase_ms, id) WHERE answered_ms IS NULL;
CREATE INDEX referrals_newest ON referrals (created_ms, id);
