# What run and imported share: the three clients, the server, and asking it. To be sourced, by bash with set -euo
# pipefail.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
temporary=$(mktemp -d)
server=
failed=()

clean_up() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; fi
  rm -rf "$temporary"
}
trap clean_up EXIT

# say prints a command as ran does, without the places where this machine has things.
say() {
  local line="+ $*"
  line=${line//"$temporary"/TEMPORARY}
  printf "%s\n" "${line//"$root/"/}"
}

# ran prints a command and runs it.
ran() {
  say "$@"
  "$@"
}

# shown runs what a client and the judge print through; who asks about numbers of persons makes it hide them.
shown() { "$@"; }

install_debian() {
  local missing=() as_root=()
  /usr/bin/python3 -c 'import zeep' 2>/dev/null || missing+=(python3-zeep)
  php -r 'exit(class_exists("SoapClient") ? 0 : 1);' >/dev/null 2>&1 || missing+=(php-cli php-soap)
  command -v npm >/dev/null || missing+=(nodejs npm)
  if [ ${#missing[@]} -eq 0 ]; then return; fi
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  ran "${as_root[@]}" apt-get update -q
  ran "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}

install_npm_soap() {
  cp "$here/package.json" "$temporary/"
  ran npm install --prefix "$temporary" --no-package-lock --no-audit --no-fund --engine-strict --loglevel=error
}

build() {
  ran go build -C "$root" -o "$temporary/aareg" ./cmd/aareg
}

# start_server [FLAG...] serves on a free port and waits until the WSDL is given out; base is the server's address.
start_server() {
  say aareg serve --addr 127.0.0.1:0 "$@"
  "$temporary/aareg" serve --addr 127.0.0.1:0 "$@" >"$temporary/served" 2>"$temporary/log" &
  server=$!
  for _ in $(seq 100); do
    base=$(sed -n 's#^ *contract *GET *\(http://[^/]*\)/.*#\1#p' "$temporary/served")
    if [ -n "$base" ] && /usr/bin/python3 -c 'import sys, urllib.request as u; u.urlopen(sys.argv[1])' \
      "$base/ws/NAV/Aareg2.pl?wsdl" 2>/dev/null; then return; fi
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  echo "interop: aareg does not answer:" >&2
  cat "$temporary/served" "$temporary/log" >&2
  return 1
}

# stop_server stops it as an operator would, and fails when it does not end well.
stop_server() {
  local stopping=$server
  server=
  kill "$stopping"
  wait "$stopping"
}

# ask NAME COMMAND...: the client asks $questions, the judge judges as $mode says. A failure does not keep the next
# client from asking.
ask() {
  local name=$1 records=$temporary/$1.jsonl
  shift
  shown ran "$@" "$base" "$questions" "$records" &&
    shown ran /usr/bin/python3 "$here/judge.py" "$root/wsdl/felt/felter.csv" "$questions" "$name" "$records" "${mode[@]}" ||
    failed+=("$name")
  rm -f "$records"
}

# ask_all FILE [MODE]: all clients ask the questions in FILE; then the server is stopped. It fails when any of it did.
ask_all() {
  questions=$1
  shift
  mode=("$@")
  ask zeep /usr/bin/python3 "$here/zeep_client.py"
  ask php php "$here/php_client.php"
  NODE_PATH=$temporary/node_modules ask node node "$here/node_client.js"
  stop_server || failed+=("stopping the server")
  if [ ${#failed[@]} -gt 0 ]; then
    printf 'interop: FAILED: %s\n' "${failed[@]}" >&2
    return 1
  fi
}
