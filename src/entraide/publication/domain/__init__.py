"""What a publisher says and readers report, as frozen data and pure decisions."""
