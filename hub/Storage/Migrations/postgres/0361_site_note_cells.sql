-- Owner: Sites. A note may be of a line or an area: which cells of the coarse grid it touches. A fine cell is a quarter of a coarse one either way.
CREATE TABLE site_note_cells (
  cell   bigint NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (cell, source)
);
CREATE INDEX site_note_cells_source ON site_note_cells (source);
INSERT INTO site_note_cells (cell, source) SELECT (((cell >> 26) + 6291456) << 24) | (((cell & 16777215) >> 2) + 6291456), source FROM site_notes;
DROP INDEX site_notes_cell;
ALTER TABLE site_notes DROP COLUMN cell;
ALTER TABLE site_notes ADD COLUMN drawn text;
