-- Messages that pass another on, by naming it. Only an addition: what readers are told is in the sealed content, where the release before
-- passes over it; this is for the rules, which have no words before them.

ALTER TABLE message ADD COLUMN forward uuid[];
COMMENT ON COLUMN message.forward IS 'The room and the message that it passes on; null: none. What is shown is what each reader may see of that one.';
