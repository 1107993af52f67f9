-- Conversations of a few, who has to be asked before they are in one, and what people show of themselves.

-- Wider than before: whatever was a kind stays one.
ALTER TABLE room DROP CONSTRAINT room_kind_check;
ALTER TABLE room ADD CONSTRAINT room_kind_check CHECK (kind IN ('subject', 'lesson', 'project', 'topic', 'direct', 'group'));

ALTER TABLE room ADD COLUMN people uuid[] UNIQUE;
COMMENT ON COLUMN room.people IS 'Of a group: who is in it or asked, sorted; by it the group is found. Null where an older one of the same people is.';

CREATE TABLE asking (
  room                uuid NOT NULL REFERENCES room ON DELETE CASCADE,
  account             uuid NOT NULL REFERENCES account,
  by                  uuid NOT NULL,
  at                  timestamptz NOT NULL,
  declined_at         timestamptz,
  PRIMARY KEY (room, account)
);
COMMENT ON TABLE asking IS 'Who has been asked into a group and is not in it; who has declined is not asked into the same one again.';
CREATE INDEX asking_by_account ON asking (account) WHERE declined_at IS NULL;

ALTER TABLE account ADD COLUMN asks_first boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN account.asks_first IS 'Wants to be asked before being in a group; people under age always are.';
ALTER TABLE account ADD COLUMN invisible boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN account.invisible IS 'Is not shown as being here, to nobody.';
ALTER TABLE account ADD COLUMN hides_reading boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN account.hides_reading IS 'Does not show how far they have read, and is not shown how far others have.';
