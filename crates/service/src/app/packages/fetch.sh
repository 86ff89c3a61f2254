#!/bin/sh
# Fetches one release into a folder. `toolcrib install --from FOLDER` installs from it, here and on other computers, also
# without a network. Run it again after anything that stopped it: it goes on, and fetches nothing twice.
#
#   sh SCRIPT [FOLDER]
#
# It needs curl, and sha256sum or shasum. The address in it works for a day for whoever has it: keep it to yourself.

set -u
unset CDPATH
LC_ALL=C
export LC_ALL

address=«address»
ticket=«ticket»
folder=«folder»
install=«install»
fingerprint=«fingerprint»

[ $# -eq 0 ] || folder=$1
case $folder in
  -*) folder=./$folder ;;
esac

say() {
  printf '%s\n' "$*" >&2
}

stop() {
  say "$*"
  exit 1
}

command -v curl >/dev/null 2>&1 || stop "curl is needed, and is not installed."
if command -v sha256sum >/dev/null 2>&1; then
  digest() { sha256sum <"$1" | cut -c 1-64; }
elif command -v shasum >/dev/null 2>&1; then
  digest() { shasum -a 256 <"$1" | cut -c 1-64; }
else
  stop "sha256sum or shasum is needed, and neither is installed."
fi

# Whether the file $1 is there with the digest $2.
is_right() {
  [ -f "$1" ] && [ "$(digest "$1")" = "$2" ]
}

# How many bytes of $1 are there.
held() {
  if [ -f "$1" ]; then wc -c <"$1" | tr -d ' '; else echo 0; fi
}

# Says why the server answered $1 to the file $2, and what to do.
refused() {
  case $1 in
    410) stop "The address in this script has ended. Get a new script from the product's page and run it with the same folder: what was fetched is kept." ;;
    403) stop "The server does not give this release any more: the seat, the contract or the right to download has ended, or this script was changed. Sign in to the portal to see which." ;;
    409) stop "The vendor has withdrawn this release. Choose another one on the product's page." ;;
    404) stop "The server does not have $2 any more. Get a new script from the product's page." ;;
    *) stop "The server refuses $2 (HTTP $1)." ;;
  esac
}

# Fetches the file $1 into $2, going on where that ends. Whether it is right, its digest says afterwards. Fails where it is
# of a catalogue that was replaced meanwhile.
get() {
  tries=0
  while :; do
    before=$(held "$2")
    code=0
    status=$(curl --silent --show-error --fail --globoff --proto '=http,https' --connect-timeout 30 \
      --speed-limit 100 --speed-time 60 --continue-at - --output "$2" --write-out '%{http_code}' \
      "$address$1?ticket=$ticket" </dev/null) || code=$?
    case $code:$status in
      0:* | 22:416) return 0 ;;
      22:408 | 22:429) ;;
      22:404)
        case $1 in
          catalogue/*) return 1 ;;
        esac
        refused "$status" "$1"
        ;;
      22:4??) refused "$status" "$1" ;;
      23:*) stop "$2 cannot be written: is the disk full?" ;;
      33:*) rm -f "$2" ;;
    esac
    if [ "$(held "$2")" -gt "$before" ]; then tries=0; else tries=$((tries + 1)); fi
    [ "$tries" -lt 5 ] || stop "The network or the server fails. Run this script again later: it goes on where it stopped."
    sleep $((tries + 1))
  done
}

# The digests of all files, as they are now.
get_list() {
  rm -f "$list.begun"
  get SHA256SUMS "$list.begun"
  mv -f "$list.begun" "$list" || stop "$list cannot be written."
}

# Fetches what is not right yet; fails where a file is another one than the list says.
complete() {
  while read -r sum path; do
    case $path in
      '' | /* | *..* | *[!A-Za-z0-9._/-]*) stop "The list of the server names a file that cannot be one of this folder." ;;
    esac
    file=$folder/$path
    is_right "$file" "$sum" && continue
    say "$path"
    mkdir -p "${file%/*}" || stop "${file%/*} cannot be made."
    get "$path" "$file.begun" || return 1
    if ! is_right "$file.begun" "$sum"; then
      rm -f "$file.begun"
      get "$path" "$file.begun" || return 1
    fi
    if ! is_right "$file.begun" "$sum"; then
      rm -f "$file.begun"
      return 1
    fi
    mv -f "$file.begun" "$file" || stop "$file cannot be written."
  done <"$list"
}

# $1 as one word of a command line.
quoted() {
  printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"
}

mkdir -p "$folder" || stop "$folder cannot be made."
folder=$(cd "$folder" && pwd) || stop "The folder cannot be entered."
list=$folder/SHA256SUMS
rounds=1
get_list
until complete; do
  [ "$rounds" -lt 3 ] || stop "A file is another one than the server's list says, three times over. Try again later, and tell whoever runs the server."
  rounds=$((rounds + 1))
  say "The catalogue has changed meanwhile; going on with the new one."
  get_list
done
say "Everything is in $folder. Keep the files together. Install from it here, or take it to another computer and name its place there:"
printf '%s --from %s --trust %s\n' "$install" "$(quoted "$folder")" "$fingerprint"
