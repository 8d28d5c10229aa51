#!/usr/bin/env bash
# The arrows of docs/ARCHITECTURE.md: fails on any dependency between our crates that isn't listed here.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo metadata --format-version 1 --no-deps --offline 2>/dev/null | python3 -c '
import json, sys
allowed = {
    "daiban-domain": "",
    "daiban-contract": "domain",
    "daiban-exchange": "domain",
    "daiban-replica": "exchange domain",
    "daiban-support": "domain",
    "daiban-hub": "exchange domain replica support",  # replica: the binary founds a county with it, the library never
    "daiban-forms": "domain",
    "daiban-desk": "contract forms sheet replica hub exchange domain support",
    "daiban-sheet": "domain",
    "daiban-cli": "desk contract sheet domain support",
    "daiban-window": "desk contract domain support",
    "daiban-frontend": "contract domain",
    "daiban-testkit": "desk contract hub replica exchange forms domain",
    "daiban-tests": "",
}
wrong = []
for package in json.load(sys.stdin)["packages"]:
    name = package["name"]
    for dependency in package["dependencies"]:
        to = dependency["name"]
        if not to.startswith("daiban-"):
            continue
        test_only = dependency["kind"] == "dev"
        listed = to.removeprefix("daiban-") in allowed.get(name, "").split()
        if not listed and not (test_only and (to == "daiban-testkit" or name == "daiban-tests")):
            wrong.append(f"{name} -> {to}")
print("\n".join(wrong) or "all arrows point one way")
sys.exit(bool(wrong))
'
if grep -rn "daiban_replica" crates/hub/src --include=*.rs | grep -v "crates/hub/src/main.rs"; then
    echo "the hub library must not use replica"
    exit 1
fi
