{{ seg2amp.rows_of_marts() }}
