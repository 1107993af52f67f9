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
