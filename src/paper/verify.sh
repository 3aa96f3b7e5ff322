#!/bin/sh
# Verifies the record of a ceremony. Run it in the folder of the record, or give that folder:
#
#   sh verify.sh [FOLDER]
#
# It needs a POSIX shell, openssl 1.1.1 or later, and awk, sed, grep, dd, od, find, sort and cmp. It writes nothing into
# the folder and reaches no network. The script is the same in every record: take it from somewhere else if you can, and
# compare. VERIFY.txt says what it does, step by step. Exit code: 0 verified, 1 not verified, 2 it could not begin.

LC_ALL=C
export LC_ALL
unset CDPATH
umask 077

cd -- "${1:-$(dirname -- "$0")}" || exit 2
for program in openssl awk sed grep dd od find sort cmp cut tr tail mktemp; do
  command -v "$program" >/dev/null 2>&1 || { printf 'This needs %s.\n' "$program"; exit 2; }
done
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM

number=0
faults=0
first=
zeros=0000000000000000000000000000000000000000000000000000000000000000

step() { number=$((number + 1)); printf '\n%s. %s\n' "$number" "$1"; }
ok() { printf '   ok     %s\n' "$1"; }
note() { printf '   note   %s\n' "$1"; }
bad() {
  printf '   WRONG  %s\n' "$1"
  [ "$faults" -gt 0 ] || first=$1
  faults=$((faults + 1))
}
verdict() {
  if [ "$faults" -eq 0 ]; then printf '\nVERIFIED%s\n' "${isAborted:+, the record of a ceremony that was aborted}"; exit 0; fi
  [ "$faults" -eq 1 ] || first="$first (and $((faults - 1)) more)"
  printf '\nNOT VERIFIED: %s\n' "$first"
  exit 1
}
stop() { bad "$1"; verdict; }

# SHA-256 of what is read, in hex.
if command -v sha256sum >/dev/null 2>&1; then
  sha256() { sha256sum | cut -c1-64; }
else
  sha256() { openssl dgst -sha256 -r | cut -c1-64; }
fi
is_hash() { case $1 in *[!0-9a-f]*) return 1 ;; esac; [ ${#1} -eq 64 ]; }
is_number() { case $1 in '' | *[!0-9]* | 0[0-9]*) return 1 ;; esac; [ ${#1} -lt 10 ]; }
# A name from the record as it may be printed.
shown() { printf '%s' "$1" | tr -c 'A-Za-z0-9._/-' '?' | cut -c1-200; }
ends_with_newline() { [ "$(tail -c 1 "$1" | od -An -tx1 | tr -d ' \n')" = 0a ]; }
has() { grep -qF -e "$2" "$1"; }

# The words of a hash: one for each octet, from the two lists by turns.
words() {
  printf '%s\n' "$1" | awk '
    NR == FNR { word[NR - 1] = $0; next }
    {
      for (i = 0; i < 32; i++) {
        high = index("0123456789abcdef", substr($0, 2 * i + 1, 1)) - 1
        low = index("0123456789abcdef", substr($0, 2 * i + 2, 1)) - 1
        printf "%s%s", word[high * 16 + low + (i % 2) * 256], (i % 8 == 7 ? "\n" : " ")
      }
    }' words.txt - | sed 's/^/            /'
}
say() { printf '   %s %s\n' "$1" "$2"; words "$2"; }

step 'The files are those of manifest.sha256, and there are no others'
[ -f manifest.sha256 ] && [ ! -L manifest.sha256 ] || stop 'manifest.sha256 is missing'
tr -cd '\n\040-\176' <manifest.sha256 | cmp -s - manifest.sha256 && ends_with_newline manifest.sha256 ||
  stop 'manifest.sha256 is not text, or has no end'
line=$(awk '
  {
    hash = substr($0, 1, 64); name = substr($0, 67)
    if (length(hash) != 64 || hash ~ /[^0-9a-f]/ || substr($0, 65, 2) != "  " || name == "" || length(name) > 200 ||
        name ~ /[^A-Za-z0-9._\/-]/ || name ~ /^[.-]/ || name ~ /\/[.-]/ || name ~ /^\// || name ~ /\/\// || name ~ /\/$/ ||
        (NR > 1 && !(name "" > before ""))) { print NR; exit }
    before = name
  }' manifest.sha256)
[ -z "$line" ] || stop "line $line of manifest.sha256 is not in its form, or not in order"
[ -z "$(find . ! -type f ! -type d)" ] || stop 'something in the folder is neither a file nor a folder'
while IFS= read -r line; do
  want=${line%%  *}
  name=${line#*  }
  if [ ! -f "$name" ]; then bad "$name is missing"
  elif [ "$(sha256 <"$name")" != "$want" ]; then bad "$name is not the file that is listed"
  fi
done <manifest.sha256
for name in VERIFY.txt plan.json rehearsal/transcript.jsonl sealed.json skeletons.txt tool.txt transcript.jsonl verify.sh words.txt; do
  cut -c67- manifest.sha256 | grep -qxF -e "$name" || bad "$name is not in the manifest"
done
{ cut -c67- manifest.sha256; printf 'manifest.sha256\n'; } | sort >"$tmp/listed"
find . -type f | sed 's/^\.\///' | grep -v '^witnesses/[A-Za-z0-9_][A-Za-z0-9._-]*$' | sort >"$tmp/there"
while IFS= read -r name; do
  grep -qxF -e "$name" "$tmp/listed" || bad "$(shown "$name") is not in the manifest"
done <"$tmp/there"
[ "$faults" -eq 0 ] || verdict
ok "$(awk 'END { print NR }' manifest.sha256) files"

step 'Nothing was taken out of the transcripts or changed in them'
plan=$(sha256 <plan.json)
# FILE KIND: leaves the SHA-256 of the last line in $head.
chain() {
  head=$zeros
  count=0
  while IFS= read -r line; do
    count=$((count + 1))
    case $line in
      "{\"sequence\":$count,\"at\":\""*"\",\"kind\":\"$2\",\""*",\"previous\":\"$head\"}") ;;
      *) bad "line $count of $1 does not follow from the line before it"; return ;;
    esac
    if [ "$count" -eq 1 ]; then
      case $line in
        *",\"event\":\"open\",\"plan\":\"$plan\","*) ;;
        *) bad "$1 does not begin with this plan" ;;
      esac
    fi
    head=$(printf '%s' "$line" | sha256)
  done <"$1"
  [ "$count" -gt 0 ] && ends_with_newline "$1" || { bad "$1 is empty, or its last line has no end"; return; }
  ok "$1: $count lines"
}
chain rehearsal/transcript.jsonl rehearsal
has sealed.json "\"$head\"" || bad 'sealed.json is not of this rehearsal'
has sealed.json "\"$plan\"" || bad 'sealed.json is not of this plan'
chain transcript.jsonl live
# Texts that somebody typed have no such quotation marks.
isAborted=
if has transcript.jsonl ',"event":"aborted",'; then
  isAborted=1
  note 'the ceremony was aborted: nothing that it signed is to be published'
elif ! has transcript.jsonl ',"event":"completed",'; then note 'the transcript does not say that the ceremony came to its end'
fi
read -r tool name <tool.txt
if is_hash "$tool" && has plan.json "\"$tool\""; then ok "the tool is the one of the plan: $tool"
else bad 'tool.txt is not the tool of the plan'
fi

step 'What was signed is what was rehearsed, outside serial numbers and keys'
# FILE: leaves the octets under its signature in $tmp/tbs.
under_signature() {
  case $1 in
    *.ors)
      # Within an OCSP response is one that is signed.
      set -- "$1" $(openssl asn1parse -inform DER -in "$1" 2>/dev/null | sed -n 's/^ *\([0-9]*\):d=3 .*prim: OCTET STRING.*/\1/p')
      [ $# -eq 2 ] && openssl asn1parse -inform DER -in "$1" -strparse "$2" -noout -out "$tmp/basic" >/dev/null 2>&1 || return 1
      set -- "$tmp/basic"
      ;;
  esac
  set -- "$1" $(od -An -v -tu1 -N 2 "$1")
  [ $# -eq 3 ] && [ "$2" -eq 48 ] || return 1
  start=2
  [ "$3" -lt 128 ] || start=$((2 + $3 - 128))
  set -- "$1" $(od -An -v -tu1 -j "$start" -N 6 "$1")
  [ $# -eq 7 ] && [ "$2" -eq 48 ] || return 1
  case $3 in
    129) size=$((3 + $4)) ;;
    130) size=$((4 + $4 * 256 + $5)) ;;
    131) size=$((5 + ($4 * 256 + $5) * 256 + $6)) ;;
    *) [ "$3" -lt 128 ] || return 1; size=$((2 + $3)) ;;
  esac
  dd if="$1" of="$tmp/tbs" bs=1 skip="$start" count="$size" 2>/dev/null
}
# KIND HOLES…: each hole in $tmp/tbs is a serial number, the bits of a public key, or within an identifier of a key.
are_holes() {
  kind=$1
  shift
  openssl asn1parse -inform DER -in "$tmp/tbs" 2>/dev/null | awk -v kind="$kind" -v holes="$*" '
    function value(name) { match($0, name "= *[0-9]+"); return substr($0, RSTART + length(name) + 1, RLENGTH - length(name) - 1) + 0 }
    {
      depth = value("d"); size = value(" l"); from = $0 + value("hl")
      if ($0 ~ /prim: OBJECT/) object = $0
      if ($0 ~ /prim: INTEGER/ && depth == (kind == "list" ? 3 : kind == "response" ? 4 : 1)) allowed[from "+" size] = 1
      if (kind == "response" && $0 ~ /prim: OCTET STRING/) {
        # The responder by its key; of the two hashes that name an issuer, the second is of its key.
        if (depth == 2 && before ~ /cont \[ 2 \]/) allowed[from "+" size] = 1
        if (depth == 4 && before ~ /^ *[0-9]+:d=4 .*prim: OCTET STRING/) allowed[from "+" size] = 1
      }
      before = $0
      if ($0 ~ /prim: BIT STRING/ && kind == "certificate" && depth == 2) allowed[(from + 1) "+" (size - 1)] = 1
      if ($0 ~ /prim: OCTET STRING/ && object ~ /:X509v3 (Subject|Authority) Key Identifier *$/) {
        places++
        start[places] = from
        end[places] = from + size
      }
    }
    END {
      if (NR == 0) exit 1
      count = split(holes, hole, " ")
      for (i = 1; i <= count; i++) {
        fine = (hole[i] in allowed)
        split(hole[i], part, "+")
        for (j = 1; j <= places; j++) if (part[1] + 0 >= start[j] && part[1] + part[2] <= end[j]) fine = 1
        if (!fine) exit 1
      }
    }'
}
# FILE LENGTH MASKED HOLES…: the octets under its signature with zeros in the holes have this SHA-256.
is_masked() {
  under_signature "$1" && [ "$(wc -c <"$tmp/tbs")" -eq "$2" ] || return 1
  length=$2
  masked=$3
  shift 3
  hidden=0
  for hole in "$@"; do
    from=${hole%+*}
    size=${hole#*+}
    is_number "$from" && is_number "$size" && [ $((from + size)) -le "$length" ] || return 1
    hidden=$((hidden + size))
    dd if=/dev/zero of="$tmp/tbs" bs=1 seek="$from" count="$size" conv=notrunc 2>/dev/null
  done
  [ "$(sha256 <"$tmp/tbs")" = "$masked" ]
}
: >"$tmp/rehearsed"
while read -r name kind length masked holes; do
  case $name in *[!A-Za-z0-9._-]* | .* | -* | '') stop 'a line of skeletons.txt is not in its form' ;; esac
  is_number "$length" && is_hash "$masked" || stop "the line of $name in skeletons.txt is not in its form"
  case $kind in certificate | list | response) ;; *) stop "the line of $name in skeletons.txt is not in its form" ;; esac
  case $holes in *[!0-9+\ ]*) stop "the line of $name in skeletons.txt is not in its form" ;; esac
  printf '%s\n' "$name" >>"$tmp/rehearsed"
  # shellcheck disable=SC2086 # Each hole is a word.
  for place in rehearsal objects; do
    if [ ! -f "$place/$name" ]; then bad "$place/$name is missing"
    elif ! is_masked "$place/$name" "$length" "$masked" $holes; then bad "$place/$name is not what was rehearsed"
    elif ! { under_signature "$place/$name" && are_holes "$kind" $holes; }; then
      bad "skeletons.txt hides more of $place/$name than serial numbers and keys"
    else [ $place = rehearsal ] || ok "$name: $((length - hidden)) of $length octets"
    fi
  done
  cmp -s "rehearsal/$name" "objects/$name" && bad "objects/$name is the one of the rehearsal"
done <skeletons.txt
for file in objects/*; do
  [ -f "$file" ] || continue
  case $file in *.csr) continue ;; esac
  grep -qxF -e "${file#objects/}" "$tmp/rehearsed" || bad "$file was not rehearsed"
done

step 'Each certificate leads to a root, or to a CA that was there before'
: >"$tmp/all.pem"
: >"$tmp/anchors.pem"
for file in objects/*.der existing/*.der; do
  [ -f "$file" ] || continue
  name=$(printf '%s' "$file" | tr / _)
  if ! openssl x509 -inform DER -in "$file" -out "$tmp/$name.pem" 2>/dev/null; then bad "$file is not a certificate"; continue; fi
  cat "$tmp/$name.pem" >>"$tmp/all.pem"
  case $file in
    existing/*) cat "$tmp/$name.pem" >>"$tmp/anchors.pem" ;;
    *)
      if openssl verify -no_check_time -check_ss_sig -CAfile "$tmp/$name.pem" "$tmp/$name.pem" >/dev/null 2>&1; then
        cat "$tmp/$name.pem" >>"$tmp/anchors.pem"
      fi
      ;;
  esac
done
for file in objects/*.der; do
  name=$(printf '%s' "$file" | tr / _)
  [ -f "$tmp/$name.pem" ] || continue
  if openssl verify -no_check_time -check_ss_sig -partial_chain -CAfile "$tmp/anchors.pem" -untrusted "$tmp/all.pem" "$tmp/$name.pem" >/dev/null 2>&1; then
    ok "$file  SHA-256 $(sha256 <"$file")"
  else bad "$file does not verify"
  fi
  pem=pem/${file#objects/}
  pem=${pem%.der}.pem
  [ ! -f "$pem" ] || openssl x509 -in "$pem" -outform DER 2>/dev/null | cmp -s - "$file" || bad "$pem is another certificate"
done
for file in objects/*.crl; do
  [ -f "$file" ] || continue
  signer=
  for name in "$tmp"/objects_*.pem "$tmp"/existing_*.pem; do
    [ -f "$name" ] || continue
    case $(openssl crl -inform DER -in "$file" -CAfile "$name" -noout 2>&1) in *'verify OK'*) signer=$name ;; esac
  done
  if [ -n "$signer" ]; then ok "$file"; else bad "$file was signed by no CA of the record"; fi
done
for file in objects/*.der existing/*.der; do
  name=$(printf '%s' "$file" | tr / _)
  [ ! -f "$tmp/$name.pem" ] || printf '%s %s\n' "$(openssl x509 -in "$tmp/$name.pem" -noout -serial | sed 's/^serial=//')" "$file"
done >"$tmp/serials"
for file in objects/*.ors; do
  [ -f "$file" ] || continue
  # The certificate of whoever signs is in the response, or is that of the CA.
  case $(openssl ocsp -respin "$file" -CAfile "$tmp/anchors.pem" -verify_other "$tmp/all.pem" -no_check_time -partial_chain 2>&1) in
    *'Response verify OK'*) ;;
    *) bad "$file was signed by nobody who answers for a CA of the record"; continue ;;
  esac
  openssl ocsp -respin "$file" -noverify -resp_text 2>/dev/null |
    awk '/Serial Number: *[0-9A-F]/ { serial = $3 } /Cert Status:/ { print serial, $3 }' >"$tmp/answers"
  [ -s "$tmp/answers" ] || bad "$file answers nothing"
  while read -r serial status; do
    name=$(awk -v serial="$serial" '$1 == serial { print $2; exit }' "$tmp/serials")
    if [ -n "$name" ]; then ok "$file: $name is $status"; else bad "$file is about a certificate that is not in the record"; fi
  done <"$tmp/answers"
done
for file in objects/*.csr; do
  [ -f "$file" ] || continue
  case $(openssl req -inform DER -in "$file" -verify -noout 2>&1) in
    *'verify OK'*) ok "$file" ;;
    *) bad "$file was not signed by its key" ;;
  esac
done

step 'Each witness is on the roll, and signed this manifest'
signed=0
: >"$tmp/signers"
for file in witnesses/*; do
  [ -f "$file" ] || continue
  person=${file#witnesses/}
  case $person in
    all.p7s) continue ;;
    *.sig) [ -f "${file%.sig}.crt" ] || bad "$file has no certificate"; continue ;;
    *.crt) person=${person%.crt} ;;
    *) bad "$(shown "$file") does not belong there"; continue ;;
  esac
  signed=$((signed + 1))
  openssl x509 -in "$file" 2>/dev/null | grep -v '^-' | tr -d '\n' >>"$tmp/signers"
  printf '\n' >>"$tmp/signers"
  openssl x509 -in "$file" -noout -pubkey >"$tmp/public" 2>/dev/null
  key=$(openssl pkey -pubin -in "$tmp/public" -outform DER 2>/dev/null | sha256)
  case $(openssl pkey -pubin -in "$tmp/public" -noout -text 2>/dev/null) in
    *prime256v1*) ;;
    *) bad "the key of $person is not on P-256"; continue ;;
  esac
  if ! openssl dgst -sha256 -verify "$tmp/public" -signature "witnesses/$person.sig" manifest.sha256 >/dev/null 2>&1; then
    bad "the signature of $person is not over this manifest"
    continue
  fi
  case $(grep -F -e ",\"event\":\"witness\",\"person\":\"$person\"," transcript.jsonl | tail -n 1) in
    *",\"key\":\"$key\",\"previous\":\""*) ok "$person, by the key on the roll" ;;
    *",\"key\":null,\"previous\":\""*) note "$person is on the roll by name alone: compare the words of the key with the signed sheet" ;;
    '') bad "$person is not on the roll"; continue ;;
    *) bad "$person is on the roll with another key"; continue ;;
  esac
  say "$person" "$key"
done
[ "$signed" -gt 0 ] || bad 'nobody signed the manifest'
if openssl cms -verify -binary -inform DER -in witnesses/all.p7s -content manifest.sha256 -noverify -signer "$tmp/cms.pem" -out /dev/null >/dev/null 2>&1; then
  awk '/^-----END/ { print text; text = "" } !/^-/ && !/[^A-Za-z0-9+\/=]/ { text = text $0 }' "$tmp/cms.pem" | sort >"$tmp/cms"
  sort "$tmp/signers" | cmp -s - "$tmp/cms" && ok "all.p7s: the same $signed signed" || bad 'all.p7s was signed by others'
else bad 'all.p7s does not verify over this manifest'
fi

step 'Compare with the paper: the plan, the last line of the transcript, the manifest'
[ "$(grep -cx '[a-z][a-z]*' words.txt)" -eq 512 ] && [ "$(sort -u words.txt | awk 'END { print NR }')" -eq 512 ] ||
  bad 'words.txt is not 512 words'
say plan "$plan"
say last "$head"
say manifest "$(sha256 <manifest.sha256)"

verdict
