SELECT county, unit, device, device_name, incarnation, tag, spare_tag, person, recipient, hub_url, hub, hub_key, root, certificate FROM identity
