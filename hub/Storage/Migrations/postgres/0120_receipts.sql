-- Owner: Receipts. What vehicles signed for: the links of their hash chains, what they dropped on purpose, and what they
-- counted at the end of each shift.
CREATE TABLE chain_links (
  vehicle text NOT NULL,
  epoch text NOT NULL,
  n bigint NOT NULL,
  seq bigint NOT NULL,
  hash text NOT NULL,
  prev text NOT NULL,
  PRIMARY KEY (vehicle, epoch, n, seq)
);

-- Each crew action once, however often it was sent.
CREATE TABLE shift_actions (
  shift text NOT NULL,
  vehicle text NOT NULL,
  action text NOT NULL,
  PRIMARY KEY (shift, vehicle, action)
);

CREATE TABLE shift_receipts (
  shift text NOT NULL,
  vehicle text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  actions bigint NOT NULL,
  PRIMARY KEY (shift, vehicle, epoch, seq)
);

-- Where a vehicle said that a chain stood.
CREATE TABLE chain_heads (
  vehicle text NOT NULL,
  epoch text NOT NULL,
  n bigint NOT NULL,
  hash text NOT NULL,
  PRIMARY KEY (vehicle, epoch, n, hash)
);

CREATE TABLE tombstones (
  vehicle text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  kind text NOT NULL,
  reason text NOT NULL,
  ranges text NOT NULL,  -- JSON: inclusive ranges of two
  PRIMARY KEY (vehicle, epoch, seq)
);
