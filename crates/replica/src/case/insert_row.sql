INSERT OR REPLACE INTO case_row (
    id, case_no, unit, item_id, item_version, item_known, state, channel, registered_on,
    applicant_name, id_no, phone, clock, clock_start, due, due_provisional, doubtful, incomplete, batch, together,
    told, told_clock, told_now, told_now_provisional, goes_on_from
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
