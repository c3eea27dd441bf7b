"""`./guomen demo`: reads the options, names the data folder, and starts the demo."""

import argparse
import gc
import os
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path


def _scale(text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text} is no number; write 0.001") from None
    if value.is_nan() or not Decimal("0.00001") <= value <= 1:
        raise argparse.ArgumentTypeError("the scale is between 0.00001 and 1")
    return f"{value.normalize():f}"


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./guomen demo", description="Simulate the synthetic nation and serve it."
    )
    parser.add_argument("--scale", type=_scale, default="0.001", help="1 is the whole nation")
    parser.add_argument("--seed", type=int, default=12367)
    parser.add_argument("--once", action="store_true", help="print the bulletin and end")
    parser.add_argument("--data", type=Path, default=None, help="the folder of the demo's data")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Run the demo in its own data folder."""
    options = _options(arguments)
    if options.data is not None:
        os.environ["GUOMEN_DATA"] = str(options.data.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guomen.project.settings")
    # Millions of short-lived records and no cycles: looking for garbage less often saves a tenth.
    gc.set_threshold(100_000, 50, 50)
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        return 2
    from django.conf import settings

    from simulation.demo import run_demo

    try:
        return run_demo(options, settings.DATA)
    except KeyboardInterrupt:
        sys.stderr.write("\ndemo: stopped. Run it again and it goes on where it was.\n")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
