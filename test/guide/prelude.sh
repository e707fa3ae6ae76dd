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
    ci | start | test | 'run test:crash '*) ;; # done before these blocks are run, and by .ci/run
    *) echo "npm $*: nobody runs it" >&2; return 64 ;;
  esac
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
