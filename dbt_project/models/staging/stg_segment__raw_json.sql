{{ config(post_hook="{{ seg2amp.forget_lines() }}") }} {{ seg2amp.landed_raw_json() }}
