"""What the scripts share that speak to a listening LibreOffice. Under the system's Python, which has the office's own module `uno` and nothing
of this project."""

import os
import sys
import time
import traceback

import uno
from com.sun.star.beans import PropertyValue

#: seconds until a program is given up that does not answer, or opens nothing
PATIENCE, PAUSE = 100, 0.25


def service(context, name):
    """A service of the office program."""
    return context.ServiceManager.createInstanceWithContext(name, context)


def connected(pipe):
    """The context of the office program that listens at a pipe, as soon as it answers there."""
    resolver = service(uno.getComponentContext(), "com.sun.star.bridge.UnoUrlResolver")
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception as error:
            if time.monotonic() > end:
                raise SystemExit(f"LibreOffice does not answer at {pipe}: {error}") from None
            time.sleep(PAUSE)


def option(name, value):
    """A named argument of the office program."""
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def opened(context, path):
    """The document, without a window; an office that is still starting answers, and opens nothing."""
    desktop = service(context, "com.sun.star.frame.Desktop")
    end = time.monotonic() + PATIENCE
    while True:
        document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (option("Hidden", True),))
        if document is not None:
            return document
        if time.monotonic() > end:
            raise SystemExit(f"LibreOffice cannot open {path}")
        time.sleep(PAUSE)


def end_after(main):
    """Run a script and end it: 0, or 1 with what went wrong on stderr. Whoever started the office program ends that."""
    code = 0
    try:
        main(*sys.argv[1:])
    except SystemExit as end:
        print(end, file=sys.stderr)
        code = 1
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    # No tear-down: while the interpreter ends, the thread of the bridge still runs, and one process in forty dies of it, its work done.
    os._exit(code)
