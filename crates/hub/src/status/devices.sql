SELECT device.device, device.unit, device.name, device.tag, device.revoked, unit.name AS unit_name,
       visit.at, visit.protocol, visit.moment, visit.lacked, visit.clock_off, visit.bytes_up, visit.bytes_down
FROM device
LEFT JOIN unit ON unit.code = device.unit
LEFT JOIN visit ON visit.device = device.device
