-- Documents whose rows wait for the last page of an exchange: what arrived of them doesn't show yet.
CREATE TABLE unprojected (
    -- document.id
    document INTEGER PRIMARY KEY
) STRICT;
