# What run and pictures share: the browser and what drives it, the servers, and those who may look. To be sourced, by bash
# with set -euo pipefail. What is secret lies in the temporary folder, which is ours alone.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
temporary=$(mktemp -d)
servers=()
mkdir "$temporary/logins" "$temporary/logs"

clean_up() {
  if [ ${#servers[@]} -gt 0 ]; then kill "${servers[@]}" 2>/dev/null || true; fi
  rm -rf "$temporary"
}
trap clean_up EXIT

# say prints a command without the places where this machine has things.
say() {
  local line="+ $*"
  line=${line//"$temporary"/TEMPORARY}
  printf "%s\n" "${line//"$root/"/}"
}

ran() {
  say "$@"
  "$@"
}

# install_debian installs what this machine lacks.
install_debian() {
  local missing=() as_root=()
  command -v chromium >/dev/null || missing+=(chromium)
  command -v npm >/dev/null || missing+=(nodejs npm)
  command -v openssl >/dev/null || missing+=(openssl)
  command -v curl >/dev/null || missing+=(curl)
  /usr/bin/python3 -c 'import zeep' 2>/dev/null || missing+=(python3-zeep)
  php -r 'exit(class_exists("SoapClient") ? 0 : 1);' 2>/dev/null || missing+=(php-cli php-soap)
  command -v pdftoppm >/dev/null || missing+=(poppler-utils)
  [ -n "$(find /usr/share/fonts -name 'DejaVuSans.ttf' -print -quit 2>/dev/null)" ] || missing+=(fonts-dejavu-core)
  if [ ${#missing[@]} -eq 0 ]; then return; fi
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  ran "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=600 update -q
  ran "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -q \
    --no-install-recommends "${missing[@]}"
}

# install_npm installs what the lock file names, beside a copy of the walk in the temporary folder.
install_npm() {
  mkdir "$temporary/walk"
  cp "$here"/*.mjs "$here"/package.json "$here"/package-lock.json "$temporary/walk/"
  ran npm ci --prefix "$temporary/walk" --no-audit --no-fund --engine-strict --loglevel=error
}

build() {
  ran go build -C "$root" -o "$temporary/aareg" ./cmd/aareg
}

# certificate makes the one that the servers show.
certificate() {
  say openssl req -x509 -subj /CN=walk -addext subjectAltName=IP:127.0.0.1
  printf '[req]\ndistinguished_name=dn\n[dn]\n' >"$temporary/openssl.cnf" # nothing of this machine's
  openssl req -x509 -subj /CN=walk -addext subjectAltName=IP:127.0.0.1 -config "$temporary/openssl.cnf" -days 2 -noenc \
    -newkey ec -pkeyopt ec_paramgen_curve:P-256 -keyout "$temporary/server.key" -out "$temporary/server.crt" \
    2>"$temporary/openssl" || { cat "$temporary/openssl" >&2; return 1; }
}

# serve NAME [FLAG...] serves the demo register on a free port, and waits until it says where. Its address is in
# TEMPORARY/NAME.base then, and what it writes in TEMPORARY/logs.
serve() {
  local name=$1 base
  shift
  say aareg serve --addr 127.0.0.1:0 "$@"
  "$temporary/aareg" serve --addr 127.0.0.1:0 "$@" >"$temporary/logs/$name.out" 2>"$temporary/logs/$name.err" &
  servers+=($!)
  for _ in $(seq 100); do
    base=$(sed -n 's#^ *look up *GET *\(https\{0,1\}://[^/]*\)/oppslag$#\1#p' "$temporary/logs/$name.out")
    if [ -n "$base" ]; then
      printf '%s' "$base" >"$temporary/$name.base"
      return
    fi
    sleep 0.1
  done
  echo "walk: aareg does not say where one looks:" >&2
  cat "$temporary/logs/$name".* >&2
  return 1
}

# stop_servers stops them as an operator would, and fails when one does not end well.
stop_servers() {
  local pid status=0 stopping=("${servers[@]}")
  servers=()
  kill "${stopping[@]}"
  for pid in "${stopping[@]}"; do wait "$pid" || status=1; done
  return $status
}

konsumenter=$temporary/konsumenter
konsument() { ran "$temporary/aareg" konsument "$@" --konsumenter "$konsumenter"; }

# add_consumer ORGNR USER WAYS PRODUCTS FIELDS [FLAG...]: a consumer with one login. In logins/USER is its password.
add_consumer() {
  local orgnr=$1 user=$2 ways=$3 products=$4 fields=$5
  shift 5
  konsument add "$orgnr" --navn "WALK $user" --tilgang "$ways" --hjemmel "none: made-up data" --formaal walk \
    --behandlingsgrunnlag "none: made-up data"
  konsument rights "$orgnr" --produkter "$products" --felter "$fields" --arbeidsgivere alle --personer alle \
    --personer-per-doegn ubegrenset --spoersmaal-per-sekund ubegrenset "$@"
  openssl rand -hex 16 >"$temporary/logins/$user"
  konsument login add "$orgnr" --brukernavn "$user" <"$temporary/logins/$user"
}

# add_consumers adds one for each thing that an agreement may say about looking.
add_consumers() {
  printf 'hentArbeidstaker/etternavn\nhentArbeidstaker/arbeidsforholdListe/arbeidsforhold/begyntdato\n' >"$temporary/few"
  add_consumer 211000015 alle api,web-oppslag,uttrekk alle alle
  add_consumer 222000017 lite web-oppslag hentArbeidstaker "$temporary/few"
  add_consumer 213456784 maskin api alle alle
  add_consumer 319876545 kode web-oppslag alle alle --fortrolig kode --strengt-fortrolig kode
  add_consumer 322345674 data web-oppslag alle alle --fortrolig data --strengt-fortrolig data
}

# in_browser SCRIPT [FLAG...] runs a part of the walk in Node, which is told by the environment where things are.
in_browser() {
  local script=$1
  shift
  AAREG_WALK=$temporary AAREG_ROOT=$root AAREG_CHROMIUM=$(command -v chromium) \
    ran node --test-reporter=spec "$@" "$temporary/walk/$script"
}
