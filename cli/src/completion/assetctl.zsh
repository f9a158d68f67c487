#compdef assetctl
# Completions of assetctl for zsh: it answers by itself what may come next.

_assetctl() {
    local line
    local -a whole open
    # Lines begin with `>` where more of the same word follows.
    for line in "${(@f)$(ASSETCTL_COMPLETE=zsh "${(Q)words[1]}" -- "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}"; do
        case $line in
        '>'*) open+=("${line#?}") ;;
        ' '*) whole+=("${line#?}") ;;
        esac
    done
    (( $#open )) && _describe -V 'value' open -S ''
    (( $#whole )) && _describe -V 'value' whole
}

# From a folder of $fpath the file itself is the function; sourced, it says whose completions these are.
if [[ $funcstack[1] == _assetctl ]]; then
    _assetctl "$@"
else
    compdef _assetctl assetctl
fi
