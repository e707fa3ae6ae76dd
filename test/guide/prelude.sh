# What stands before the blocks of a page where they are run: npm, curl, and the servers that stay.
set -eu
staying=()
sayings=()

# The blocks are traced, these are not.
curl() { local -; set +x; command curl --fail-with-body "$@"; }

npm() {
  local -; set +x
  case "$*" in
    'run furrow -- '*) shift 3; furrow "$@" ;;
    'run --silent furrow -- '*) shift 4; furrow "$@" ;;
    # Done before these blocks are run, by .ci/run, and by test/new_partner.test.ts.
    ci | start | test | 'run test:crash '* | 'run new-partner '*) ;;
    'run test:live '*) ;; # installs real servers: run by hand
    *) echo "npm $*: nobody runs it" >&2; return 64 ;;
  esac
}

npx() {
  local -; set +x
  [ "$1" = node ] || { echo "npx $*: nobody runs it" >&2; return 64; }
  shift
  node "$@"
}

furrow() {
  local -; set +x
  case " $* " in
    *' --help '*) node "$MAIN" "$@" ;;
    ' api '* | ' worker '* | ' sandbox '* | ' listen '* | *' --watch '*) stay "$@" ;;
    *) node "$MAIN" "$@" ;;
  esac
}

# Runs until the page has ended, and goes on when it has said something.
stay() {
  local said
  said=$(mktemp ./said.XXXXXX)
  node "$MAIN" "$@" >"$said" 2>&1 </dev/null &
  staying+=("$!")
  sayings+=("$said")
  until [ -s "$said" ]; do
    kill -0 "${staying[-1]}" || { echo "furrow $* ended and said nothing" >&2; return 1; }
    sleep 0.1
  done
}

# Ends what stayed; each must end well.
leave() {
  local - i; set +x
  for i in "${!staying[@]}"; do
    kill -TERM "${staying[i]}" && wait "${staying[i]}" || { cat "${sayings[i]}" >&2; return 1; }
  done
}

# Must be refused, with these words.
refused() {
  local - words=$1 said; set +x
  shift
  if said=$("$@" 2>&1); then echo "$* was not refused" >&2; return 1; fi
  grep -F -- "$words" <<<"$said"
}
