-- Whom a link into a room lets in. Only an addition: the release before lets in whoever has it, as it did.

ALTER TABLE room_invitation ADD COLUMN audience text NOT NULL DEFAULT 'everybody' CHECK (audience IN ('everybody', 'staff'));
COMMENT ON COLUMN room_invitation.audience IS 'everybody: whoever of the school has the link, as far as the room is for them; staff: of them only who works at the school.';
