{{ seg2amp.landed_tables("group") }}
