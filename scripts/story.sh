#!/usr/bin/env bash
# One request from the village to the county, on the command line: recorded without a network, sent, handed over,
# received, accepted, found; then two corrections at once, and their settling. Works on a county of its own in
# .daiban/story, made anew each time.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -n "${BUILT:-}" ] || cargo build -q -p daiban-cli -p daiban-hub
built=${CARGO_TARGET_DIR:-target}/debug
story=$PWD/.daiban/story
rm -rf "$story"
mkdir -p "$story/papers"
export DAIBAN_KEYS=$story/keys DAIBAN_NOW=2026-09-28T09:00:00+08:00

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$built/daiban" sample "$story/sample" --hub-url "http://127.0.0.1:$port" >/dev/null
desk() { "$built/daiban" --json --data "$story/sample/$1" "${@:2}"; }
field() { python3 -c 'import json, sys; print(eval("answer" + sys.argv[1], {"answer": json.load(sys.stdin)}))' "$1"; }
at() { DAIBAN_NOW=2026-09-28T$1:00+08:00; }
say() { printf '%s\n' "$*"; }
expect() { [ "$1" = "$2" ] || { printf '应该是 %s，却是 %s\n' "$2" "$1"; exit 1; }; }

say '上塬村，没有网。李秀兰登记一件“城乡居民基本养老保险待遇申领”：'
case_no=$(desk village record - <<'JSON' | field '["caseNo"]'
{"itemId": "I002", "channel": "PROXY",
 "applicant": {"name": "王𬍛㛃", "idNo": "621099194203150014", "phone": "13912345678", "address": "上塬村三组17号"},
 "fields": {"paidYears": 15, "bankAccount": "6217000000000000012"},
 "materials": [{"materialCode": "APP", "originals": 1}, {"materialCode": "ID", "originals": 1, "copies": 1},
               {"materialCode": "CARD", "originals": 1, "copies": 1}, {"materialCode": "PROXY", "originals": 1, "copies": 1}]}
JSON
)
say "  办件编号 $case_no，已存本机"
expect "$(desk village show "$case_no" | field '["countyReceipt"]')" False
desk village form "$case_no" F01 -o "$story/papers/F01-代办登记回执.pdf" >/dev/null

"$built/daiban-hub" serve --data "$story/sample/hub" --listen "127.0.0.1:$port" >"$story/hub.log" &
hub=$!
trap 'kill $hub 2>/dev/null || true' EXIT
until grep -q '^listening on' "$story/hub.log"; do sleep 0.1; done

at 09:20
say '网通了，同步一次：'
desk village act "$case_no" handOver >/dev/null
say "  $(desk village sync)"
expect "$(desk village show "$case_no" | field '["countyReceipt"]')" True
say '  县中心已收到'

at 10:00
say '清源镇收到材料，受理：'
desk township sync >/dev/null
desk township act "$case_no" receive >/dev/null
desk township form "$case_no" F02 -o "$story/papers/F02-收件凭证.pdf" >/dev/null
desk township act "$case_no" accept >/dev/null
desk township form "$case_no" F02 -o "$story/papers/F02-受理通知书.pdf" >/dev/null
due=$(desk township show "$case_no" | field '["deadlines"][-1]["due"]')
expect "$due" 2026-10-16
say "  承诺办结日期 $due，国庆没有算"
desk township sync >/dev/null

at 11:00
say '县中心按姓名、拼音、编号、身份证号都能找到：'
desk county sync >/dev/null
for words in '王𬍛' "$(echo "$case_no" | cut -d- -f4,5)" 621099194203150014; do
    expect "$(desk county list --search "$words" | field '["total"]')" 1
    say "  $words"
done
desk village sync >/dev/null

at 13:00
say '断网时村里和镇上都改了联系电话：'
desk village set "$case_no" applicant.phone 13700000001 >/dev/null
at 13:05
desk township set "$case_no" applicant.phone 13700000002 >/dev/null
desk township set "$case_no" applicant.address 清源镇人民路66号 >/dev/null
for name in village township county village; do desk $name sync >/dev/null; done
for name in village township county; do
    expect "$(desk $name show "$case_no" | field '["applicant"]["phone"]')" 13700000002
    expect "$(desk $name show "$case_no" | field '["conflicts"][0]["values"][1]["value"]')" 13700000001
done
say '  三处都先用镇上的，村里的也留着'
at 14:00
desk township settle "$case_no" applicant.phone 13700000001 >/dev/null
for name in township village county; do desk $name sync >/dev/null; done
for name in village township county; do
    expect "$(desk $name show "$case_no" | field '["conflicts"]')" '[]'
    expect "$(desk $name show "$case_no" | field '["applicant"]["phone"]')" 13700000001
    expect "$(desk $name verify | field '["ok"]')" True
done
say '  定下来用村里的，三处一样，核对无误'
say "文书在 $story/papers"
