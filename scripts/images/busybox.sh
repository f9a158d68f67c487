# A tree that holds nothing but a static busybox and a package database, for the recipes `rhel` and `alpine`.
# shellcheck shell=bash disable=SC2154  # `tools` and `scripts` are lib.sh's

# busybox_tree TREE: with /bin/sh and /bin/sleep. Not by the name busybox, by which syft would know it for a package of
# its own that no package database has.
busybox_tree() {
    mkdir -p "$1/bin" "$1/etc" "$1/tmp"
    [ -x "$tools/busybox" ] || "$scripts/fetch-program" busybox-static busybox
    install -m 755 "$tools/busybox" "$1/bin/sh"
    ln "$1/bin/sh" "$1/bin/sleep"
}

# pack TREE TAR: owned by root, whoever built it.
pack() { tar --create --file "$2" --directory "$1" --sort=name --owner=0 --group=0 --numeric-owner .; }
