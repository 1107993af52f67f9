-- Mailing people what they missed. Only additions: the release before reads none of it, and writes no row of it.

ALTER TABLE account ADD COLUMN mail_pace text CHECK (mail_pace IN ('hours', 'day', 'never'));
COMMENT ON COLUMN account.mail_pace IS 'How often at most they are mailed what they missed; null: they have said nothing, which is hours.';

CREATE TABLE digest_service (
  one              boolean PRIMARY KEY DEFAULT true CHECK (one),
  since            timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE digest_service IS 'One row, made when the school first lets people be mailed; what was said before since is not.';

CREATE TABLE digest_room (
  room             uuid PRIMARY KEY REFERENCES room ON DELETE CASCADE,
  seq              bigint NOT NULL
) WITH (fillfactor = 70);
COMMENT ON TABLE digest_room IS 'How far a room''s log was looked through for what somebody may have missed: the durable cursor.';

CREATE TABLE digest_note (
  account          uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  talk             uuid NOT NULL,
  room             uuid NOT NULL REFERENCES room ON DELETE CASCADE,
  thread           uuid,
  from_seq         bigint NOT NULL,
  to_seq           bigint NOT NULL,
  due_at           timestamptz NOT NULL,
  PRIMARY KEY (account, talk)
);
COMMENT ON TABLE digest_note IS 'What waits to be mailed: a conversation of which a person is to be told, one row for each. No word of what was said.';
COMMENT ON COLUMN digest_note.talk IS 'The room, or the root of the thread.';
COMMENT ON COLUMN digest_note.due_at IS 'When what was noted first has stayed unread long enough.';

CREATE TABLE digest_mail (
  account          uuid PRIMARY KEY REFERENCES account ON DELETE CASCADE,
  letter           uuid NOT NULL,
  due_at           timestamptz,
  tries            integer NOT NULL DEFAULT 0,
  lease            uuid,
  leased_until     timestamptz,
  sent_at          timestamptz
) WITH (fillfactor = 70);
COMMENT ON TABLE digest_mail IS 'The queue: one row for each person for whom something waits, or did.';
COMMENT ON COLUMN digest_mail.letter IS 'Names the next mail (Message-ID), however often it is tried.';
COMMENT ON COLUMN digest_mail.due_at IS 'When it is looked at next; null: nothing waits.';
COMMENT ON COLUMN digest_mail.lease IS 'Who is sending it, until leased_until; after that anybody may.';
CREATE INDEX digest_mail_due ON digest_mail (due_at) WHERE due_at IS NOT NULL;
