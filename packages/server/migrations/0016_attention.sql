-- How loud rooms are for people, and when people are not to be disturbed. Only additions: the release before reads none of it.

CREATE TABLE room_tuning (
  account             uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  room                uuid NOT NULL REFERENCES room ON DELETE CASCADE,
  level               text CHECK (level IN ('everything', 'mentions', 'nothing')),
  hushed              boolean NOT NULL DEFAULT false,
  hushed_until        timestamptz,
  revision            bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (account, room)
);
COMMENT ON TABLE room_tuning IS 'What a person has said about how loud a room is; a room without a row is as its kind has it.';
COMMENT ON COLUMN room_tuning.level IS 'Null: as rooms of the kind are.';
COMMENT ON COLUMN room_tuning.hushed_until IS 'With hushed: null is until they undo it.';
COMMENT ON COLUMN room_tuning.revision IS 'The person''s revision (user_stream) when it changed last.';

ALTER TABLE account ADD COLUMN rests boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN account.rests IS 'Is not to be disturbed, until rests_until; null there is until they undo it.';
ALTER TABLE account ADD COLUMN rests_until timestamptz;
ALTER TABLE account ADD COLUMN quiet_hours jsonb;
COMMENT ON COLUMN account.quiet_hours IS 'SQL null: as the school has them. JSON null: none, by their own wish.';
