-- Erased documents and closed years.

-- The hash of the body that was, where an order erased it; the body is then empty.
ALTER TABLE entry ADD COLUMN erased BLOB;

-- What is under an order to erase: a projection of the orders in the county's public partition.
CREATE TABLE erasure (
    document BLOB NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    period INTEGER NOT NULL,
    PRIMARY KEY (document, unit, kind, period)
) STRICT, WITHOUT ROWID;

-- What the hub last said of a unit's work of a closed year: a projection of its own closures.
CREATE TABLE closure (
    unit TEXT NOT NULL,
    year INTEGER NOT NULL,
    root BLOB NOT NULL,
    PRIMARY KEY (unit, year)
) STRICT, WITHOUT ROWID;
