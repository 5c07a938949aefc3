"""The command line: parse, call the app, print."""


def main() -> None:
    """Run ``whoholds``."""
    from whoholds.cli.commands import run

    run()
