-- Owner: StreetLights. What passes say of each light: their fold, kept so that nobody has to fold the city to read it.
CREATE TABLE street_light_states (
  pole    TEXT PRIMARY KEY,
  state   INTEGER NOT NULL,           -- PoleState
  usual   REAL    NOT NULL,           -- share of its fixture's usual light
  passes  INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,           -- newest pass
  told_ms INTEGER NOT NULL,           -- newest pass that could tell; 0: none
  doubt   INTEGER                     -- LampDoubt: why most of its passes could not
) WITHOUT ROWID;
CREATE INDEX street_light_states_state ON street_light_states (state, pole);
CREATE INDEX street_light_states_told ON street_light_states (told_ms, pole);
