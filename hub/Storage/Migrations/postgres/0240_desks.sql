-- Owner: Desks. Who took over which desk of the office, and what they left each other to read. Rows are only added.
CREATE TABLE desk_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  desk text NOT NULL,
  at_ms bigint NOT NULL,
  kind text NOT NULL,  -- take-over, note
  who text NOT NULL,
  who_id text NOT NULL,
  from_who text,  -- who had the desk before; null: nobody
  notes text NOT NULL,
  counts text NOT NULL,  -- JSON: what was open then
  client_id text NOT NULL,
  UNIQUE (who_id, client_id)
);
CREATE INDEX desk_log_desk ON desk_log (desk, id);
CREATE INDEX desk_log_holder ON desk_log (desk, id) WHERE kind = 'take-over';
