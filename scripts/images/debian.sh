# A small Debian tree with a complete package database, for the recipes `web` and `db`.
# shellcheck shell=bash disable=SC2154  # `scripts` is lib.sh's

# debian_mirror: the mirror that this machine's apt is set to; nothing where it isn't one of Debian's that mmdebstrap
# can use too, which then takes its own default.
debian_mirror() {
    # shellcheck disable=SC2016  # apt's variables, not the shell's
    apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        awk -F'|' '$1 == "Debian" && $2 == "Debian" && $3 ~ "^https?://" && !seen++ { print $3 }' || true
}

# debian_tree SUITE WORK_DIR MMDEBSTRAP_OPTION...: leaves tree.tar and packages.tsv in WORK_DIR.
debian_tree() {
    local suite=$1 work=$2 options mirror
    shift 2
    # How this machine reaches its mirrors (proxies, checks of dates) holds inside too, while the tree is being built.
    { apt-config dump | grep -E '^Acquire::(https?::|Check-)' || true; } >"$work/apt.conf"

    options=(
        --architectures="$(dpkg --print-architecture)" --aptopt="$work/apt.conf" --dpkgopt=force-unsafe-io
        --customize-hook="$scripts/images/debian-finish"
    )
    mirror=$(debian_mirror)
    PACKAGES=$work/packages.tsv mmdebstrap "${options[@]}" "$@" "$suite" "$work/tree.tar" ${mirror:+"$mirror"} >"$work/log" 2>&1 ||
        die "mmdebstrap could not build Debian $suite: $(grep '^E:' "$work/log" | head -n 3)" "it needs a Debian mirror that apt reaches, also for suites other than this machine's own"
}
