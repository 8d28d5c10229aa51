-- What the device's keys in their folder are sealed with: 32 bytes, drawn when the database is made or first opened since.
CREATE TABLE key_seal (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    secret BLOB NOT NULL CHECK (length(secret) = 32)
) STRICT;
