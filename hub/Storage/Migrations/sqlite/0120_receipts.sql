-- Owner: Receipts. What vehicles signed for: the links of their hash chains, what they dropped on purpose, and what they
-- counted at the end of each shift.
CREATE TABLE chain_links (
  vehicle TEXT    NOT NULL,
  epoch   TEXT    NOT NULL,
  n       INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  hash    TEXT    NOT NULL,
  prev    TEXT    NOT NULL,
  PRIMARY KEY (vehicle, epoch, n, seq)
) STRICT, WITHOUT ROWID;

-- Each crew action once, however often it was sent.
CREATE TABLE shift_actions (
  shift   TEXT    NOT NULL,
  vehicle TEXT    NOT NULL,
  action  TEXT    NOT NULL,
  PRIMARY KEY (shift, vehicle, action)
) STRICT, WITHOUT ROWID;

CREATE TABLE shift_receipts (
  shift   TEXT    NOT NULL,
  vehicle TEXT    NOT NULL,
  epoch   TEXT    NOT NULL,
  seq     INTEGER NOT NULL,
  actions INTEGER NOT NULL,
  PRIMARY KEY (shift, vehicle, epoch, seq)
) STRICT, WITHOUT ROWID;

-- Where a vehicle said that a chain stood.
CREATE TABLE chain_heads (
  vehicle TEXT    NOT NULL,
  epoch   TEXT    NOT NULL,
  n       INTEGER NOT NULL,
  hash    TEXT    NOT NULL,
  PRIMARY KEY (vehicle, epoch, n, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE tombstones (
  vehicle TEXT    NOT NULL,
  epoch   TEXT    NOT NULL,
  seq     INTEGER NOT NULL,
  kind    TEXT    NOT NULL,
  reason  TEXT    NOT NULL,
  ranges  TEXT    NOT NULL,              -- JSON: inclusive ranges of two
  PRIMARY KEY (vehicle, epoch, seq)
) STRICT, WITHOUT ROWID;
