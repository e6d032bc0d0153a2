"""What the publisher of a register says of itself, and the errors that its readers report."""
