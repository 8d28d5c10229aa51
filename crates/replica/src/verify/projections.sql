SELECT * FROM device ORDER BY device;
SELECT * FROM person ORDER BY person;
SELECT * FROM unit ORDER BY code;
SELECT * FROM item ORDER BY item_id, version;
SELECT * FROM calendar ORDER BY year;
SELECT document.document, resident.unit, name, id_type, id_no, phone, address
FROM resident JOIN document USING (id) ORDER BY document.document;
SELECT document.document, case_no, case_row.unit, item_id, item_version, item_known, state, channel, registered_on,
       applicant_name, id_no, phone, clock, clock_start, due, due_provisional, doubtful, incomplete
FROM case_row JOIN document USING (id) ORDER BY document.document;
SELECT document.document, hash, size, removed, device
FROM attached JOIN document ON document.id = attached.document ORDER BY document.document, hash;
SELECT * FROM holding ORDER BY hash, unit, kind, period, device;
