# Completions of assetctl for bash 4.4 and later: it answers by itself what may come next.
# shellcheck shell=bash

_assetctl() {
    # The line itself: bash breaks words at `:` and `=`, and assetctl doesn't.
    mapfile -t COMPREPLY < <(
        ASSETCTL_COMPLETE=bash "$1" -- "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null
    )
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=:/] ]]; then
        compopt -o nospace
    fi
}
complete -o nosort -F _assetctl assetctl
