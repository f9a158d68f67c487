# Completions of assetctl for fish: it answers by itself what may come next.
complete --keep-order --no-files --command assetctl --arguments "(ASSETCTL_COMPLETE=fish assetctl -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --cut-at-cursor --current-token) 2>/dev/null)"
