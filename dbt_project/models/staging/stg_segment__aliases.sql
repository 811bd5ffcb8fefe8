{{ seg2amp.landed_tables("alias") }}
