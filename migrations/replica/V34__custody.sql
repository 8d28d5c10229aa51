-- Where the originals of a case are, beside its row in case_row; of a case that has brought some.
CREATE TABLE custody (
    -- document.id of the case
    id INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    -- who holds them, or gave them away while they travel
    holder TEXT NOT NULL,
    since TEXT NOT NULL,
    -- that are held; of those that the resident has again, all
    originals INTEGER NOT NULL
) STRICT;

-- Of the last hand-over of a case: it hasn't arrived; and where something else was counted at its end.
ALTER TABLE hand_over ADD COLUMN under_way INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hand_over ADD COLUMN differs INTEGER NOT NULL DEFAULT 0;
