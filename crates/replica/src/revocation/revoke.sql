-- Of several words the first names who, when and why.
INSERT INTO revoked (device, person, at, ground)
SELECT :device, person, at, :ground FROM revocation_word WHERE feed = :feed AND n = :n
ON CONFLICT DO UPDATE SET person = excluded.person, at = excluded.at, ground = excluded.ground
WHERE (excluded.at, excluded.person, excluded.ground) < (at, person, ground)
