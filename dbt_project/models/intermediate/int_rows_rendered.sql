{{ seg2amp.rendered_rows() }}
