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
