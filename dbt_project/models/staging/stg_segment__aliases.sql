{{ seg2amp.messages_from_schemas("alias") }}
