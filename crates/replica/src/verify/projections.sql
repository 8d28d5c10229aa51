SELECT * FROM device ORDER BY device;
SELECT * FROM person ORDER BY person;
SELECT * FROM person_key ORDER BY person, key;
SELECT code, full_name, short_name, level, uscc, address, phone, complaint_phone, document.document, valid_from, valid_to,
       successor_code, second_name
FROM unit JOIN document ON document.id = unit.document ORDER BY code;
SELECT * FROM item ORDER BY item_id, version;
SELECT document.document, bundle_id, content FROM life_event JOIN document USING (id) ORDER BY document.document;
SELECT document.document, year, source, content
FROM calendar JOIN document USING (id) ORDER BY document.document;
SELECT document.document, name, value, since FROM county_setting JOIN document USING (id) ORDER BY document.document;
SELECT document.document, staff.unit, person, content FROM staff JOIN document USING (id) ORDER BY document.document;
SELECT document.document, keeper, office.unit, name, content
FROM office JOIN document USING (id) ORDER BY document.document;
SELECT document.document, notice.unit, content, at, person, reason, taken_at, taken_by
FROM notice JOIN document USING (id) ORDER BY document.document;
SELECT document.document, notice, notice_receipt.unit, at, person
FROM notice_receipt JOIN document USING (id) ORDER BY document.document;
SELECT document.document, delegation.unit, substitute, content
FROM delegation JOIN document USING (id) ORDER BY document.document;
SELECT document.document, resident.unit, name, id_type, id_no, sex, birth, phone, address, household, relation, roster_row, former_id_no
FROM resident JOIN document USING (id) ORDER BY document.document;
SELECT document.document, one, one_unit, other, other_unit, linked
FROM resident_link JOIN document USING (id) ORDER BY document.document, one, other;
SELECT one.document, other.document, likeness
FROM resident_likeness
JOIN document AS one ON one.id = resident_likeness.id
JOIN document AS other ON other.id = resident_likeness.other
ORDER BY 1, 2;
SELECT one.document, other.document, duplicate
FROM case_duplicate
JOIN document AS one ON one.id = case_duplicate.id
JOIN document AS other ON other.id = case_duplicate.other
ORDER BY 1, 2;
SELECT document.document, case_no, case_row.unit, item_id, item_version, item_known, state, channel, registered_on,
       applicant_name, id_no, phone, clock, clock_start, due, due_provisional, doubtful, incomplete, together,
       told, told_clock, told_now, told_now_provisional, goes_on_from, granted
FROM case_row JOIN document USING (id) WHERE archived IS NULL ORDER BY document.document;
SELECT document.document, matter_no, matter.unit, matter.kind, state, owner_unit, owner, asked_on, asker_name, asker_phone, text,
       term_start, due, due_provisional, doubtful, incomplete
FROM matter JOIN document USING (id) WHERE archived IS NULL ORDER BY document.document;
SELECT document.document, about, rating.unit, nth, grade, rated_on, named, incomplete
FROM rating JOIN document USING (id) WHERE archived IS NULL ORDER BY document.document;
SELECT document.document, rating, bad_rating.unit, rated_on, answered, called_back, excluded, wrong_guide, guide_version
FROM bad_rating JOIN document USING (id) JOIN matter USING (id) WHERE archived IS NULL ORDER BY document.document;
SELECT document.document, case_end.unit, ended_on
FROM case_end JOIN document USING (id) JOIN case_row USING (id) WHERE archived IS NULL ORDER BY document.document;
SELECT document.document, place, holder, since, originals
FROM custody JOIN document USING (id) JOIN case_row USING (id) WHERE archived IS NULL ORDER BY document.document;
SELECT document.document, batch, under_way, differs
FROM hand_over JOIN document USING (id) JOIN case_row USING (id) WHERE archived IS NULL ORDER BY document.document, batch;
SELECT * FROM erasure ORDER BY document, unit, kind, period;
SELECT * FROM closure ORDER BY unit, year, root;
SELECT feed.unit, feed.kind, period, device, incarnation, entry.n, withheld
FROM entry JOIN feed ON feed.id = entry.feed WHERE withheld > 0 ORDER BY 1, 2, 3, 4, 5, 6;
SELECT * FROM revoked ORDER BY device;
SELECT person, roles, accepted FROM role_change ORDER BY person, place;
SELECT unit, kind, period, device, incarnation, hex(branch), held_after
FROM feed WHERE held_after IS NOT NULL ORDER BY 1, 2, 3, 4, 5, 6;
SELECT feed.unit, feed.kind, period, device, incarnation, review.n, body, accepted, entry IS NULL
FROM review JOIN feed ON feed.id = review.feed ORDER BY 1, 2, 3, 4, 5, 6, 7;
SELECT feed.unit, feed.kind, period, device, incarnation, verdict.n, body, reason, entry IS NULL
FROM verdict JOIN feed ON feed.id = verdict.feed ORDER BY 1, 2, 3, 4, 5, 6, 7;
SELECT feed.unit, feed.kind, feed.period, feed.device, feed.incarnation, reissue.n, reissue.body, life.incarnation AS by_life,
       by.n AS by_n, program, reissue.entry IS NULL
FROM reissue
JOIN feed ON feed.id = reissue.feed
LEFT JOIN entry AS by ON by.id = reissue.by_entry
LEFT JOIN feed AS life ON life.id = by.feed
ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
SELECT document.document, hash, size, removed, device
FROM attached JOIN document ON document.id = attached.document ORDER BY document.document, hash;
SELECT * FROM holding ORDER BY hash, unit, kind, period, device;
