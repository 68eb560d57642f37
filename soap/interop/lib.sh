# What run, imported and login share: the clients, the server, and asking it. To be sourced, by bash with set -euo pipefail.
# A client has one line in lacks and one in command_of; the command is called with the server's address, the file with
# the questions, and the file for the records that judge.py reads, and tells its name and version last.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
temporary=$(mktemp -d)
matrix=$temporary/matrix
mkdir "$matrix"
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

# lacks CLIENT prints the Debian packages that this machine lacks for the client.
lacks() {
  case $1 in
    zeep) /usr/bin/python3 -c 'import zeep' || echo python3-zeep ;;
    php) php -r 'exit(class_exists("SoapClient") ? 0 : 1);' || echo php-cli php-soap ;;
    node | strong-soap) command -v npm >&2 || echo nodejs npm ;;
    suds) /usr/bin/python3 -c 'import suds' || echo python3-suds ;;
    pysimplesoap) /usr/bin/python3 -c 'import pysimplesoap' || echo python3-pysimplesoap ;;
    soaplite) perl -MSOAP::Lite -e 1 || echo libsoap-lite-perl ;;
    soap4r) ruby -e "gem 'soap4r-ruby1.9'" || echo ruby ruby-soap4r ;;
    xsdata) /usr/bin/python3 -c 'import xsdata.cli, requests' ||
      echo python3-{click,click-default-group,docformatter,jinja2,lxml,requests,toposort,xsdata} ;;
    gsoap) g++ --version >&2 && soapcpp2 -V >&2 && ls /usr/include/stdsoap2.h >&2 || echo g++ gsoap libgsoap-dev ;;
    jaxws) javac -version >&2 || echo default-jdk-headless
      ls /usr/share/java/jaxws-tools.jar >&2 || echo libjaxws-java ;;
    axis) javac -version >&2 || echo default-jdk-headless
      ls /usr/share/java/axis.jar >&2 || echo libaxis-java ;;
    mono) mcs --version >&2 && command -v wsdl mono >&2 || echo mono-devel mono-mcs ;;
    openssl) openssl version >&2 || echo openssl ;;
    curl) curl --version >&2 && /usr/bin/python3 -c 'import lxml' || echo curl python3-lxml ;;
  esac 2>/dev/null
}

# install_debian CLIENT... installs what they lack.
install_debian() {
  local missing=() as_root=()
  for client in "$@"; do missing+=($(lacks "$client")); done
  if [ ${#missing[@]} -eq 0 ]; then return; fi
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  ran "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=600 update -q
  ran "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -q \
    --no-install-recommends "${missing[@]}"
}

# install_npm CLIENT... installs npm's clients into a temporary folder, when one of them is to ask.
install_npm() {
  [[ " $* " =~ " node "|" strong-soap " ]] || return 0
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
    base=$(sed -n 's#^ *contract *GET *\(https\{0,1\}://[^/]*\)/.*#\1#p' "$temporary/served")
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

# command_of CLIENT: the command that asks with it, in command.
command_of() {
  case $1 in
    zeep) command=(/usr/bin/python3 "$here/zeep_client.py") ;;
    php) command=(php "$here/php_client.php") ;;
    node) command=(env NODE_PATH="$temporary/node_modules" node "$here/node_client.js") ;;
    strong-soap) command=(env NODE_PATH="$temporary/node_modules" node "$here/strong_soap_client.js") ;;
    suds) command=(/usr/bin/python3 "$here/suds_client.py") ;;
    pysimplesoap) command=(/usr/bin/python3 "$here/pysimplesoap_client.py") ;;
    soaplite) command=(perl "$here/soaplite_client.pl") ;;
    soap4r) command=(ruby "$here/soap4r_client.rb") ;;
    xsdata) command=(/usr/bin/python3 "$here/xsdata_client.py") ;;
    curl) command=(/usr/bin/python3 "$here/curl_client.py") ;;
    gsoap | jaxws | axis | mono | gowsdl) command=(/usr/bin/python3 -B "$here/built_client.py" "$1" "$temporary") ;;
    *) echo "interop: no client is called $1" >&2; return 1 ;;
  esac
}

# ask CLIENT: the client asks $questions, the judge judges as $mode says. What the client told last, its version, and
# the judge's summary are kept in $matrix. A failure does not keep the next client from asking.
ask() {
  local command records=$temporary/$1.jsonl
  command_of "$1" || return 1
  shown ran "${command[@]}" "$base" "$questions" "$records" | tee "$matrix/$1.out" &&
    shown ran /usr/bin/python3 -B "$here/judge.py" "$root/wsdl/felt/felter.csv" "$questions" "$1" "$records" \
      "$matrix/$1.json" "${mode[@]}" || failed+=("$1")
  rm -f "$records"
}

# ask_all FILE MODE CLIENT...: the clients ask the questions in FILE; then the server is stopped. It fails when any of
# it did.
ask_all() {
  questions=$1
  mode=("$2")
  shift 2
  for client in "$@"; do ask "$client"; done
  stop_server || failed+=("stopping the server")
  if [ ${#failed[@]} -gt 0 ]; then
    printf 'interop: FAILED: %s\n' "${failed[@]}" >&2
    return 1
  fi
}
