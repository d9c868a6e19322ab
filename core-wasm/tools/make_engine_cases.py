"""Write the engine's goldens: cases with the trades freqtrade made of them.

    python make_engine_cases.py ORACLE_FOLDER rules OUT.json.gz
    python make_engine_cases.py ORACLE_FOLDER random OUT.json.gz --seed 7 --level 1 --count 20 [--first 0]
    python make_engine_cases.py ORACLE_FOLDER random OUT.json.gz --seed 8 --level 4 --count 60 --adjusting

Needs Python 3.11 with freqtrade 2026.9 and a folder with freqtrade_oracle.py, offline.py and
generate_cases.py. `rules` are the cases of rule_cases.py, `random` those the generator makes from
the seed, on seeded synthetic candles; `--adjusting` keeps those of a spot market that adjust
positions, and leaves their detail timeframe out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import traceback
import warnings
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("oracle", type=Path)
    parser.add_argument("kind", choices=("rules", "random"))
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--level", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--real", action="store_true", help="also the generator's real candles")
    parser.add_argument("--adjusting", action="store_true")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    sys.path.insert(0, str(options.oracle))
    import freqtrade_oracle as oracle
    import offline

    from freqtrade_engine_case import engine_case

    offline.install_patches()
    cases = list(list_cases(options))
    described, failed = [], 0
    for case in cases:
        try:
            described.append(engine_case(case, oracle, offline))
        except Exception:
            failed += 1
            print(f"{case['name']}: {traceback.format_exc(limit=4)}", file=sys.stderr)
    document = {
        "source": "freqtrade " + oracle.freqtrade.__version__,
        "kind": options.kind,
        "seed": options.seed if options.kind == "random" else None,
        "level": options.level if options.kind == "random" else None,
        "cases": described,
    }
    text = json.dumps(document, separators=(",", ":"))
    options.out.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(described)} cases, {sum(len(c['expected']['trades']) for c in described)} trades, "
          f"{failed} failed")
    return 1 if failed else 0


def list_cases(options):
    if options.kind == "rules":
        from rule_cases import rule_cases

        return rule_cases()
    from generate_cases import build_case

    cases = (
        build_case(options.seed, options.level, number, not options.real)
        for number in range(options.first, options.first + options.count)
    )
    return map(without_detail, filter(adjusts_in_spot, cases)) if options.adjusting else cases


def adjusts_in_spot(case) -> bool:
    spot = case["config"].get("trading_mode", "spot") == "spot"
    return spot and "def adjust_trade_position" in case["strategy"]


def without_detail(case):
    case.pop("timeframe_detail", None)
    case["config"].pop("timeframe_detail", None)
    return case


if __name__ == "__main__":
    sys.exit(main())
