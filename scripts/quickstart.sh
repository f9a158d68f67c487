# What `quickstart` and `quickstart-stop` share: where things are, and what is theirs.
# shellcheck shell=bash disable=SC2034  # those who source this use what it sets

. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

folder=$project/target/quickstart
programs=$project/target/debug
socket=$folder/admin.sock
log=$folder/log
# The IDs of the images that were loaded for it, a line each.
loaded=$folder/loaded-images
# What its processes carry in their environment, and its containers as a label.
mark=ASSETMON_QUICKSTART=$project
label=assetmon.quickstart=$project
# Names of hosts take letters, digits, dots and dashes.
host=$(hostname | tr -c 'A-Za-z0-9.\n-' - | sed 's/^[.-]*//; s/[.-]*$//' | cut -c1-60)
host=${host:-this-machine}

# podman_here ARGUMENT...: this machine's own podman, whose containers its agent reports.
podman_here() { as_root podman "$@"; }

# our_containers [--all]: the IDs of the demo containers that run, or of all there are.
our_containers() { podman_here ps --quiet --filter "label=$label" "$@"; }

remove_containers() {
    local container
    for container in $(our_containers --all); do podman_here rm --force "$container" >/dev/null || return; done
}

# stop_server: politely, and then not.
stop_server() { end_marked "$mark" TERM 15 || end_marked "$mark" KILL 5; }
