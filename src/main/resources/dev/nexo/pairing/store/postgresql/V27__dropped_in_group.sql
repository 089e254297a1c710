-- The group in which a dropped sender wrote, if the message was dropped because of the person and not of the
-- group: the group is limited to its approved members, or the person is denied or blocked.
ALTER TABLE pairing_dropped ADD COLUMN group_id TEXT;
