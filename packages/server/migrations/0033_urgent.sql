-- Urgent messages: who is named in one and leaves it unread is told once more. Only additions: the release before writes no row of it;
-- while it runs beside this one, it tells of what `push_note.urgent` names by the notification of the conversation.

CREATE TABLE escalation (
  id               uuid PRIMARY KEY,
  account          uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  message          uuid NOT NULL,
  room             uuid NOT NULL REFERENCES room ON DELETE CASCADE,
  thread           uuid,
  seq              bigint NOT NULL,
  author           uuid NOT NULL,
  at               timestamptz NOT NULL,
  way              text CHECK (way IN ('push', 'mail')),
  told_at          timestamptz,
  due_at           timestamptz,
  tries            integer NOT NULL DEFAULT 0,
  lease            uuid,
  leased_until     timestamptz,
  UNIQUE (account, message)
) WITH (fillfactor = 70);
COMMENT ON TABLE escalation IS 'The queue: a person and an urgent message that names them, written with the message. It stays when the message goes: it counts among what its author may do in an hour.';
COMMENT ON COLUMN escalation.id IS 'Names the one push, and the one mail (Message-ID), however often it is tried.';
COMMENT ON COLUMN escalation.way IS 'How they are told, once that is decided; until then null.';
COMMENT ON COLUMN escalation.told_at IS 'When that was decided: it counts among what a person is told of in a day.';
COMMENT ON COLUMN escalation.due_at IS 'When it is looked at next, once the message has been unread for long enough; null: it is over.';
COMMENT ON COLUMN escalation.lease IS 'Who is looking at it, until leased_until; after that anybody may.';
CREATE INDEX escalation_due ON escalation (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX escalation_by_author ON escalation (author, at);

ALTER TABLE push_note ADD COLUMN urgent uuid;
COMMENT ON COLUMN push_note.urgent IS 'It is of one urgent message, by a notification of its own: the escalation, which is its talk. Null: of a conversation.';
COMMENT ON COLUMN message.mentions IS 'The people it names; the room''s own id among them: it called everybody; its own: it is urgent for them.';
