# What the scripts here share: where things are, how they speak, how they become root.
# shellcheck shell=bash disable=SC2034  # those who source this use what it sets

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scripts=$project/scripts
tools=$project/target/tools/bin
lab=$project/target/lab

# The tests that `make test` runs beside those that need nothing.
test_features=assetctl/schemas,assetctl/shells,assetctl/tmux

# build_for_tests: the programs as those tests have them. Examples bring the libraries that only tests need, and
# with them the features of all: nothing that `cargo test --workspace` has built is compiled again.
build_for_tests() {
    cargo build --quiet --workspace --bins --examples --features "$test_features"
}

# say MESSAGE: progress, for people; standard output stays free for answers.
say() { printf '%s\n' "$1" >&2; }

# die MESSAGE [HINT]: what is wrong and why, and the way out.
die() {
    printf 'error: %s\n' "$1" >&2
    [ -z "${2:-}" ] || printf 'hint: %s\n' "$2" >&2
    exit 1
}

# no_arguments "$@": what a script that takes none says where it is given some: its own head for --help.
no_arguments() {
    [ $# -gt 0 ] || return 0
    case $1 in
    -h | --help) sed -n '2,/^$/s/^# \{0,1\}//p' "$0" && exit 0 ;;
    *) die "$(basename "$0") takes no arguments, and was given '$1'" "try '$0 --help'" ;;
    esac
}

# become_root "$@": starts the calling script again as root where it isn't; mounts and container stores need it.
become_root() {
    [ "$(id -u)" -ne 0 ] || return 0
    command -v sudo >/dev/null || die "$0 must run as root, and there is no sudo" "run it as root"
    exec sudo -- "$0" "$@"
}

# become_root_with_programs "$@": the same, with PROGRAMS as this user built them, and cargo and the commit's time as here.
become_root_with_programs() {
    [ "$(id -u)" -ne 0 ] || return 0
    command -v sudo >/dev/null || die "$0 must run as root, and there is no sudo" "run it as root"
    exec sudo -- env "PATH=$PATH" "HOME=$HOME" "PROGRAMS=$PROGRAMS" \
        "SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$project" log -1 --format=%ct)}" "$0" "$@"
}

# as_root COMMAND...: that command alone as root.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        command -v sudo >/dev/null || die "'$*' needs root, and there is no sudo" "run $0 as root"
        sudo -- "$@"
    fi
}

# marked NAME=VALUE: the process IDs of what was started with this in its environment. Whatever these scripts leave
# running is found again by it: no file of process IDs can outlive the processes, or go missing before they end.
marked() {
    grep --files-with-matches --null-data --line-regexp --fixed-strings -s -e "$1" /proc/[0-9]*/environ |
        grep --only-matching '[0-9]*' || true
}

# end_marked NAME=VALUE SIGNAL SECONDS: ends them all, and fails if some are there after that time.
end_marked() {
    local processes tries=$(($3 * 10))
    while processes=$(marked "$1") && [ -n "$processes" ]; do
        [ $((tries--)) -gt 0 ] || return 1
        # shellcheck disable=SC2086  # process IDs, as words
        kill "-$2" $processes 2>/dev/null || true
        sleep 0.1
    done
}
