UPDATE entry SET header = :header, body = :body, packing = :packing, erased = :erased, withheld = 0 WHERE id = :id
