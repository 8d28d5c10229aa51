-- Who lacks some of a document's entries by the signed words heard so far: 0 nobody, 1 the county, 2 every township too,
-- 3 the county, which once had them and was restored from an old backup.
DROP VIEW whereabouts;
CREATE VIEW whereabouts AS
SELECT
    entry.document,
    max(CASE
        WHEN entry.n <= feed.county_n AND NOT entry.withheld THEN 0
        WHEN entry.n > feed.county_n AND entry.n > feed.hub_n AND entry.n <= feed.once_n THEN 3
        WHEN entry.n <= feed.township_n AND NOT entry.withheld THEN 1
        ELSE 2
    END) AS lacking
FROM entry JOIN feed ON feed.id = entry.feed
GROUP BY entry.document;
