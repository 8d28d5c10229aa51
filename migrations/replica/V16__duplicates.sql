-- The same person entered twice, and the same request made twice.

-- A person's cases, and entries of the registers that may be about one person.
CREATE INDEX case_by_id_no ON case_row (id_no) WHERE id_no <> '';
CREATE INDEX resident_by_id_no ON resident (id_no) WHERE id_no <> '';
CREATE INDEX resident_by_birth ON resident (birth) WHERE birth <> '';

-- The temporary number that a real one has taken the place of.
ALTER TABLE resident ADD COLUMN former_id_no TEXT NOT NULL DEFAULT '';
CREATE INDEX resident_by_former_id_no ON resident (former_id_no) WHERE former_id_no <> '';

-- Two cases of one number that look like one request; each pair from both sides.
CREATE TABLE case_duplicate (
    -- document.id
    id INTEGER NOT NULL,
    other INTEGER NOT NULL,
    -- `open`: both are open; `again`: granted this year already
    duplicate TEXT NOT NULL,
    PRIMARY KEY (id, other)
) STRICT, WITHOUT ROWID;

-- Two entries of the registers that have something to do with each other; each pair from both sides.
CREATE TABLE resident_likeness (
    -- document.id
    id INTEGER NOT NULL,
    other INTEGER NOT NULL,
    -- `same`, `contradiction`, `same-name`, `alike-name`, `namesake`
    likeness TEXT NOT NULL,
    PRIMARY KEY (id, other)
) STRICT, WITHOUT ROWID;

-- What people say of two entries, by the document that says it; each pair from both sides.
DROP TABLE resident_link;
CREATE TABLE resident_link (
    -- document.id of the earlier entry of one register, or of a document of what was said across registers
    id INTEGER NOT NULL,
    -- a document.document, and the unit whose register it has to lie in
    one BLOB NOT NULL,
    one_unit TEXT NOT NULL,
    other BLOB NOT NULL,
    other_unit TEXT NOT NULL,
    -- NULL: nobody who may has said anything
    linked INTEGER,
    PRIMARY KEY (one, other, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX resident_link_by_document ON resident_link (id);

-- The same of entries that are held here, by document.id, and by the first one's document.document. Links are few: the joins
-- begin with them.
CREATE VIEW resident_word AS
SELECT resident_link.one AS document, one.id AS id, other.id AS other, max(linked) AS linked
FROM resident_link
CROSS JOIN document AS of_one ON of_one.document = resident_link.one
CROSS JOIN resident AS one ON one.id = of_one.id AND one.unit = one_unit
CROSS JOIN document AS of_other ON of_other.document = resident_link.other
CROSS JOIN resident AS other ON other.id = of_other.id AND other.unit = other_unit
WHERE linked IS NOT NULL
GROUP BY resident_link.one, one.id, other.id;
