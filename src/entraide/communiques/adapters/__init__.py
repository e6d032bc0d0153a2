"""What the communiques context reads from outside: files."""
