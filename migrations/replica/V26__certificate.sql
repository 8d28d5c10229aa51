-- The county's root, which a device believes on the line, and the device's own certificate with whoever vouches for it; NULL
-- where it was enrolled before there was TLS.
ALTER TABLE identity ADD COLUMN root BLOB;
ALTER TABLE identity ADD COLUMN certificate BLOB;
