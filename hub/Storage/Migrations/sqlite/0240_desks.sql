-- Owner: Desks. Who took over which desk of the office, and what they left each other to read. Rows are only added.
CREATE TABLE desk_log (
  id        INTEGER PRIMARY KEY,
  desk      TEXT    NOT NULL,
  at_ms     INTEGER NOT NULL,
  kind      TEXT    NOT NULL,            -- take-over, note
  who       TEXT    NOT NULL,
  who_id    TEXT    NOT NULL,
  from_who  TEXT,                        -- who had the desk before; null: nobody
  notes     TEXT    NOT NULL,
  counts    TEXT    NOT NULL,            -- JSON: what was open then
  client_id TEXT    NOT NULL,
  UNIQUE (who_id, client_id)
) STRICT;
CREATE INDEX desk_log_desk ON desk_log (desk, id);
CREATE INDEX desk_log_holder ON desk_log (desk, id) WHERE kind = 'take-over';
