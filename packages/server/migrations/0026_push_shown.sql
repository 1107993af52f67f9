-- What devices show is known better: only additions, and the release before goes on without them.

ALTER TABLE push_note ADD COLUMN noted int NOT NULL DEFAULT 0;
ALTER TABLE push_note ADD COLUMN over_at timestamptz;
COMMENT ON COLUMN push_note.noted IS 'Counts up with what is noted: who sends it sees whether something came meanwhile.';
COMMENT ON COLUMN push_note.over_at IS 'The device was told that nothing waits there any more, and may show that.';
