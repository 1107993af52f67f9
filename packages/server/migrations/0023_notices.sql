-- Messages that everybody in their room has to read, and who has said that they have. Only additions: the release before reads none of it.

ALTER TABLE message ADD COLUMN required_at timestamptz;
ALTER TABLE message ADD COLUMN required_by uuid;
COMMENT ON COLUMN message.required_at IS 'Since when everybody in the room is asked to confirm that they have read it; null: they are not.';
CREATE INDEX message_required ON message (room, seq) WHERE required_at IS NOT NULL;

CREATE TABLE confirmation (
  message             uuid NOT NULL REFERENCES message ON DELETE CASCADE,
  account             uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  edit_no             int NOT NULL,
  at                  timestamptz NOT NULL,
  PRIMARY KEY (message, account)
);
COMMENT ON TABLE confirmation IS 'One for each person and message that has to be read: exact, and for good.';
COMMENT ON COLUMN confirmation.edit_no IS 'What they had read; the message may have been edited since.';
CREATE INDEX confirmation_by_account ON confirmation (account);

ALTER TABLE user_stream ADD COLUMN confirmed_revision bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN user_stream.confirmed_revision IS 'The revision at which the person confirmed something last.';
