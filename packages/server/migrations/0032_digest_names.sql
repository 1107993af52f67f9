-- What the name of a mail stands for, and indexes by which what is old, and what a room leaves behind, is found. Only additions: the
-- release before neither reads nor writes the column.

ALTER TABLE digest_note ADD COLUMN named_to bigint;
COMMENT ON COLUMN digest_note.named_to IS 'The mail that is being tried tells of it up to here, and no further under its name; null: it is not in it.';
COMMENT ON COLUMN digest_note.talk IS 'The room, or the root of the thread; of what has to be read a name of its own, made of room and seq.';
CREATE INDEX digest_note_due ON digest_note (due_at);
CREATE INDEX digest_note_room ON digest_note (room);
