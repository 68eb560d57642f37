# The consumers that imported and login make, since their clients log in. To be sourced after lib.sh. What is secret lies
# in the temporary folder, which is ours alone, and goes through files and standard input.

konsumenter=$temporary/konsumenter
logg=$temporary/logg
adgang=(--konsumenter "$konsumenter" --logg "$logg")
mkdir "$temporary/logins"

konsument() { ran "$temporary/aareg" konsument "$@" --konsumenter "$konsumenter"; }

# add_consumer ORGNR NAME PRODUCTS: a consumer who may ask those products about all, and see all but protected persons.
add_consumer() {
  local produkter=(--produkter "$3" --felter alle) omfang=(--arbeidsgivere alle --personer alle)
  local kvoter=(--personer-per-doegn ubegrenset --spoersmaal-per-sekund ubegrenset)
  konsument add "$1" --navn "$2" --hjemmel "none: made-up data" --formaal interop --behandlingsgrunnlag "none: made-up data"
  konsument rights "$1" "${produkter[@]}" "${omfang[@]}" "${kvoter[@]}"
}

# add_login ORGNR FILE USER [FLAG...]: a login of the consumer's, with a password that few clients would spell wrong in
# silence. In logins/FILE stand the user name, the password and the consumer, a line each.
add_login() {
  local orgnr=$1 file=$temporary/logins/$2 user=$3
  shift 3
  printf '%s\n%sÆ&<Ø\n%s\n' "$user" "$(openssl rand -hex 16 | tr a-f A-F)" "$orgnr" >"$file"
  sed -n 2p "$file" | konsument login add "$orgnr" --brukernavn "$user" "$@"
}
