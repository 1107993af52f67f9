-- Rooms and their logs (contract.md). A body lives in one row, sealed; the log points at it.

CREATE TABLE room (
  id                  uuid PRIMARY KEY,
  kind                text NOT NULL CHECK (kind IN ('subject', 'lesson', 'project', 'topic', 'direct')),
  title               text NOT NULL DEFAULT '',
  description         text NOT NULL DEFAULT '',
  folded              text NOT NULL DEFAULT '',
  emoji               text NOT NULL DEFAULT '',
  colour              text NOT NULL DEFAULT 'pen',
  access              text NOT NULL CHECK (access IN ('open', 'invite')),
  posting             text NOT NULL DEFAULT 'members' CHECK (posting IN ('members', 'moderators')),
  past                text NOT NULL DEFAULT 'all' CHECK (past IN ('all', 'since-joining')),
  course              uuid REFERENCES course,
  lesson              uuid REFERENCES lesson,
  low                 uuid REFERENCES account,
  high                uuid REFERENCES account,
  head                bigint NOT NULL DEFAULT 0,
  ordinal             bigint NOT NULL DEFAULT 0,
  members             integer NOT NULL DEFAULT 0,
  owners              integer NOT NULL DEFAULT 0,
  last_at             timestamptz NOT NULL,
  last_message_at     timestamptz,
  created_at          timestamptz NOT NULL,
  created_by          uuid NOT NULL,
  create_client_id    uuid,
  create_mac          bytea,
  UNIQUE (low, high),
  UNIQUE (created_by, create_client_id),
  CHECK ((kind = 'direct') = (low IS NOT NULL AND high IS NOT NULL AND low < high))
);
COMMENT ON COLUMN room.folded IS 'Title and description without accents, lower case, for the directory.';
COMMENT ON COLUMN room.head IS 'Newest seq; given with the event, in the same transaction, under the row''s lock (contract D5).';
CREATE INDEX room_open ON room (folded, id) WHERE access = 'open';
CREATE INDEX room_by_course ON room (course);

CREATE TABLE member (
  room                uuid NOT NULL REFERENCES room ON DELETE CASCADE,
  account             uuid NOT NULL REFERENCES account,
  role                text NOT NULL CHECK (role IN ('owner', 'moderator', 'member', 'reader')),
  joined_at           timestamptz NOT NULL,
  PRIMARY KEY (room, account)
);
CREATE INDEX member_by_account ON member (account);

CREATE TABLE span (
  room                uuid NOT NULL REFERENCES room ON DELETE CASCADE,
  account             uuid NOT NULL REFERENCES account,
  from_seq            bigint NOT NULL,
  to_seq              bigint,
  PRIMARY KEY (room, account, from_seq)
);
COMMENT ON TABLE span IS 'Which seqs of a log a person may see while a member (contract D18); to_seq null: up to the head.';

CREATE TABLE event (
  room                uuid NOT NULL REFERENCES room ON DELETE CASCADE,
  seq                 bigint NOT NULL,
  id                  uuid NOT NULL,
  type                text NOT NULL,
  actor               uuid NOT NULL,
  at                  timestamptz NOT NULL,
  message             uuid,
  data                jsonb,
  PRIMARY KEY (room, seq)
);
COMMENT ON COLUMN event.data IS 'What the event says where that is not a message; never a body.';

CREATE TABLE message (
  id                  uuid PRIMARY KEY,
  room                uuid NOT NULL REFERENCES room ON DELETE CASCADE,
  seq                 bigint NOT NULL,
  ordinal             bigint NOT NULL,
  author              uuid NOT NULL,
  client_id           uuid NOT NULL,
  at                  timestamptz NOT NULL,
  reply_to            uuid,
  mentions            uuid[],
  edit_no             integer NOT NULL DEFAULT 0,
  edited_at           timestamptz,
  removed_at          timestamptz,
  removed_by          text CHECK (removed_by IN ('author', 'moderator')),
  payload_mac         bytea,
  rk_version          integer,
  ak_version          integer,
  salt                bytea,
  nonce               bytea,
  commitment          bytea,
  ct                  bytea,
  UNIQUE (room, author, client_id),
  CHECK (removed_at IS NULL OR (ct IS NULL AND payload_mac IS NULL AND mentions IS NULL))
);
COMMENT ON COLUMN message.payload_mac IS 'Tells a repeat from a conflict (contract D12); goes with the body.';
CREATE UNIQUE INDEX message_by_seq ON message (room, seq);

CREATE TABLE revision (
  message             uuid NOT NULL REFERENCES message ON DELETE CASCADE,
  edit_no             integer NOT NULL,
  at                  timestamptz NOT NULL,
  mentions            uuid[],
  rk_version          integer NOT NULL,
  ak_version          integer NOT NULL,
  salt                bytea NOT NULL,
  nonce               bytea NOT NULL,
  commitment          bytea NOT NULL,
  ct                  bytea NOT NULL,
  PRIMARY KEY (message, edit_no)
);
COMMENT ON TABLE revision IS 'What a message said before it was edited; deleted with the message.';

CREATE TABLE reaction (
  message             uuid NOT NULL REFERENCES message ON DELETE CASCADE,
  emoji               text NOT NULL,
  account             uuid NOT NULL,
  seq                 bigint NOT NULL,
  PRIMARY KEY (message, emoji, account)
);

CREATE TABLE restriction (
  id                  uuid PRIMARY KEY,
  room                uuid REFERENCES room ON DELETE CASCADE,
  account             uuid NOT NULL REFERENCES account,
  kind                text NOT NULL CHECK (kind IN ('mute', 'ban')),
  from_seq            bigint,
  until               timestamptz,
  reason              text NOT NULL,
  by                  uuid NOT NULL,
  UNIQUE NULLS NOT DISTINCT (room, account, kind)
);
COMMENT ON TABLE restriction IS 'Standing restrictions; room null: everywhere. Ended by time or by an event (contract D25, D29).';

CREATE TABLE done_command (
  actor               uuid NOT NULL,
  client_id           uuid NOT NULL,
  command             text NOT NULL,
  room                uuid NOT NULL REFERENCES room ON DELETE CASCADE,
  message             uuid,
  payload_mac         bytea,
  output              jsonb NOT NULL,
  at                  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (actor, client_id)
);
COMMENT ON TABLE done_command IS 'Answers to commands that changed a room, under the client''s id (contract D11, D12).';
CREATE INDEX done_command_by_message ON done_command (message) WHERE message IS NOT NULL;

CREATE TABLE read_marker (
  room                uuid NOT NULL REFERENCES room ON DELETE CASCADE,
  account             uuid NOT NULL REFERENCES account,
  seq                 bigint NOT NULL,
  ordinal             bigint NOT NULL,
  PRIMARY KEY (room, account)
);

CREATE TABLE user_stream (
  account             uuid PRIMARY KEY REFERENCES account ON DELETE CASCADE,
  head                bigint NOT NULL DEFAULT 0
);

CREATE TABLE user_event (
  account             uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  seq                 bigint NOT NULL,
  id                  uuid NOT NULL,
  type                text NOT NULL,
  at                  timestamptz NOT NULL,
  room                uuid,
  message_seq         bigint,
  data                jsonb NOT NULL,
  PRIMARY KEY (account, seq)
);
COMMENT ON COLUMN user_event.message_seq IS 'For notifications: the message''s seq, so that mentions after a read marker can be counted.';
CREATE INDEX user_event_calls ON user_event (account, room, message_seq) WHERE message_seq IS NOT NULL;
