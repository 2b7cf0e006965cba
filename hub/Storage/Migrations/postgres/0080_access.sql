-- Owner: Access. Who may do what, who has signed in, and what was done.
CREATE TABLE roles (
  name text PRIMARY KEY,
  title text NOT NULL
);
CREATE TABLE role_permissions (
  role text NOT NULL REFERENCES roles (name),
  permission text NOT NULL,
  PRIMARY KEY (role, permission)
);
INSERT INTO roles VALUES
  ('dispatcher', 'Dispatcher'), ('supervisor', 'Supervisor'), ('crew', 'Crew'),
  ('city-it', 'City IT'), ('read-only', 'Read only'), ('integration', 'Integration'),
  ('open311', 'Open311 app'), ('contractor', 'Contractor');
INSERT INTO role_permissions
  SELECT r.value, p.value FROM json_array_elements_text('["dispatcher","supervisor","city-it","read-only","integration"]') r,
    json_array_elements_text('["requests.read","orders.read","vehicles.read","crews.read","live.read","map.read"]') p;
INSERT INTO role_permissions
  SELECT r.value, p.value FROM json_array_elements_text('["dispatcher","supervisor","city-it","integration"]') r,
    json_array_elements_text('["requests.write","orders.write"]') p;
INSERT INTO role_permissions
  SELECT r.value, p.value FROM json_array_elements_text('["supervisor","city-it","integration"]') r,
    json_array_elements_text('["crews.write","vehicles.write","commands.write","ingest.read"]') p;
INSERT INTO role_permissions VALUES
  ('crew', 'requests.read'), ('crew', 'orders.read'), ('crew', 'map.read'),
  ('dispatcher', 'catalogue.read'), ('supervisor', 'catalogue.read'), ('crew', 'catalogue.read'), ('city-it', 'catalogue.read'),
  ('read-only', 'catalogue.read'), ('integration', 'catalogue.read'),
  ('dispatcher', 'requests.merge'), ('supervisor', 'requests.merge'), ('city-it', 'requests.merge'),
  ('supervisor', 'audit.read'),
  ('supervisor', 'orders.review'), ('city-it', 'orders.review'), ('integration', 'orders.review'),
  ('supervisor', 'costs.read'), ('city-it', 'costs.read'), ('integration', 'costs.read'),
  ('supervisor', 'events.write'), ('city-it', 'events.write'), ('dispatcher', 'events.write'),
  ('contractor', 'orders.own'), ('city-it', 'orders.own'),
  ('dispatcher', 'city.read'), ('supervisor', 'city.read'), ('city-it', 'city.read'), ('read-only', 'city.read'), ('integration', 'city.read'),
  ('dispatcher', 'city.write'), ('supervisor', 'city.write'), ('city-it', 'city.write'),
  ('city-it', 'imports.write'), ('integration', 'imports.write'),
  ('dispatcher', 'imports.read'), ('supervisor', 'imports.read'), ('city-it', 'imports.read'), ('read-only', 'imports.read'), ('integration', 'imports.read'),
  ('city-it', 'audit.read'), ('city-it', 'vehicles.enrol'), ('city-it', 'people.write'), ('city-it', 'keys.write'), ('city-it', 'webhooks.write');
-- A program of somebody else's may report, and nothing more; who reported is for those who call back.
INSERT INTO role_permissions VALUES
  ('open311', 'open311.write'), ('integration', 'open311.write'), ('integration', 'open311.update'),
  ('city-it', 'open311.write'), ('city-it', 'open311.update'),
  ('dispatcher', 'reporters.read'), ('supervisor', 'reporters.read'), ('city-it', 'reporters.read'),
  ('supervisor', 'vehicles.enrol'), ('supervisor', 'vehicles.history'), ('city-it', 'vehicles.history');

-- What vehicles are told.
INSERT INTO role_permissions VALUES
  ('supervisor', 'profiles.read'), ('city-it', 'profiles.read'), ('read-only', 'profiles.read'), ('integration', 'profiles.read'),
  ('city-it', 'profiles.roll-out');

-- Who keeps the office's desks and their log.
INSERT INTO role_permissions VALUES
  ('dispatcher', 'desks.read'), ('supervisor', 'desks.read'), ('city-it', 'desks.read'), ('read-only', 'desks.read'),
  ('dispatcher', 'desks.write'), ('supervisor', 'desks.write'), ('city-it', 'desks.write');

-- Who accepts what sensors propose, and who says how far they may go.
INSERT INTO role_permissions VALUES
  ('dispatcher', 'requests.review'), ('supervisor', 'requests.review'), ('city-it', 'requests.review'),
  ('supervisor', 'automation.write'), ('city-it', 'automation.write');

-- Who may take a file as it came, with what it says of place and device.
INSERT INTO role_permissions VALUES ('supervisor', 'attachments.original'), ('city-it', 'attachments.original');

-- Who looks after vehicles from afar: what a command reaches decides who may give it.
INSERT INTO role_permissions VALUES
  ('city-it', 'vehicles.logs'), ('city-it', 'vehicles.capture'), ('city-it', 'vehicles.restart'), ('city-it', 'vehicles.wipe');

-- A scraper of figures sees figures, and nothing that anybody reported or did.
INSERT INTO roles VALUES ('monitoring', 'Monitoring');
INSERT INTO role_permissions VALUES ('monitoring', 'metrics.read'), ('city-it', 'metrics.read'), ('integration', 'metrics.read');

CREATE TABLE people (
  id text PRIMARY KEY,
  name text NOT NULL,
  name_key text NOT NULL UNIQUE,
  role text NOT NULL REFERENCES roles (name),
  password text,
  created_ms bigint NOT NULL,
  signed_in_ms bigint,
  disabled_ms bigint
);
-- Only hashes of tokens and keys are stored: reading this database signs nobody in.
CREATE TABLE sessions (
  token_hash text PRIMARY KEY,
  person text NOT NULL REFERENCES people (id),
  by_link bigint NOT NULL,
  created_ms bigint NOT NULL,
  seen_ms bigint NOT NULL,
  expires_ms bigint NOT NULL
);
CREATE INDEX sessions_person ON sessions (person);
CREATE TABLE sign_in_links (
  token_hash text PRIMARY KEY,
  person text NOT NULL REFERENCES people (id),
  created_ms bigint NOT NULL,
  expires_ms bigint NOT NULL
);
-- An authenticator app's secret, and codes for the day it is lost. Without the password the secret signs nobody in.
CREATE TABLE second_factors (
  person text PRIMARY KEY REFERENCES people (id),
  secret text NOT NULL,
  last_step bigint NOT NULL,
  confirmed_ms bigint
);
CREATE TABLE recovery_codes (
  code_hash text PRIMARY KEY,
  person text NOT NULL REFERENCES people (id)
);
CREATE INDEX recovery_codes_person ON recovery_codes (person);
CREATE TABLE api_keys (
  id text PRIMARY KEY,
  name text NOT NULL,
  role text NOT NULL REFERENCES roles (name),
  secret_hash text NOT NULL,
  created_ms bigint NOT NULL,
  created_by text NOT NULL,
  expires_ms bigint,
  used_ms bigint,
  revoked_ms bigint
);

CREATE TABLE audit (
  id bigint PRIMARY KEY,
  at_ms bigint NOT NULL,
  actor_kind text NOT NULL,
  actor text NOT NULL,
  actor_name text NOT NULL,
  role text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  detail text NOT NULL,
  hash text NOT NULL
);
-- The highest id that was ever given: the chain alone cannot miss its own tail.
CREATE TABLE audit_tail (
  id bigint NOT NULL
);
INSERT INTO audit_tail VALUES (0);
CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE FUNCTION audit_appends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> (SELECT COALESCE(MAX(id), 0) + 1 FROM audit) THEN
    RAISE EXCEPTION 'the audit log is append-only';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER audit_keeps_text BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER audit_keeps_all BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
CREATE TRIGGER audit_appends BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_appends();
