"""The local stack on the embedded AWS, and offline previews of the real stack files."""
