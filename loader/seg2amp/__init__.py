"""seg2amp: the warehouse-native Segment to Amplitude destination."""
