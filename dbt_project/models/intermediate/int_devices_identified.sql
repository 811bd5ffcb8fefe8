{{ seg2amp.identified_devices() }}
