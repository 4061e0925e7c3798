"""`python -m recovery`."""

from recovery.app import app

if __name__ == "__main__":
    app(prog_name="cognito-dr")
