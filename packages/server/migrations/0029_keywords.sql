-- Words that call a person. Only additions, and an index in the place of one: the release before writes and reads none of it, and
-- counts what it called like a mention.

CREATE TABLE keyword_list (
  account          uuid PRIMARY KEY REFERENCES account ON DELETE CASCADE,
  sealed           bytea NOT NULL
);
COMMENT ON TABLE keyword_list IS 'The words that call a person, where they have named any; nobody else is shown them.';
COMMENT ON COLUMN keyword_list.sealed IS 'The words, sealed by the vault under the school key and bound to the account.';

ALTER TABLE room ADD COLUMN hearing bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN room.hearing IS 'Counts up when words may call other members here than before; 0: they never called anybody here.';

-- What the list of calls has, with those that words made
CREATE INDEX user_event_speaking ON user_event (account, seq)
  WHERE type = 'notification.made' AND data ->> 'kind' IN ('mention', 'reply', 'keyword', 'thread');
DROP INDEX user_event_inbox;
