-- The schema of the database: the migrations in the order in which they run.
-- Made from the declarations by npm run generate; do not edit.

-- ==== 0001_keys.sql ====

-- The key store: every key that protects content, wrapped, never bare (security.md, E1).
-- A schema of its own because it has a backup of its own with a short retention: a restored backup of the messages
-- must not bring back a key that was destroyed since. For the same reason nothing here refers to tables elsewhere.
CREATE SCHEMA keys;
COMMENT ON SCHEMA keys IS 'Wrapped keys. Backed up apart from everything else, and kept for a short time only.';

CREATE TABLE keys.key (
  kind           text        NOT NULL CHECK (kind IN ('school', 'room', 'author')),
  owner          uuid        NOT NULL,
  version        integer     NOT NULL CHECK (version >= 1),
  parent         uuid        NOT NULL,
  parent_version integer     NOT NULL CHECK (parent_version >= 1),
  nonce          bytea       CHECK (octet_length(nonce) = 12),
  wrapped        bytea       CHECK (octet_length(wrapped) = 48),
  created_at     timestamptz NOT NULL DEFAULT now(),
  destroyed_at   timestamptz,
  PRIMARY KEY (kind, owner, version),
  -- A key is whole, or destroyed; there is nothing between.
  CHECK ((destroyed_at IS NULL) = (wrapped IS NOT NULL) AND (destroyed_at IS NULL) = (nonce IS NOT NULL))
);
COMMENT ON TABLE keys.key IS 'One version of one key, wrapped by its parent with AES-256-GCM. A destroyed key leaves its row without the key, so that what it sealed is known to be erased and not damaged.';
COMMENT ON COLUMN keys.key.kind IS 'school: wraps the others, one per installation. room: every message of a room. author: everything one person wrote.';
COMMENT ON COLUMN keys.key.owner IS 'The room or the account; for the school key a constant.';
COMMENT ON COLUMN keys.key.version IS 'The newest seals; older ones stay to open what they sealed.';
COMMENT ON COLUMN keys.key.parent IS 'What wraps it: for the school key the fingerprint of the master key, for the others the school.';
COMMENT ON COLUMN keys.key.wrapped IS 'The 32 bytes of the key encrypted, then the 16 bytes of the tag.';
COMMENT ON COLUMN keys.key.destroyed_at IS 'When the key was destroyed, by erasure of a person or of a room.';

-- ==== 0002_accounts.sql ====

-- People, their devices, and the courses they take. Names and e-mails are in clear: they are searched and shown (security.md, E1 §4).

CREATE TABLE installation (
  one              boolean PRIMARY KEY DEFAULT true CHECK (one),
  epoch            uuid NOT NULL,
  school           text NOT NULL,
  key_fingerprint  text,
  created_at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE installation IS 'One row: the incarnation of the logs (contract D16) and the school.';

CREATE TABLE account (
  id               uuid PRIMARY KEY,
  name             text NOT NULL,
  name_folded      text NOT NULL,
  email            text NOT NULL,
  email_folded     text NOT NULL UNIQUE,
  role             text NOT NULL CHECK (role IN ('student', 'teacher', 'monitor', 'moderator', 'administrator', 'guardian')),
  minor            boolean NOT NULL,
  language         text NOT NULL CHECK (language IN ('pt-BR', 'en')),
  tone             smallint NOT NULL CHECK (tone BETWEEN 1 AND 6),
  version          integer NOT NULL DEFAULT 1,
  password         text,
  demo             boolean NOT NULL DEFAULT false,
  created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_seen_at     timestamptz,
  disabled_at      timestamptz,
  disabled_reason  text
);
COMMENT ON COLUMN account.password IS 'argon2id as a PHC string; null until the person has chosen one.';
COMMENT ON COLUMN account.demo IS 'One of the people of the demo school that can be entered as with one click.';
CREATE INDEX account_by_name ON account (name_folded, id);

CREATE TABLE session (
  id               uuid PRIMARY KEY,
  account          uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  token_hash       bytea NOT NULL UNIQUE,
  device           text NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_seen_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at       timestamptz NOT NULL,
  ended_at         timestamptz
);
COMMENT ON COLUMN session.token_hash IS 'SHA-256 of a token with 256 random bits: a copy of the table opens nothing.';
CREATE INDEX session_by_account ON session (account) WHERE ended_at IS NULL;

CREATE TABLE ticket (
  hash             bytea PRIMARY KEY,
  session          uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  expires_at       timestamptz NOT NULL
);

CREATE TABLE revocation (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account          uuid NOT NULL,
  session          uuid,
  at               timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE revocation IS 'Sessions ended (all of an account where session is null): every node reads the newest and closes sockets (contract D27).';
CREATE INDEX revocation_by_time ON revocation (at);

CREATE TABLE one_time_link (
  id               uuid PRIMARY KEY,
  hash             bytea NOT NULL UNIQUE,
  kind             text NOT NULL CHECK (kind IN ('set-up', 'invitation', 'password')),
  account          uuid REFERENCES account ON DELETE CASCADE,
  created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at       timestamptz NOT NULL,
  used_at          timestamptz
);

CREATE TABLE block (
  blocker          uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  blocked          uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  at               timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (blocker, blocked)
);
CREATE INDEX block_by_blocked ON block (blocked);

CREATE TABLE course (
  id               uuid PRIMARY KEY,
  title            text NOT NULL,
  class            text NOT NULL DEFAULT ''
);
COMMENT ON COLUMN course.class IS 'The class it is for, as in 9º B.';

CREATE TABLE lesson (
  id               uuid PRIMARY KEY,
  course           uuid NOT NULL REFERENCES course ON DELETE CASCADE,
  number           integer NOT NULL,
  title            text NOT NULL,
  UNIQUE (course, number)
);

CREATE TABLE enrolment (
  course           uuid NOT NULL REFERENCES course ON DELETE CASCADE,
  account          uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  staff            boolean NOT NULL DEFAULT false,
  PRIMARY KEY (course, account)
);
CREATE INDEX enrolment_by_account ON enrolment (account);

-- ==== 0003_rooms.sql ====

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

-- ==== 0004_links.sql ====

-- A new link ends the earlier ones of its account, and lists of people say who was only invited: both look links up by account.
CREATE INDEX one_time_link_by_account ON one_time_link (account);

-- ==== 0005_hot_tables.sql ====

-- The tables that every message writes. A foreign key costs a query for each row, which was a third of the database's work;
-- the flush that writes these rows holds the room's own row locked, so the room is there. What deletes a room deletes these.
ALTER TABLE event DROP CONSTRAINT event_room_fkey;
ALTER TABLE message DROP CONSTRAINT message_room_fkey;

-- Rows that are updated all the time keep room on their page, so that their indexes need not be touched.
ALTER TABLE room SET (fillfactor = 60);
ALTER TABLE read_marker SET (fillfactor = 70);
ALTER TABLE user_stream SET (fillfactor = 60);

-- Restrictions are looked up by person: in these rooms, or everywhere.
CREATE INDEX restriction_by_account ON restriction (account);

-- ==== 0006_revisions.sql ====

-- What is latest-wins of a person (own account, read markers) changes on one node and is shown on others. Each change takes the
-- next revision, so that a node whose doorbell is silent finds with one number, read in its poll, that something was missed.
ALTER TABLE user_stream ADD COLUMN revision bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN user_stream.revision IS 'How often something latest-wins of the person was changed, by other ways than the logs of rooms.';
ALTER TABLE read_marker ADD COLUMN revision bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN read_marker.revision IS 'The person''s revision when the marker was moved by reading; sending moves it in the room''s log.';

-- ==== 0007_purge.sql ====

-- What is remembered for a while only: answers to commands for some weeks, ended sessions for the nodes to close their sockets.
ALTER TABLE installation ADD COLUMN done_forgotten_to timestamptz;
COMMENT ON COLUMN installation.done_forgotten_to IS 'Client ids older than this are refused as too-old where no answer is remembered (contract D11); null until something is old enough.';

-- In the order of time as they come, so a few pages are enough to find the oldest.
CREATE INDEX done_command_by_time ON done_command USING brin (at) WITH (pages_per_range = 32);

-- ==== 0008_threads.sql ====

-- Threads: replies that hang from a message and take seqs of the room's log, and who follows which thread.
ALTER TABLE message ADD COLUMN thread uuid;
ALTER TABLE message ADD COLUMN thread_ordinal integer;
COMMENT ON COLUMN message.thread IS 'The message whose thread it is in; null in the room''s own conversation. Bound to the text like reply_to (security.md, E1).';
COMMENT ON COLUMN message.thread_ordinal IS 'Its number in the thread, from 1; the room''s ordinal counts no replies (contract D33).';
-- Holds replies only, so that a message without a thread costs one look into a small index. Counting reads nothing else.
CREATE INDEX message_by_thread ON message (thread, seq) INCLUDE (author, at, removed_at) WHERE thread IS NOT NULL;

CREATE TABLE thread_follow (
  root                uuid NOT NULL REFERENCES message ON DELETE CASCADE,
  account             uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  room                uuid NOT NULL,
  following           boolean,
  seq                 bigint NOT NULL,
  revision            bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (root, account)
) WITH (fillfactor = 70);
COMMENT ON TABLE thread_follow IS 'How a person stands to a thread: whether they follow it, and how far they have read.';
COMMENT ON COLUMN thread_follow.following IS 'Null: neither they nor their deeds have said, and they have only read in it.';
COMMENT ON COLUMN thread_follow.seq IS 'The read marker, a seq of the room''s; never goes back (contract D33).';
COMMENT ON COLUMN thread_follow.revision IS 'The person''s revision (user_stream) when it changed last.';
CREATE INDEX thread_follow_by_account ON thread_follow (account) WHERE following;

-- ==== 0009_rooms.sql ====

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

-- ==== 0010_groups.sql ====

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

-- ==== 0011_factors.sql ====

-- Ways to prove who one is besides a password: codes from an app, recovery codes, passkeys, the school's own sign-in.
-- Additions only: the previous release ignores all of it.

ALTER TABLE session ADD COLUMN assured_at timestamptz;
COMMENT ON COLUMN session.assured_at IS 'When the person last proved in full who they are on this device; null for sessions opened before there was such a thing. Privileged commands ask for it anew.';

CREATE TABLE totp (
  account          uuid PRIMARY KEY REFERENCES account ON DELETE CASCADE,
  secret           bytea NOT NULL,
  confirmed_at     timestamptz,
  last_step        bigint NOT NULL DEFAULT 0,
  failures         integer NOT NULL DEFAULT 0,
  failed_at        timestamptz,
  created_at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE totp IS 'One secret of time-based codes a person (RFC 6238). Until it is confirmed with a first code it is asked of nobody.';
COMMENT ON COLUMN totp.secret IS 'Sealed by the vault, bound to the account: a copy of the table makes no codes.';
COMMENT ON COLUMN totp.last_step IS 'The 30-second step of the newest code that was taken: neither it nor an older one is taken again.';
COMMENT ON COLUMN totp.failures IS 'Wrong codes since the last right one; from a few on, tries are spaced out whoever makes them and from wherever.';

CREATE TABLE recovery_code (
  hash             bytea PRIMARY KEY,
  account          uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  used_at          timestamptz
);
COMMENT ON COLUMN recovery_code.hash IS 'SHA-256 of 120 random bits.';
CREATE INDEX recovery_code_by_account ON recovery_code (account);

CREATE TABLE passkey (
  id               uuid PRIMARY KEY,
  credential       text NOT NULL UNIQUE,
  account          uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  public_key       bytea NOT NULL,
  counter          bigint NOT NULL DEFAULT 0,
  transports       text[] NOT NULL DEFAULT '{}',
  backed_up        boolean NOT NULL DEFAULT false,
  name             text NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_used_at     timestamptz
);
COMMENT ON TABLE passkey IS 'Credentials of WebAuthn. The private half never leaves the person''s device.';
COMMENT ON COLUMN passkey.credential IS 'The credential id in base64url, as the authenticator names it.';
CREATE INDEX passkey_by_account ON passkey (account);

CREATE TABLE challenge (
  hash             bytea PRIMARY KEY,
  purpose          text NOT NULL,
  account          uuid REFERENCES account ON DELETE CASCADE,
  sealed           bytea,
  expires_at       timestamptz NOT NULL
);
COMMENT ON TABLE challenge IS 'What was asked of somebody and waits, for minutes and once, for its answer: a passkey''s signature, the return from the school''s own sign-in.';
COMMENT ON COLUMN challenge.sealed IS 'What the answer is checked with and nobody else may know, sealed by the vault.';

CREATE TABLE identity (
  issuer           text NOT NULL,
  subject          text NOT NULL,
  account          uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_used_at     timestamptz,
  PRIMARY KEY (issuer, subject)
);
COMMENT ON TABLE identity IS 'Who somebody is at an OpenID provider: (issuer, subject), never the e-mail address (security S37).';
CREATE INDEX identity_by_account ON identity (account);

CREATE TABLE email_change (
  hash             bytea PRIMARY KEY,
  account          uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  email            text NOT NULL,
  email_folded     text NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at       timestamptz NOT NULL,
  used_at          timestamptz
);
COMMENT ON TABLE email_change IS 'A new address that waits to be confirmed by a link sent to it; only the newest of an account can be used.';
CREATE INDEX email_change_by_account ON email_change (account);

ALTER TABLE account ADD COLUMN pronouns text, ADD COLUMN time_zone text;
COMMENT ON COLUMN account.time_zone IS 'A name of the IANA database, as in America/Sao_Paulo; null: that of whichever device.';

-- ==== 0012_conversation.sql ====

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

-- ==== 0013_school.sql ====

-- What the school has decided, and the record of privileged acts. Only additions: the release before reads none of it.

CREATE TABLE school (
  one              boolean PRIMARY KEY DEFAULT true CHECK (one),
  version          bigint NOT NULL DEFAULT 1,
  settings         jsonb NOT NULL DEFAULT '{}',
  logo             bytea CHECK (octet_length(logo) <= 262144)
);
COMMENT ON TABLE school IS 'One row: the settings of the school but its name (see installation). What is missing in settings has its default.';
COMMENT ON COLUMN school.version IS 'Counts up with each change: latest wins.';
COMMENT ON COLUMN school.logo IS 'A PNG that this server has put together itself, pixel by pixel.';
INSERT INTO school DEFAULT VALUES;

CREATE TABLE audit_entry (
  number           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at               timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor            uuid,
  act              text NOT NULL,
  target           uuid,
  detail           jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE audit_entry IS 'Privileged acts, written in the transaction of the act; never changed, never a word of what people say.';
COMMENT ON COLUMN audit_entry.actor IS 'Null: whoever runs the server, by its command line.';

-- ==== 0014_talk.sql ====

-- What a person keeps of a conversation for themselves, equal on all their devices.

-- The revision at which the list of saved messages changed last: who has not heard of it asks anew (contract D33).
ALTER TABLE user_stream ADD COLUMN saved_revision bigint NOT NULL DEFAULT 0;

-- ==== 0015_joining.sql ====

-- Coming to the school uninvited. Only additions: the release before reads none of it.

CREATE TABLE join_ask (
  id               uuid PRIMARY KEY,
  name             text NOT NULL,
  email            text NOT NULL,
  email_folded     text NOT NULL UNIQUE,
  words            text NOT NULL DEFAULT '',
  language         text NOT NULL CHECK (language IN ('pt-BR', 'en')),
  at               timestamptz NOT NULL DEFAULT clock_timestamp(),
  declined_at      timestamptz
);
COMMENT ON TABLE join_ask IS 'Who asks to come in. An ask that was declined keeps its address alone, for a month, so that it is not asked again at once.';

CREATE TABLE join_proof (
  hash             bytea PRIMARY KEY,
  email            text NOT NULL,
  email_folded     text NOT NULL,
  expires_at       timestamptz NOT NULL
);
COMMENT ON TABLE join_proof IS 'Addresses at the school''s own domains, that wait to be shown by the link that went there. The hash is SHA-256 of 256 random bits.';
CREATE INDEX join_proof_by_email ON join_proof (email_folded);

ALTER TABLE audit_entry ADD COLUMN hash bytea;
COMMENT ON COLUMN audit_entry.hash IS 'SHA-256 of the hash of the entry before and of this entry: what is changed, left out or put in between later does not fit. Null in entries of earlier releases.';

-- ==== 0016_attention.sql ====

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

-- ==== 0017_drafts.sql ====

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

-- ==== 0018_bounds.sql ====

-- What is asked again and again of tables that grow: by an index each.
CREATE INDEX draft_worded ON draft (at) WHERE ct IS NOT NULL;
CREATE INDEX user_event_inbox ON user_event (account, seq) WHERE type = 'notification.made' AND data ->> 'kind' IN ('mention', 'reply', 'thread');

-- ==== 0019_courses.sql ====

-- Courses are made and looked after here. Only additions: the release before reads none of it.

ALTER TABLE course
  ADD COLUMN folded text NOT NULL DEFAULT '',
  ADD COLUMN archived_at timestamptz;
COMMENT ON COLUMN course.folded IS 'Title and class without accents, lower case, by which courses are found and ordered.';
COMMENT ON COLUMN course.archived_at IS 'Since when it is over: its rooms stay, nobody is anybody''s teacher by it any more; null: it runs.';
UPDATE course SET folded = trim(lower(regexp_replace(normalize(title || ' ' || class, NFD), '[\u0300-\u036f]', '', 'g')));
CREATE INDEX course_by_name ON course (folded, id);

-- Of each lesson it is asked whether rooms stand for it
CREATE INDEX room_by_lesson ON room (lesson) WHERE lesson IS NOT NULL;

CREATE VIEW running_enrolment AS
  SELECT e.course, e.account, e.staff FROM enrolment e JOIN course c ON c.id = e.course WHERE c.archived_at IS NULL;
COMMENT ON VIEW running_enrolment IS 'Who teaches whom now: what ties people to each other, as rules on private talk and presence ask it. Rooms go by enrolment itself.';

-- ==== 0020_push.sql ====

-- Calling devices on which no page is open (Web Push). Only additions: the release before reads none of it, and writes no row of it.

CREATE TABLE push_service (
  one              boolean PRIMARY KEY DEFAULT true CHECK (one),
  public_key       text NOT NULL,
  private_key      bytea NOT NULL,
  since            timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE push_service IS 'One row, made when the school first lets devices be called: its keys towards push services (RFC 8292).';
COMMENT ON COLUMN push_service.private_key IS 'Sealed by the vault under the school key.';
COMMENT ON COLUMN push_service.since IS 'What was said before calls nobody: when it was switched on last.';

CREATE TABLE push_device (
  id               uuid PRIMARY KEY,
  account          uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  session          uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  endpoint_hash    bytea NOT NULL UNIQUE,
  service          text NOT NULL,
  sealed           bytea NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  reached_at       timestamptz
);
COMMENT ON TABLE push_device IS 'A browser that is called; it ends with its session.';
COMMENT ON COLUMN push_device.endpoint_hash IS 'SHA-256: whose browser it was before is found by it, and nobody learns the address from it.';
COMMENT ON COLUMN push_device.sealed IS 'Address and keys, sealed by the vault: whoever has them could use the subscription up.';
CREATE INDEX push_device_by_account ON push_device (account);
CREATE INDEX push_device_by_session ON push_device (session);

CREATE TABLE push_room (
  room             uuid PRIMARY KEY REFERENCES room ON DELETE CASCADE,
  seq              bigint NOT NULL
) WITH (fillfactor = 70);
COMMENT ON TABLE push_room IS 'How far a room''s log was looked through for what calls devices: the durable cursor.';

CREATE TABLE push_note (
  device           uuid NOT NULL REFERENCES push_device ON DELETE CASCADE,
  talk             uuid NOT NULL,
  room             uuid NOT NULL REFERENCES room ON DELETE CASCADE,
  thread           uuid,
  from_seq         bigint NOT NULL,
  to_seq           bigint NOT NULL,
  made_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  due_at           timestamptz,
  tries            integer NOT NULL DEFAULT 0,
  lease            uuid,
  leased_until     timestamptz,
  sent_seq         bigint,
  sent_at          timestamptz,
  PRIMARY KEY (device, talk)
) WITH (fillfactor = 70);
COMMENT ON TABLE push_note IS 'The queue: a conversation of which a device is to be told, one row for each. No word of what was said.';
COMMENT ON COLUMN push_note.talk IS 'The room, or the root of the thread.';
COMMENT ON COLUMN push_note.due_at IS 'Null: nothing waits; what was sent may still be shown there.';
COMMENT ON COLUMN push_note.lease IS 'Who is sending it, until leased_until; after that anybody may.';
CREATE INDEX push_note_due ON push_note (due_at) WHERE due_at IS NOT NULL;

-- ==== 0021_audience.sql ====

-- Whom a link into a room lets in. Only an addition: the release before lets in whoever has it, as it did.

ALTER TABLE room_invitation ADD COLUMN audience text NOT NULL DEFAULT 'everybody' CHECK (audience IN ('everybody', 'staff'));
COMMENT ON COLUMN room_invitation.audience IS 'everybody: whoever of the school has the link, as far as the room is for them; staff: of them only who works at the school.';

-- ==== 0022_calls.sql ====

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

-- ==== 0023_notices.sql ====

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

-- ==== 0024_digest.sql ====

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

-- ==== 0025_forwards.sql ====

-- Messages that pass another on, by naming it. Only an addition: what readers are told is in the sealed content, where the release before
-- passes over it; this is for the rules, which have no words before them.

ALTER TABLE message ADD COLUMN forward uuid[];
COMMENT ON COLUMN message.forward IS 'The room and the message that it passes on; null: none. What is shown is what each reader may see of that one.';

-- ==== 0026_push_shown.sql ====

-- What devices show is known better: only additions, and the release before goes on without them.

ALTER TABLE push_note ADD COLUMN noted int NOT NULL DEFAULT 0;
ALTER TABLE push_note ADD COLUMN over_at timestamptz;
COMMENT ON COLUMN push_note.noted IS 'Counts up with what is noted: who sends it sees whether something came meanwhile.';
COMMENT ON COLUMN push_note.over_at IS 'The device was told that nothing waits there any more, and may show that.';

-- ==== 0028_languages.sql ====

-- Spanish. The list of languages stands in the protocol, once; here only that a tag looks like one (BCP 47), so that the next
-- language needs no migration. What the release before wrote stays valid, and so does what it goes on to write.

ALTER TABLE account
  DROP CONSTRAINT account_language_check,
  ADD CONSTRAINT account_language_check CHECK (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$');
ALTER TABLE join_ask
  DROP CONSTRAINT join_ask_language_check,
  ADD CONSTRAINT join_ask_language_check CHECK (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$');
ALTER TABLE room
  DROP CONSTRAINT room_language_check,
  ADD CONSTRAINT room_language_check CHECK (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$');

-- A school that has begun keeps what it offered; one that is to begin offers every language there is.
UPDATE school SET settings = settings || '{"languages": {"offered": ["pt-BR", "en"], "default": "pt-BR"}}'
WHERE NOT settings ? 'languages' AND EXISTS (SELECT FROM installation);

-- ==== 0029_keywords.sql ====

-- Words that call a person. Only additions, and an index in the place of one: the release before writes and reads none of it, and
-- counts what it called like a mention.

CREATE TABLE keyword_list (
  account          uuid PRIMARY KEY REFERENCES account ON DELETE CASCADE,
  sealed           bytea NOT NULL
);
COMMENT ON TABLE keyword_list IS 'The words that call a person, where they have named any; nobody else is shown them.';
COMMENT ON COLUMN keyword_list.sealed IS 'The words, sealed by the vault under the school key and bound to the account.';

ALTER TABLE room ADD COLUMN hearing bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN room.hearing IS 'Counts up when words may call other members here than before; 0: they never called anybody here.';

-- What the list of calls has, with those that words made
CREATE INDEX user_event_speaking ON user_event (account, seq)
  WHERE type = 'notification.made' AND data ->> 'kind' IN ('mention', 'reply', 'keyword', 'thread');
DROP INDEX user_event_inbox;

-- ==== 0031_pace.sql ====

-- Devices are not called too often: when each was called last. Only an addition, and the release before goes on without it.

ALTER TABLE push_device ADD COLUMN rang timestamptz[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN push_device.rang IS 'When it was called last, in order: as many as it may be called in a day.';

-- ==== 0032_digest_names.sql ====

-- What the name of a mail stands for, and indexes by which what is old, and what a room leaves behind, is found. Only additions: the
-- release before neither reads nor writes the column.

ALTER TABLE digest_note ADD COLUMN named_to bigint;
COMMENT ON COLUMN digest_note.named_to IS 'The mail that is being tried tells of it up to here, and no further under its name; null: it is not in it.';
COMMENT ON COLUMN digest_note.talk IS 'The room, or the root of the thread; of what has to be read a name of its own, made of room and seq.';
CREATE INDEX digest_note_due ON digest_note (due_at);
CREATE INDEX digest_note_room ON digest_note (room);

-- ==== 0033_urgent.sql ====

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

-- ==== 0034_urgent_told.sql ====

-- What a mail told of an urgent message, and indexes by which a room's go with it and by which what is old is found. Only additions: the
-- release before neither reads nor writes the column; what it mails while it runs beside this one may be mailed once more.

ALTER TABLE escalation ADD COLUMN mailed_at timestamptz;
COMMENT ON COLUMN escalation.mailed_at IS 'When a mail was sent that told of it: its own, or that of what was missed; null: none was.';
COMMENT ON COLUMN escalation.due_at IS 'When it is looked at next, once the message has been unread for long enough; null: it is over, or its person, who has blocked the author, is not told at all.';
CREATE INDEX escalation_room ON escalation (room);
CREATE INDEX escalation_over ON escalation (at) WHERE due_at IS NULL;

-- ==== 0035_heard_anew.sql ====

-- Whose words are to be heard anew in a room, so that a flush reads those and not everybody's; and whoever comes into a room is
-- counted whichever way they come: by a flush, with a new room, entrusted with it, or by the release before. Only additions: that
-- release neither reads nor writes them, and the trigger counts for it.

ALTER TABLE member ADD COLUMN hearing bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN member.hearing IS 'What room.hearing was when the person came with words or named others; 0: neither since this column is there.';
CREATE INDEX member_heard_anew ON member (room, hearing) WHERE hearing > 0;

-- Nothing that is decided: the number is kept where every way into a room passes. Private conversations listen for no words.
CREATE FUNCTION count_hearing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever is naming words is waited for (adapters/postgres/keywords.ts); the statement behind it sees what they named
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('keywords ' || NEW.account::text, 0));
  UPDATE room SET hearing = hearing + 1
    WHERE id = NEW.room AND kind NOT IN ('direct', 'group') AND EXISTS (SELECT FROM keyword_list WHERE account = NEW.account)
    RETURNING hearing INTO NEW.hearing;
  NEW.hearing := coalesce(NEW.hearing, 0);
  RETURN NEW;
END $$;
CREATE TRIGGER member_brings_words BEFORE INSERT ON member FOR EACH ROW EXECUTE FUNCTION count_hearing();

-- ==== 0036_words_taken_back.sql ====

-- Who takes their words back keeps an empty row. Nothing is changed: the release before takes what it cannot open for no words.

COMMENT ON COLUMN keyword_list.sealed IS 'The words, sealed by the vault under the school key and bound to the account; empty: none any more.';

-- ==== 0037_push_rests.sql ====

-- A push service that wants to be left alone is, for one device, whatever is said meanwhile. Only an addition: the release before
-- neither reads nor writes it; what it notes while it runs beside this one may ask the service sooner.

ALTER TABLE push_device ADD COLUMN rests_until timestamptz;
COMMENT ON COLUMN push_device.rests_until IS 'Its service did not take the last push: nothing of the device is due before. Null or past: it may be asked.';
