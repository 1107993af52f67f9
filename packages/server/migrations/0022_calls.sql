-- Messages that called everybody in their room. A row a call, not a row a person: each reader's counts and list are derived from it
-- (docs/decisions/0051-calling-everybody.md). Only additions: the release before reads none of it.

CREATE TABLE call_to_all (
  room                uuid NOT NULL REFERENCES room ON DELETE CASCADE,
  seq                 bigint NOT NULL,
  author              uuid NOT NULL,
  at                  timestamptz NOT NULL,
  PRIMARY KEY (room, seq)
);
COMMENT ON TABLE call_to_all IS 'Stays when its message is removed: it counts among what its author may do in an hour.';
COMMENT ON COLUMN message.mentions IS 'The people it names; the room''s own id among them: it called everybody.';
