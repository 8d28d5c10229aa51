INSERT INTO unit (
    code, full_name, short_name, level, uscc, address, phone, complaint_phone, document, valid_from, valid_to, successor_code,
    second_name
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
-- of two documents the later counts, whichever is projected last: an id begins with when it was made
ON CONFLICT (code) DO UPDATE SET
    full_name = excluded.full_name, short_name = excluded.short_name, level = excluded.level, uscc = excluded.uscc,
    address = excluded.address, phone = excluded.phone, complaint_phone = excluded.complaint_phone,
    document = excluded.document, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
    successor_code = excluded.successor_code, second_name = excluded.second_name
WHERE unit.document IS NULL
   OR (SELECT document FROM document WHERE id = unit.document) <= (SELECT document FROM document WHERE id = excluded.document)
