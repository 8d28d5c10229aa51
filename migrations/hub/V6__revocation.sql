-- Devices whose word no longer counts: a projection of what units say of them in their public partitions.

CREATE TABLE revocation (
    -- where it stands: a feed, as on the wire, and its entry
    feed BLOB NOT NULL,
    n INTEGER NOT NULL,
    -- whom it is about
    device BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (feed, n)
) STRICT, WITHOUT ROWID;

-- whether one of them stands
ALTER TABLE device ADD COLUMN revoked INTEGER NOT NULL DEFAULT 0;
