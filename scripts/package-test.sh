# The steps of package-test. Each ends with an error where something isn't as it should be.
# shellcheck shell=bash disable=SC2154  # `project`, `lab`, `scripts` are lib.sh's

trees=$lab/package-test
packages=$project/target/packages
all=(assetmon-agent assetmon-server assetctl)
old=0.0.9-1
enabled=(timers.target.wants/assetmon-agent.timer multi-user.target.wants/assetmon-server.service)
by_choice=(multi-user.target.wants/assetmon-agent-watch.service sockets.target.wants/assetmon-server.socket)
tree='' server='' tried=() address=''

step() { say "  $1"; }

# guide COMMAND...: commands that docs/INSTALL.md tells an operator to type, and that are tried here.
guide() {
    local command
    for command; do
        grep --quiet --line-regexp --fixed-strings -e "    $command" docs/INSTALL.md || die "docs/INSTALL.md doesn't say '$command' any more"
        tried+=("$command")
    done
}

# nothing_untried: every command of the page's part about packages was tried. What follows it is for image-test, and the
# build from source is what the packages are made of.
nothing_untried() {
    local command
    sed '/^## Container image/,$d' docs/INSTALL.md | sed -n 's/^    //p' | while IFS= read -r command; do
        printf '%s\n' "${tried[@]}" | grep --quiet --line-regexp --fixed-strings -e "$command" ||
            die "docs/INSTALL.md says '$command', which nothing tries"
    done
}

# fails TEXT COMMAND...: the command must not work.
fails() { ! "${@:2}" >/dev/null 2>&1 || die "$1"; }

# needs TEXT COMMAND...: the command must work.
needs() { "${@:2}" || die "$1"; }

inside() { chroot "$tree" "$@"; }

there() { [ -e "$tree/$1" ] || [ -L "$tree/$1" ]; }

clean_up() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$tree" ] || ! mountpoint -q "$tree/proc" || umount "$tree/proc"
    [ -z "$tree" ] || rm -rf --one-file-system "$tree"
}

# make_both_versions: the packages, and the same with a lower version, to be upgraded from.
make_both_versions() {
    step "making the packages, and older ones of the same files"
    guide "make packages"
    local folder
    mapfile -t new_debs < <("$scripts/packages")
    folder=$(mktemp -d "$trees/older.XXXXXX")
    VERSION=$old "$scripts/packages" >/dev/null
    mv "$packages"/*_"${old}"_*.deb "$folder/"
    rm -rf "$trees/older"
    mv "$folder" "$trees/older"
    old_debs=("$trees"/older/*.deb)
    [ "${#new_debs[@]} ${#old_debs[@]}" = "${#all[@]} ${#all[@]}" ] || die "not all packages were made"
}

# same_bytes: of the same programs, packed again. That these are the same, wherever they are built, rests on
# `no_paths_of_this_machine` and on Cargo.lock.
same_bytes() {
    step "twice the same bytes"
    local before
    before=$(sha256sum "${new_debs[@]}")
    "$scripts/packages" >/dev/null
    [ "$before" = "$(sha256sum "${new_debs[@]}")" ] || die "the packages of the same programs differ"
}

no_paths_of_this_machine() {
    step "no path of this machine is inside"
    local program
    for program in assetmon-agent assetmon-server assetctl; do
        fails "$program names a path of this machine" \
            grep --quiet --text --fixed-strings -e "$project/" -e "${CARGO_HOME:-$HOME/.cargo}/" "$PROGRAMS/$program"
    done
}

lints() {
    step "lintian"
    # Whom users write to is said by whoever hands packages on (MAINTAINER).
    lintian --allow-root --fail-on error --suppress-tags bogus-mail-host,bogus-mail-host-in-debian-changelog \
        --tag-display-limit 0 "${new_debs[@]}" >&2 || die "lintian finds errors, above"
}

# fresh_tree SUITE [PACKAGE...]: a tree of what a small machine has, what our packages depend on, and these.
fresh_tree() {
    local work suite=$1 name=$1${2:+-$2} include
    include=$(IFS=,; echo "adduser${2:+,${*:2}}")
    clean_up
    if [ ! -f "$trees/$name.tar" ]; then
        step "making the tree (a minute)"
        work=$(mktemp -d "$trees/making.XXXXXX")
        chmod 755 "$work"
        debian_tree "$suite" "$work" --variant=minbase --include="$include"
        mv "$work/tree.tar" "$trees/$name.tar"
        rm -rf "$work"
    fi
    tree=$(mktemp -d "$trees/tree.XXXXXX")
    chmod 755 "$tree"
    tar --extract --file "$trees/$name.tar" --directory "$tree" --exclude './dev/*'
    # What programs open without asking.
    mknod -m 666 "$tree/dev/null" c 1 3
    mkdir -p "$tree/proc"
    mount -t proc proc "$tree/proc"
    [ -z "$(ours)" ] || die "the tree isn't clean: $(ours)"
}

# ours: every file of the tree that is called so.
ours() { find "$tree" -xdev \( -name '*assetmon*' -o -name '*assetctl*' \) -not -path "$tree/proc/*" -printf '%P\n'; }

# dpkg_installs PACKAGE_FILE...
dpkg_installs() {
    mkdir -p "$tree/debs"
    cp "$@" "$tree/debs/"
    inside sh -c 'DEBIAN_FRONTEND=noninteractive dpkg --install /debs/*.deb' >"$trees/log" 2>&1 ||
        die "dpkg could not install them: $(cat "$trees/log")"
    rm -r "$tree/debs"
}

is_enabled() { there "etc/systemd/system/$1"; }

state_is_private() {
    local is
    is=$(inside stat --format '%a %U %G' /var/lib/assetmon)
    [ "$is" = "700 assetmon assetmon" ] || die "/var/lib/assetmon is $is"
}

# brings_licenses PACKAGE CRATE: the notices of what the program is linked from, that crate among it, with their texts.
brings_licenses() {
    local notices text
    notices=$(zcat "$tree/usr/share/doc/$1/THIRD-PARTY.gz") || die "$1 brings no licenses"
    grep --quiet "^$2 [0-9.]* (.*): [0-9]" <<<"$notices" || die "$1 doesn't name the license of $2"
    for text in "The Rust Standard Library is dual-licensed" "Permission is hereby granted, free of charge"; do
        grep --quiet --fixed-strings -e "$text" <<<"$notices" || die "$1 lacks the license that says: $text"
    done
}

installs() {
    step "install"
    # Without the dependencies, which the tree has.
    guide "apt install ./assetmon-server_0.1.0-1_amd64.deb ./assetctl_0.1.0-1_amd64.deb" "apt install ./assetmon-agent_0.1.0-1_amd64.deb"
    dpkg_installs "${old_debs[@]}"
    local unit program file
    for unit in "${enabled[@]}"; do needs "$unit isn't enabled" is_enabled "$unit"; done
    for unit in "${by_choice[@]}"; do fails "$unit is enabled, and nobody chose it" is_enabled "$unit"; done
    for program in "${all[@]}"; do needs "$program doesn't start" inside "$program" --version >/dev/null; done
    for file in usr/share/man/man1/{assetmon-agent,assetmon-server,assetctl-find}.1.gz etc/assetmon/{agent,server}.toml \
        usr/share/bash-completion/completions/assetctl usr/share/zsh/vendor-completions/_assetctl \
        usr/share/fish/vendor_completions.d/assetctl.fish usr/share/doc/assetctl/changelog.Debian.gz \
        usr/share/doc/assetmon-server/monitoring/{alerts.yml,dashboard.json} \
        usr/share/doc/{assetmon-agent,assetmon-server,assetctl}/copyright; do
        needs "there is no /$file" there "$file"
    done
    brings_licenses assetmon-agent reqwest
    brings_licenses assetmon-server libsqlite3-sys
    brings_licenses assetctl ratatui
    state_is_private
    fails "there is a state of an agent that isn't enrolled" there var/lib/assetmon-agent
}

systemd_takes_the_units() {
    step "systemd takes the units"
    local said
    # The tree has no systemd of its own, whose units ours name.
    said=$(systemd-analyze verify --man=no --recursive-errors=no --root "$tree" assetmon-server.service \
        assetmon-server.socket assetmon-agent.service assetmon-agent.timer assetmon-agent-watch.service 2>&1) ||
        die "systemd takes no unit: $said"
    [ -z "$said" ] || die "systemd says: $said"
    systemd-analyze security --offline=true --threshold=20 --root "$tree" --no-pager assetmon-server.service >/dev/null ||
        die "the server is more exposed than 2.0"
    systemd-analyze security --offline=true --threshold=45 --root "$tree" --no-pager assetmon-agent.service >/dev/null ||
        die "the agent is more exposed than 4.5"
}

scripts_may_run_twice() {
    step "scripts may run twice"
    local package before
    before=$(ours | sort)
    for package in assetmon-agent assetmon-server; do
        inside env DPKG_MAINTSCRIPT_PACKAGE="$package" "/var/lib/dpkg/info/$package.postinst" configure "$old" || die "a second postinst of $package fails"
    done
    [ "$before" = "$(ours | sort)" ] || die "a second postinst changes what is there"
    state_is_private
}

upgrade_keeps_what_was_chosen() {
    step "upgrade"
    echo 'scan_time = "20m"' >>"$tree/etc/assetmon/agent.toml"
    mkdir -m 700 "$tree/var/lib/assetmon-agent"
    touch "$tree/var/lib/assetmon-agent/token" "$tree/var/lib/assetmon/kept"
    # As `systemctl disable` and `systemctl enable` leave it.
    rm "$tree/etc/systemd/system/${enabled[0]}"
    mkdir -p "$tree/etc/systemd/system/sockets.target.wants"
    ln -s /lib/systemd/system/assetmon-server.socket "$tree/etc/systemd/system/${by_choice[1]}"
    dpkg_installs "${new_debs[@]}"
    needs "settings are lost" grep -q '^scan_time = "20m"' "$tree/etc/assetmon/agent.toml"
    needs "the agent's state is lost" there var/lib/assetmon-agent/token
    needs "the server's state is lost" there var/lib/assetmon/kept
    fails "a timer that was disabled is enabled again" is_enabled "${enabled[0]}"
    needs "a server that was enabled isn't any more" is_enabled "${enabled[1]}"
    needs "a socket that was enabled isn't any more" is_enabled "${by_choice[1]}"
    rm "$tree/etc/systemd/system/${by_choice[1]}"
}

dpkg_removes() {
    guide "apt $1 assetmon-agent assetmon-server assetctl"
    dpkg_does "--$1"
}

dpkg_does() { inside dpkg "$@" "${all[@]}" >"$trees/log" 2>&1 || die "dpkg $1 fails: $(cat "$trees/log")"; }

removal_keeps_state() {
    step "removal"
    dpkg_removes remove
    local file
    for file in usr/bin/assetmon-agent usr/bin/assetmon-server usr/bin/assetctl usr/lib/systemd/system/assetmon-server.service; do
        fails "/$file is left" there "$file"
    done
    needs "the agent's state is lost" there var/lib/assetmon-agent/token
    needs "the server's state is lost" there var/lib/assetmon/kept
    needs "settings are lost" there etc/assetmon/agent.toml
}

comes_back_after_a_removal() {
    step "install again"
    dpkg_installs "${new_debs[@]}"
    needs "the server isn't enabled" is_enabled "${enabled[1]}"
    fails "a timer that was disabled is enabled again" is_enabled "${enabled[0]}"
    # A removal masks units: that is over.
    fails "the server is masked" test -L "$tree/etc/systemd/system/assetmon-server.service"
    rm -r "$tree/var/lib/assetmon-agent" "$tree/var/lib/assetmon/kept"
}

# starts_server: as its unit does, but on any port; `address` says where it listens.
starts_server() {
    address=
    # What the one before it said is no sign that this one listens.
    : >"$trees/server.log"
    chroot --userspec=assetmon:assetmon "$tree" /usr/bin/assetmon-server --config /etc/assetmon/server.toml \
        --listen 127.0.0.1:0 >"$trees/server.log" 2>&1 &
    server=$!
    for _ in {1..100}; do
        address=$(grep -o 'listening address=[^ ]*' "$trees/server.log" | cut -d= -f2) && break
        sleep 0.2
    done
    [ -n "$address" ] || die "the server doesn't listen: $(cat "$trees/server.log")"
    needs "the server isn't healthy" inside assetmon-server --config /etc/assetmon/server.toml --healthy
}

stops_server() {
    kill "$server"
    wait "$server" || die "the server ended badly: $(cat "$trees/server.log")"
    server=
}

# answers_with_podman: from nothing to an answer, with a container of genuine podman and genuine syft.
answers_with_podman() {
    local code said
    step "from nothing to an answer"
    dpkg_installs "${new_debs[@]}"
    "$scripts/make-images" "$lab/images" alpine
    cp "$lab/images/alpine.oci.tar" "$scripts/podman-bare.conf" "$tree/"
    install -m 755 "$("$scripts/syft-path")" "$tree/usr/local/bin/syft"
    starts_server
    guide "assetctl host add web1" "assetmon-agent enroll --server https://assets.example.org --code CODE" \
        "assetmon-agent check" "systemctl start assetmon-agent.service" "assetctl find openssl"
    code=$(inside assetctl host add web1)
    printf '%s\n' "$code" | unshare --mount "$scripts/package-test-agent" "$tree" "http://$address" \
        "$(cat "$lab/images/alpine.image-name")" >"$trees/log" 2>&1 || die "the agent fails: $(cat "$trees/log")"
    said=$(inside assetctl find musl 2>&1) || die "musl isn't found: $said; the agent: $(cat "$trees/log")"
    grep --quiet web1 <<<"$said" || die "musl isn't found on web1: $said"
    stops_server
}

# answers_without_podman: what is missing is said, and that an answer is no proof.
answers_without_podman() {
    step "without podman"
    local code status=0
    starts_server
    code=$(inside assetctl host add web1)
    printf '%s\n' "$code" | inside assetmon-agent enroll --server "http://$address" --code - >"$trees/log" 2>&1 ||
        die "the agent can't be enrolled: $(cat "$trees/log")"
    fails "a check without podman finds nothing wrong" inside assetmon-agent check
    inside assetmon-agent report >"$trees/log" 2>&1 || status=$?
    { [ $status -eq 1 ] && grep -q podman "$trees/log"; } || die "a report without podman ended with $status: $(cat "$trees/log")"
    status=0
    inside assetctl find openssl >"$trees/log" 2>&1 || status=$?
    [ $status -eq 3 ] || die "find ended with $status: $(cat "$trees/log")"
    stops_server
}

# podman_takes_the_quadlet: as its generator makes a service of it, when systemd starts.
podman_takes_the_quadlet() {
    step "podman takes the container's unit"
    mkdir -p "$tree/etc/containers/systemd"
    cp server/systemd/assetmon-server.container "$tree/etc/containers/systemd/"
    inside /usr/libexec/podman/quadlet --dryrun >"$trees/log" 2>&1 || die "quadlet says: $(cat "$trees/log")"
    grep --quiet '^ExecStart=/usr/bin/podman run .*--read-only.*--health-cmd.* localhost/assetmon-server ' "$trees/log" ||
        die "quadlet makes another service of it: $(cat "$trees/log")"
}

purge_leaves_nothing() {
    step "purge"
    dpkg_removes purge
    local left
    left=$(ours | grep -v '^var/log/' || true)
    [ -z "$left" ] || die "a purge leaves $left"
}
