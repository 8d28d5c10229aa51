-- The other ways of this desk's records. One row or none.
CREATE TABLE relay (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    -- where this desk calls while the county's hub can't be reached, '' for nowhere
    call TEXT NOT NULL,
    -- where this desk serves its villages, '' for nowhere
    listen TEXT NOT NULL
) STRICT;

-- Who lacks each entry by the signed words heard so far: 0 nobody, 1 the county, 2 every township too, 3 the county, which once
-- had it and was restored from an old backup. What can't count, and for which nothing else stands yet, is received
-- nowhere. One row an entry: the greatest of a document's is the document's.
CREATE VIEW whereabouts AS
SELECT
    entry.document,
    CASE
        WHEN entry.id IN (SELECT id FROM unanswered) THEN 2
        WHEN entry.n <= feed.county_n THEN 0
        WHEN entry.n > feed.hub_n AND entry.n <= feed.once_n THEN 3
        WHEN entry.n <= feed.township_n THEN 1
        ELSE 2
    END AS lacking
FROM entry JOIN feed ON feed.id = entry.feed;
