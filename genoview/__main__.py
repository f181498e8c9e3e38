"""`python -m genoview` is the command `genoview`."""

from genoview.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
