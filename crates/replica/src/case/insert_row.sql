INSERT INTO case_row (
    id, case_no, unit, item_id, item_version, item_known, state, channel, registered_on,
    applicant_name, id_no, phone, clock, clock_start, due, due_provisional, doubtful, incomplete, together,
    told, told_clock, told_now, told_now_provisional, goes_on_from, granted, made, tally
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
-- not its tally: what indices keep of it is written only where it changes
ON CONFLICT (id) DO UPDATE SET
    case_no = excluded.case_no, unit = excluded.unit, item_id = excluded.item_id, item_version = excluded.item_version,
    item_known = excluded.item_known, state = excluded.state, channel = excluded.channel,
    registered_on = excluded.registered_on, applicant_name = excluded.applicant_name, id_no = excluded.id_no,
    phone = excluded.phone, clock = excluded.clock, clock_start = excluded.clock_start, due = excluded.due,
    due_provisional = excluded.due_provisional, doubtful = excluded.doubtful, incomplete = excluded.incomplete,
    together = excluded.together,
    told = excluded.told, told_clock = excluded.told_clock, told_now = excluded.told_now,
    told_now_provisional = excluded.told_now_provisional, goes_on_from = excluded.goes_on_from,
    granted = excluded.granted, archived = NULL
