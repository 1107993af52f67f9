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
