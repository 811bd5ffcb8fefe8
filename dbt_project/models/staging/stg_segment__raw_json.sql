{{ seg2amp.messages_from_raw_json() }}
