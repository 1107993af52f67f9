-- What a conversation has besides being said: pins, what people save for later, what they mark as unread again.

-- A pin is a state of its message, so that it goes when that goes; a room has few (limit in the rules), found by this index.
ALTER TABLE message ADD COLUMN pinned_at timestamptz;
ALTER TABLE message ADD COLUMN pinned_by uuid;
CREATE INDEX message_pinned ON message (room, pinned_at) WHERE pinned_at IS NOT NULL;

-- A private list: nobody else can read it, and nobody is told.
CREATE TABLE saved (
  account             uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  message             uuid NOT NULL REFERENCES message ON DELETE CASCADE,
  id                  uuid NOT NULL,
  at                  timestamptz NOT NULL,
  PRIMARY KEY (account, message)
);
COMMENT ON COLUMN saved.id IS 'UUIDv7, in the order in which they were saved: the place in the list.';
CREATE INDEX saved_in_order ON saved (account, id);
CREATE INDEX saved_by_message ON saved (message);

ALTER TABLE read_marker ADD COLUMN unread_from bigint;
COMMENT ON COLUMN read_marker.unread_from IS 'Marked as unread again from this seq on; never after the marker, which itself only goes forward (contract D33).';
