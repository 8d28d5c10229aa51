INSERT OR REPLACE INTO matter (
    id, matter_no, unit, kind, state, owner_unit, owner, asked_on, asker_name, asker_phone, text,
    term_start, due, due_provisional, doubtful, incomplete
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
