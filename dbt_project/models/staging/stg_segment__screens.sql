{{ seg2amp.landed_tables("screen") }}
