"""The command line: pure parts by properties, edges against small servers on 127.0.0.1."""
