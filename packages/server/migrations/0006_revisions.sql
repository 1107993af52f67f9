-- What is latest-wins of a person (own account, read markers) changes on one node and is shown on others. Each change takes the
-- next revision, so that a node whose doorbell is silent finds with one number, read in its poll, that something was missed.
ALTER TABLE user_stream ADD COLUMN revision bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN user_stream.revision IS 'How often something latest-wins of the person was changed, by other ways than the logs of rooms.';
ALTER TABLE read_marker ADD COLUMN revision bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN read_marker.revision IS 'The person''s revision when the marker was moved by reading; sending moves it in the room''s log.';
