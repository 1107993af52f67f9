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
