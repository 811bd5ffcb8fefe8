{{ config(post_hook="{{ seg2amp.forget_lines() }}") }} {{ seg2amp.messages_from_raw_json() }}
