INSERT OR REPLACE INTO resident (
    id, unit, name, id_type, id_no, former_id_no, sex, birth, phone, address, household, relation, roster_row
) VALUES (
    :id, :unit, :name, :id_type, :id_no, :former_id_no, :sex, :birth, :phone, :address, :household, :relation, :roster_row
)
