{{ seg2amp.landed_tables("identify") }}
