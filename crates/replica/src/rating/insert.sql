INSERT OR REPLACE INTO rating (id, about, unit, nth, grade, rated_on, named, incomplete)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
