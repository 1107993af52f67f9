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
