SELECT case_no, case_row.unit, item_id, item_version, state, channel, registered_on, applicant_name, id_no, phone,
    clock, clock_start, due, due_provisional, doubtful, incomplete, archived IS NOT NULL,
    coalesce(
        (SELECT max(lacking) FROM whereabouts WHERE document = case_row.id),
        (SELECT lacking FROM hollow WHERE unit = case_row.unit AND period = case_row.archived)
    ),
    page.key
FROM json_each(?) AS page CROSS JOIN case_row ON case_row.id = page.value
