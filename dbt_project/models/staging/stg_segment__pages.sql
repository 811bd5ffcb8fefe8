{{ seg2amp.landed_tables("page") }}
