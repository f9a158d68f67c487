# What the scripts here share: where things are, how they speak, how they become root.
# shellcheck shell=bash disable=SC2034  # those who source this use what it sets

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scripts=$project/scripts
tools=$project/target/tools/bin
lab=$project/target/lab

# say MESSAGE: progress, for people; standard output stays free for answers.
say() { printf '%s\n' "$1" >&2; }

# die MESSAGE [HINT]: what is wrong and why, and the way out.
die() {
    printf 'error: %s\n' "$1" >&2
    [ -z "${2:-}" ] || printf 'hint: %s\n' "$2" >&2
    exit 1
}

# become_root "$@": starts the calling script again as root where it isn't; mounts and container stores need it.
become_root() {
    [ "$(id -u)" -ne 0 ] || return 0
    command -v sudo >/dev/null || die "$0 must run as root, and there is no sudo" "run it as root"
    exec sudo -- "$0" "$@"
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
