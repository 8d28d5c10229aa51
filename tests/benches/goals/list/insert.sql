INSERT INTO case_row (
    id, case_no, unit, item_id, item_version, item_known, state, channel, registered_on, applicant_name, id_no, phone,
    clock, clock_start, due, due_provisional, doubtful, incomplete
) VALUES (?1, ?2, ?3, 'I002', 1, 1, ?4, 'PROXY', ?5, ?6, ?7, ?8, iif(?9 IS NULL, NULL, 'promise'), ?5, ?9, 0, ?10, 0)
