-- What somebody has begun is of several kinds, each with numbers of its own: a request that is being recorded, a notice that is
-- being written.
CREATE TABLE begun (
    person TEXT NOT NULL,
    -- request, notice
    kind TEXT NOT NULL,
    id INTEGER NOT NULL,
    -- in milliseconds since 1970
    kept INTEGER NOT NULL,
    -- JSON
    body TEXT NOT NULL,
    PRIMARY KEY (person, kind, id)
) STRICT, WITHOUT ROWID;
INSERT INTO begun SELECT person, 'request', id, kept, body FROM unfinished;
DROP TABLE unfinished;
ALTER TABLE begun RENAME TO unfinished;
