-- Threads: replies that hang from a message and take seqs of the room's log, and who follows which thread.
ALTER TABLE message ADD COLUMN thread uuid;
ALTER TABLE message ADD COLUMN thread_ordinal integer;
COMMENT ON COLUMN message.thread IS 'The message whose thread it is in; null in the room''s own conversation. Bound to the text like reply_to (security.md, E1).';
COMMENT ON COLUMN message.thread_ordinal IS 'Its number in the thread, from 1; the room''s ordinal counts no replies (contract D33).';
-- Holds replies only, so that a message without a thread costs one look into a small index. Counting reads nothing else.
CREATE INDEX message_by_thread ON message (thread, seq) INCLUDE (author, at, removed_at) WHERE thread IS NOT NULL;

CREATE TABLE thread_follow (
  root                uuid NOT NULL REFERENCES message ON DELETE CASCADE,
  account             uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  room                uuid NOT NULL,
  following           boolean,
  seq                 bigint NOT NULL,
  revision            bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (root, account)
) WITH (fillfactor = 70);
COMMENT ON TABLE thread_follow IS 'How a person stands to a thread: whether they follow it, and how far they have read.';
COMMENT ON COLUMN thread_follow.following IS 'Null: neither they nor their deeds have said, and they have only read in it.';
COMMENT ON COLUMN thread_follow.seq IS 'The read marker, a seq of the room''s; never goes back (contract D33).';
COMMENT ON COLUMN thread_follow.revision IS 'The person''s revision (user_stream) when it changed last.';
CREATE INDEX thread_follow_by_account ON thread_follow (account) WHERE following;
