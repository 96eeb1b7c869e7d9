"""What a match run was made from, kept so that it can be made again to the same bytes, also years of profiles later."""
