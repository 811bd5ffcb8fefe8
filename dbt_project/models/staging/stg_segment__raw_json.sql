{{ seg2amp.landed(seg2amp.messages_from_raw_json(), "1 = 0") }}
