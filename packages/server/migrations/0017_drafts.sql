-- What people have begun to write, equal on all their devices. Sealed like messages; a draft that was sent or cleared stays as a
-- version without words, so that no older device brings them back.
CREATE TABLE draft (
  account             uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  talk                uuid NOT NULL,
  room                uuid NOT NULL REFERENCES room ON DELETE CASCADE,
  thread              uuid REFERENCES message ON DELETE CASCADE,
  reply_to            uuid,
  version             bigint NOT NULL CHECK (version > 0),
  at                  timestamptz NOT NULL,
  revision            bigint NOT NULL,
  rk_version          int,
  ak_version          int,
  salt                bytea,
  nonce               bytea,
  commitment          bytea,
  ct                  bytea,
  PRIMARY KEY (account, talk)
);
COMMENT ON COLUMN draft.talk IS 'The room, or the message whose thread it is written in.';
COMMENT ON COLUMN draft.revision IS 'The person''s revision (user_stream) when it changed last.';
COMMENT ON COLUMN draft.ct IS 'Null where there are no words any more.';
CREATE INDEX draft_by_room ON draft (room);
CREATE INDEX draft_by_thread ON draft (thread) WHERE thread IS NOT NULL;
CREATE INDEX draft_cleared ON draft (at) WHERE ct IS NULL;
