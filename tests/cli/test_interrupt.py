"""Ctrl-C while a run goes on in its thread: one line, 130, at once, and no abort from a parser that was at work."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

LINE = "dllint: interrupted; nothing was reported\n"

ENDLESS = """
import signal, sys, time
import dllint.infer.run
from dllint.cli import main

# A job in the background of a shell is started with interrupts ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)

def infer(project, progress):
    print("running", flush=True)
    {body}

dllint.infer.run.infer = infer
sys.argv = ["dllint", "train.py", "--no-progress"]
main()
"""

BODIES = {
    "Python code": "while True: pass",
    "a parser in a thread of its own": "from dllint.program.lower import lower\n    while True: lower(TEXT)",
    "a wait": "time.sleep(60)",
}


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to send")
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_an_interrupt_ends_the_run_at_once(tmp_path: Path, body: str) -> None:
    (tmp_path / "train.py").write_text("import torch\n")
    program = f"TEXT = 'x = 1\\n' * 5_000 + 'x = ' + 'x + ' * 300 + 'x'\n{ENDLESS.format(body=body)}"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout.readline() == "running\n"
            time.sleep(0.3)
            sent = time.monotonic()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
            took = time.monotonic() - sent
        finally:
            process.kill()
    assert (process.returncode, out, err) == (130, "", LINE)
    assert took < 10  # seconds; 0.2 on an idle machine: what a parser takes for one file


def test_an_interrupt_while_the_command_is_imported_is_one_line_too() -> None:
    program = """
import sys
from dllint.cli import main

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "click":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupting())
sys.argv = ["dllint", "--help"]
main()
"""
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", LINE)
