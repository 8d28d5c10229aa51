SELECT device.device, device.unit, name, tag, max(checkpoint.receipt) AS received_last
FROM device
LEFT JOIN feed ON feed.device = device.device
LEFT JOIN checkpoint ON checkpoint.feed = feed.id
WHERE device.unit LIKE ? || '%'
GROUP BY device.device
ORDER BY device.unit, name, device.device
