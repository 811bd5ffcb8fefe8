{{ seg2amp.landed_tables("track") }}
