-- What a mail told of an urgent message, and indexes by which a room's go with it and by which what is old is found. Only additions: the
-- release before neither reads nor writes the column; what it mails while it runs beside this one may be mailed once more.

ALTER TABLE escalation ADD COLUMN mailed_at timestamptz;
COMMENT ON COLUMN escalation.mailed_at IS 'When a mail was sent that told of it: its own, or that of what was missed; null: none was.';
COMMENT ON COLUMN escalation.due_at IS 'When it is looked at next, once the message has been unread for long enough; null: it is over, or its person, who has blocked the author, is not told at all.';
CREATE INDEX escalation_room ON escalation (room);
CREATE INDEX escalation_over ON escalation (at) WHERE due_at IS NULL;
