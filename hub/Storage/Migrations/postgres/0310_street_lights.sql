-- Owner: StreetLights. What passes say of each light: their fold, kept so that nobody has to fold the city to read it.
CREATE TABLE street_light_states (
  pole text PRIMARY KEY,
  state bigint NOT NULL,  -- PoleState
  usual double precision NOT NULL,  -- share of its fixture's usual light
  passes bigint NOT NULL,
  last_ms bigint NOT NULL,  -- newest pass
  told_ms bigint NOT NULL,  -- newest pass that could tell; 0: none
  doubt bigint  -- LampDoubt: why most of its passes could not
);
CREATE INDEX street_light_states_state ON street_light_states (state, pole);
CREATE INDEX street_light_states_told ON street_light_states (told_ms, pole);
