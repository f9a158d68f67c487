//! Every column that any list has, by one name: what stands over it, and what `--columns` takes.

/// Declares the columns and their names.
macro_rules! headings {
    ($($name:ident = $word:literal,)+) => {
        /// A column of some list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Heading { $($name,)+ }

        impl Heading {
            /// Its name.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }
    };
}

headings! {
    Name = "name",
    Version = "version",
    Versions = "versions",
    Type = "type",
    Source = "source",
    SourceVersion = "source_version",
    Module = "module",
    Licenses = "licenses",
    OwnedByOs = "owned_by_os",
    Purl = "purl",
    Container = "container",
    Host = "host",
    ImageName = "image_name",
    ImageDigest = "image_digest",
    RunningSince = "running_since",
    Since = "since",
    Until = "until",
    Kind = "kind",
    At = "at",
    Change = "change",
    From = "from",
    To = "to",
    Containers = "containers",
    Hosts = "hosts",
    HostsClean = "hosts_clean",
    Images = "images",
    Artifacts = "artifacts",
    Share = "share",
    FirstSeen = "first_seen",
    LastSeen = "last_seen",
    Digest = "digest",
    State = "state",
    Names = "names",
    Distro = "distro",
    Architecture = "architecture",
    SizeBytes = "size_bytes",
    Aliases = "aliases",
    Scanner = "scanner",
    ScannedAt = "scanned_at",
    ScannedBy = "scanned_by",
    Reason = "reason",
    Failures = "failures",
    LeasedBy = "leased_by",
    NotBefore = "not_before",
    LastFailure = "last_failure",
    Cause = "cause",
    Counted = "counted",
    Message = "message",
    OnlyThere = "only_there",
    OnlyHere = "only_here",
    SecondOpinion = "second_opinion",
    OpinionBy = "opinion_by",
    OpinionAt = "opinion_at",
    OpinionScanner = "opinion_scanner",
    ExamplesThere = "examples_there",
    ExamplesHere = "examples_here",
    WithdrawnBy = "withdrawn_by",
    LastReportAt = "last_report_at",
    LastFullReportAt = "last_full_report_at",
    ClonedSince = "cloned_since",
    Unseen = "unseen",
    AddedAt = "added_at",
    EnrolledAt = "enrolled_at",
    Seq = "seq",
    Code = "code",
    Role = "role",
    Token = "token",
    CreatedAt = "created_at",
    ExpiresAt = "expires_at",
    Advisory = "advisory",
    Cves = "cves",
    Verdict = "verdict",
    Fixed = "fixed",
    Setting = "setting",
    Value = "value",
}
