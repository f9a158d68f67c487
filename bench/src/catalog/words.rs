//! The words that names of packages, projects and hosts are put together from.

/// What packages are about.
#[rustfmt::skip]
pub const THINGS: &[&str] = &[
    "access", "account", "actor", "adapter", "address", "agent", "alias", "anchor", "archive", "array", "asset", "async",
    "atlas", "audio", "audit", "auth", "avatar", "badge", "balance", "banner", "barcode", "batch", "beacon", "binary",
    "bitmap", "block", "bloom", "border", "bridge", "broker", "browser", "bucket", "buffer", "bundle", "cache",
    "calendar", "canvas", "carousel", "catalog", "channel", "chart", "chunk", "cipher", "circuit", "client", "clock",
    "cluster", "codec", "collator", "color", "column", "command", "commit", "compiler", "config", "console", "contact",
    "context", "cookie", "counter", "crypto", "cursor", "dashboard", "daemon", "date", "decimal", "decoder", "delta",
    "device", "dialog", "diff", "digest", "dispatch", "document", "domain", "driver", "editor", "element", "email",
    "encoder", "engine", "entity", "env", "errors", "event", "export", "fetch", "field", "file", "filter", "flag", "font",
    "form", "format", "frame", "ftp", "function", "gateway", "geo", "git", "glob", "gpu", "graph", "grid", "guard", "hash",
    "header", "heap", "history", "hook", "html", "http", "icon", "image", "index", "inflect", "input", "invoice",
    "iterator", "job", "journal", "json", "jwt", "kernel", "key", "label", "lambda", "layer", "layout", "ledger", "lexer",
    "license", "link", "list", "loader", "locale", "lock", "logger", "mail", "map", "markdown", "mask", "math", "matrix",
    "media", "memory", "menu", "merge", "message", "meta", "metrics", "mime", "mirror", "model", "module", "money",
    "monitor", "multipart", "mutex", "mysql", "native", "network", "node", "notify", "number", "oauth", "object", "order",
    "packet", "page", "panel", "parser", "partition", "password", "patch", "path", "payment", "pdf", "period", "phone",
    "pipe", "pixel", "plugin", "pool", "popup", "port", "process", "profile", "promise", "proxy", "query", "queue",
    "random", "range", "rate", "reader", "record", "redis", "region", "registry", "render", "report", "request",
    "resolver", "resource", "retry", "rope", "route", "router", "sample", "scheduler", "schema", "screen", "script",
    "search", "segment", "select", "semver", "sensor", "serial", "server", "session", "shell", "shim", "signal", "slice",
    "slider", "smtp", "socket", "sort", "source", "span", "sprite", "sql", "stack", "state", "storage", "stream",
    "string", "style", "svg", "switch", "symbol", "sync", "syntax", "table", "tag", "task", "template", "tensor",
    "terminal", "test", "text", "theme", "thread", "ticket", "time", "token", "tooltip", "trace", "tracker", "transform",
    "tree", "trie", "tunnel", "type", "unicode", "upload", "url", "user", "uuid", "validator", "value", "vector", "version",
    "video", "view", "virtual", "wallet", "watch", "webhook", "widget", "window", "worker", "wrapper", "writer", "xml",
    "yaml", "zip", "zone",
];

/// How packages are.
#[rustfmt::skip]
pub const QUALITIES: &[&str] = &[
    "abstract", "active", "advanced", "all", "any", "auto", "basic", "better", "big", "blue", "bold", "bright", "calm",
    "cheap", "clean", "clear", "cold", "common", "compact", "concurrent", "cool", "core", "dark", "deep", "default",
    "direct", "double", "dry", "dynamic", "eager", "easy", "elastic", "extra", "fast", "fine", "fixed", "flat", "flexible",
    "fluent", "free", "fresh", "full", "generic", "gentle", "global", "good", "great", "green", "happy", "heavy", "hidden",
    "high", "hot", "immutable", "inline", "inner", "jolly", "keen", "large", "lazy", "lean", "light", "little", "live",
    "local", "long", "loose", "lost", "low", "magic", "main", "micro", "mini", "mixed", "modern", "multi", "nano", "neat",
    "nested", "new", "next", "nice", "old", "open", "outer", "parallel", "partial", "plain", "pocket", "pretty", "private",
    "pure", "quick", "quiet", "rapid", "raw", "ready", "real", "red", "rich", "robust", "round", "safe", "shared", "sharp",
    "short", "silent", "simple", "single", "slim", "slow", "small", "smart", "smooth", "soft", "solid", "sorted", "sparse",
    "stable", "static", "steady", "strict", "strong", "super", "sweet", "swift", "tidy", "tiny", "total", "true", "typed",
    "ultra", "unified", "universal", "vanilla", "warm", "weak", "wide", "wild", "zero",
];

/// What `lodash` offers as packages of their own.
#[rustfmt::skip]
pub const FUNCTIONS: &[&str] = &[
    "assign", "camelcase", "capitalize", "ceil", "chunk", "clamp", "clone", "clonedeep", "compact", "concat", "countby",
    "create", "curry", "debounce", "deburr", "defaults", "defer", "delay", "difference", "drop", "endswith", "escape",
    "every", "fill", "filter", "find", "first", "flatmap", "flatten", "floor", "flow", "foreach", "forin", "get", "groupby",
    "has", "head", "identity", "includes", "indexof", "intersection", "invert", "isarray", "isboolean", "isempty",
    "isequal", "isfunction", "isnil", "isnumber", "isobject", "isplainobject", "isstring", "join", "kebabcase", "keyby",
    "keys", "last", "map", "mapvalues", "max", "memoize", "merge", "mergewith", "min", "noop", "omit", "once", "orderby",
    "pad", "partition", "pick", "pickby", "pull", "random", "range", "reduce", "reject", "remove", "repeat", "result",
    "reverse", "round", "sample", "set", "shuffle", "size", "slice", "snakecase", "some", "sortby", "split", "startcase",
    "sum", "tail", "take", "template", "throttle", "times", "toarray", "tolower", "topairs", "topath", "trim", "truncate",
    "union", "uniq", "uniqby", "unset", "unzip", "update", "values", "without", "words", "wrap", "xor", "zip", "zipobject",
];

/// Who makes packages, and teams.
#[rustfmt::skip]
pub const MAKERS: &[&str] = &[
    "acorn", "alder", "amber", "arbor", "ashen", "aspen", "basalt", "birch", "bramble", "brook", "cedar", "cinder", "clover",
    "cobalt", "copper", "coral", "cove", "crane", "delta", "dune", "elm", "ember", "falcon", "fern", "finch", "fjord",
    "flint", "garnet", "glade", "granite", "harbor", "hazel", "heron", "indigo", "iris", "ivory", "jade", "juniper",
    "kestrel", "lagoon", "larch", "lark", "linden", "lotus", "maple", "marble", "meadow", "mesa", "moss", "nectar", "oak",
    "ochre", "onyx", "opal", "orchid", "osprey", "otter", "pebble", "pine", "plover", "prairie", "quartz", "quill", "raven",
    "reed", "ridge", "robin", "rowan", "saffron", "sage", "sequoia", "shale", "sierra", "slate", "sorrel", "spruce",
    "summit", "tamarack", "teal", "thistle", "tundra", "umber", "vale", "violet", "walnut", "willow", "wren", "yarrow",
];
