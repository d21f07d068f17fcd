"""Requests a second of the whole site, side by side: python -m bench.run (needs wrk). Only the ratios mean anything.

The load goes to loopback, is bounded in time, and stops by itself.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from dev.running import start_site

ROUNDS, SECONDS, CONNECTIONS = 3, 5, 16
CAMPAIGN = "/en/campaigns/milan-daegu/"
CASES = {
    "view without database": ["/robots.txt"],
    "campaign page, kept": [CAMPAIGN],
    "campaign page, kept, gzip": [CAMPAIGN, "-H", "Accept-Encoding: gzip"],
    "signing": ["/", "-s", str(Path(__file__).with_name("sign.lua"))],
}


def requests_a_second(url: str, path: str, *options: str) -> float:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", *options, url + path]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if re.search(r"Non-2xx or 3xx responses: \d+", said):
        print(said, file=sys.stderr)
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    return float(found[1]) if found else 0.0


def main() -> None:
    os.environ["TRUSTED_PROXIES"] = "127.0.0.0/8"
    seen: dict[str, list[float]] = {name: [] for name in CASES}
    with tempfile.TemporaryDirectory() as data:
        site = start_site(Path(data))
        try:
            for _ in range(ROUNDS):
                for name, (path, *options) in CASES.items():
                    seen[name].append(requests_a_second(site.url, path, *options))
        finally:
            site.stop()
    base = statistics.median(seen["view without database"])
    for name, figures in seen.items():
        middle = statistics.median(figures)
        print(f"{name:28} {middle:8.0f}/s   {middle / base:5.0%}")


if __name__ == "__main__":
    main()
