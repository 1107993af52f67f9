-- What a school's rooms carry besides a title: categories, rules, a language, an archive, and links that let people in.

CREATE TABLE category (
  id                  uuid PRIMARY KEY,
  name                text NOT NULL,
  emoji               text NOT NULL DEFAULT '',
  place               integer NOT NULL
);
COMMENT ON TABLE category IS 'The school''s own kinds of rooms, in the order in which its administrators put them.';

ALTER TABLE room
  ADD COLUMN rules text NOT NULL DEFAULT '',
  ADD COLUMN category uuid,
  ADD COLUMN language text CHECK (language IN ('pt-BR', 'en')),
  ADD COLUMN archived_at timestamptz;
COMMENT ON COLUMN room.rules IS 'Markdown that people are shown before they join; empty: none.';
COMMENT ON COLUMN room.category IS 'Not a foreign key: a category that was taken away leaves its rooms without one, and their logs as they are.';
COMMENT ON COLUMN room.archived_at IS 'Since when nothing is said here any more; null: it is open to words.';
CREATE INDEX room_by_last_message ON room (last_message_at DESC) WHERE access = 'open' AND archived_at IS NULL;

CREATE TABLE room_invitation (
  id                  uuid PRIMARY KEY,
  room                uuid NOT NULL REFERENCES room ON DELETE CASCADE,
  hash                bytea NOT NULL UNIQUE,
  role                text NOT NULL CHECK (role IN ('member', 'reader')),
  by                  uuid NOT NULL REFERENCES account,
  created_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at          timestamptz NOT NULL,
  most                integer NOT NULL CHECK (most BETWEEN 1 AND 1000),
  uses                integer NOT NULL DEFAULT 0 CHECK (uses BETWEEN 0 AND most),
  revoked_at          timestamptz
);
COMMENT ON COLUMN room_invitation.hash IS 'SHA-256 of a secret with 128 random bits: a copy of the table opens nothing (security S34).';
COMMENT ON COLUMN room_invitation.uses IS 'Counted under the lock of the room, with the membership that it let begin: never more than most.';
CREATE INDEX room_invitation_by_room ON room_invitation (room);
