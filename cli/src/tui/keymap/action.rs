//! Every action, with its name, its keys by default and a sentence on what it does.

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Action {
    Down,
    Up,
    PageDown,
    PageUp,
    First,
    Last,
    ColumnLeft,
    ColumnRight,
    DrillIn,
    Back,
    Artifacts,
    Images,
    Containers,
    Hosts,
    NextTab,
    PreviousTab,
    TabArtifacts,
    TabImages,
    TabHosts,
    TabCoverage,
    TabChanges,
    TabAdvisories,
    Changes,
    Filter,
    ClearFilter,
    Sort,
    ReverseSort,
    Details,
    DetailsDown,
    DetailsUp,
    Map,
    MapAffected,
    Cover,
    Mark,
    At,
    Earlier,
    Later,
    DayEarlier,
    DayLater,
    Refresh,
    Rescan,
    CopyCell,
    CopyRow,
    CopyCommand,
    Export,
    Palette,
    Help,
    Cancel,
    Suspend,
    Quit,
}

/// What an action belongs to, for help and documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    Move,
    Drill,
    Look,
    Take,
    Rest,
}

impl Group {
    /// Every one, in the order in which they are listed.
    pub(crate) const ALL: [Self; 5] = [Self::Move, Self::Drill, Self::Look, Self::Take, Self::Rest];

    /// What stands over it.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Move => "Moving",
            Self::Drill => "Drilling down",
            Self::Look => "Filtering, sorting, looking",
            Self::Take => "Copying and exporting",
            Self::Rest => "Everything else",
        }
    }
}

/// One line of the table.
#[derive(Debug)]
pub(crate) struct Binding {
    /// What is done.
    pub(crate) action: Action,
    /// Its name in the palette and in `[tui.keys]`.
    pub(crate) name: &'static str,
    /// Its keys by default.
    pub(crate) keys: &'static [&'static str],
    /// What it belongs to.
    pub(crate) group: Group,
    /// What it does.
    pub(crate) help: &'static str,
}

const fn bind(
    action: Action,
    name: &'static str,
    keys: &'static [&'static str],
    group: Group,
    help: &'static str,
) -> Binding {
    Binding {
        action,
        name,
        keys,
        group,
        help,
    }
}

/// The table.
#[rustfmt::skip]
pub(crate) const BINDINGS: &[Binding] = &[
    bind(Action::Down, "down", &["j", "down"], Group::Move, "a row down"),
    bind(Action::Up, "up", &["k", "up"], Group::Move, "a row up"),
    bind(Action::PageDown, "page-down", &["pgdn", "ctrl-f", "ctrl-d"], Group::Move, "a page down"),
    bind(Action::PageUp, "page-up", &["pgup", "ctrl-b", "ctrl-u"], Group::Move, "a page up"),
    bind(Action::First, "first", &["g", "home"], Group::Move, "the first row"),
    bind(Action::Last, "last", &["G", "end"], Group::Move, "the last row"),
    bind(Action::ColumnLeft, "column-left", &["h", "left"], Group::Move, "a column to the left: the cell that `y` copies, the column that `s` sorts by"),
    bind(Action::ColumnRight, "column-right", &["l", "right"], Group::Move, "a column to the right"),
    bind(Action::NextTab, "next-tab", &["tab"], Group::Move, "the next tab"),
    bind(Action::PreviousTab, "previous-tab", &["shift-tab"], Group::Move, "the previous tab"),
    bind(Action::TabArtifacts, "tab-artifacts", &["1"], Group::Move, "the artifacts tab"),
    bind(Action::TabImages, "tab-images", &["2"], Group::Move, "the images tab"),
    bind(Action::TabHosts, "tab-hosts", &["3"], Group::Move, "the hosts tab"),
    bind(Action::TabCoverage, "tab-coverage", &["4"], Group::Move, "the coverage tab: hosts and images that answers can't know everything of"),
    bind(Action::TabChanges, "tab-changes", &["5"], Group::Move, "the changes tab: what started, stopped or appeared last; it follows"),
    bind(Action::TabAdvisories, "tab-advisories", &["6"], Group::Move, "the advisories tab: imported advisories that affect what runs now"),
    bind(Action::DrillIn, "drill-in", &["enter"], Group::Drill, "into the selected row: advisory → artifacts → images; artifact → versions → images → containers → host → image → artifacts"),
    bind(Action::Back, "back", &["esc"], Group::Drill, "one level back, and only that"),
    bind(Action::Artifacts, "artifacts", &["a"], Group::Drill, "the artifacts in what is selected"),
    bind(Action::Images, "images", &["i"], Group::Drill, "the images that hold or run what is selected"),
    bind(Action::Containers, "containers", &["w"], Group::Drill, "where it runs: the containers of what is selected"),
    bind(Action::Hosts, "hosts", &["o"], Group::Drill, "the hosts that run what is selected"),
    bind(Action::Changes, "changes", &["f"], Group::Drill, "what changed last on the host of the selected row"),
    bind(Action::Filter, "filter", &["/"], Group::Look, "filter while typing, in the terms of `assetctl find`; a bare word means \"contains\""),
    bind(Action::ClearFilter, "clear-filter", &["backspace"], Group::Look, "clear the filter"),
    bind(Action::Sort, "sort", &["s"], Group::Look, "sort by the selected column; Shift with a column's underlined letter sorts by that one"),
    bind(Action::ReverseSort, "reverse-sort", &["r"], Group::Look, "reverse the order"),
    bind(Action::Details, "details", &["d", "space"], Group::Look, "details of the selected row: beside the list where there is room, over it otherwise"),
    bind(Action::DetailsDown, "details-down", &["ctrl-n"], Group::Look, "scroll the details down"),
    bind(Action::DetailsUp, "details-up", &["ctrl-p"], Group::Look, "scroll the details up"),
    bind(Action::Map, "map", &["m"], Group::Look, "the artifact's rollout as a map: a cell for each host, by the oldest version that it runs; again for the list"),
    bind(Action::MapAffected, "map-affected", &["b"], Group::Look, "color the map by affected and clean, or by version again; the version terms of the list that led to it say which are affected"),
    bind(Action::Cover, "cover", &["v"], Group::Look, "which images to rebuild first, so that the artifact, as it is filtered, is gone from the most hosts"),
    bind(Action::Mark, "mark", &["x"], Group::Look, "mark an image or a host; on a second one: what the two hold differently"),
    bind(Action::At, "at", &["t"], Group::Look, "look at another time: 2026-03-28T12:00Z, 3d (ago), yesterday, now"),
    bind(Action::Earlier, "earlier", &["["], Group::Look, "an hour back in time"),
    bind(Action::Later, "later", &["]"], Group::Look, "an hour on, up to the present"),
    bind(Action::DayEarlier, "day-earlier", &["{"], Group::Look, "a day back in time"),
    bind(Action::DayLater, "day-later", &["}"], Group::Look, "a day on, up to the present"),
    bind(Action::Refresh, "refresh", &["f5", "ctrl-r"], Group::Look, "ask the server again"),
    bind(Action::Rescan, "rescan", &["R"], Group::Look, "have the selected image scanned again, even if it is quarantined; needs an admin's token"),
    bind(Action::CopyCell, "copy-cell", &["y"], Group::Take, "copy the cell"),
    bind(Action::CopyRow, "copy-row", &["Y"], Group::Take, "copy the row, its cells separated by tabs"),
    bind(Action::CopyCommand, "copy-command", &["c"], Group::Take, "copy the assetctl command line that lists the same"),
    bind(Action::Export, "export", &["e"], Group::Take, "write the filtered view to a file"),
    bind(Action::Palette, "palette", &[":"], Group::Rest, "commands by their names, and jumps: `:openssl`, `:host web-01`, `:image nginx`, `:CVE-2024-3094`, `:at 3d`, `:now`, `:ctx big`; tab completes"),
    bind(Action::Help, "help", &["?", "f1"], Group::Rest, "this help"),
    bind(Action::Cancel, "cancel", &["ctrl-c"], Group::Rest, "cancel what is running; if nothing is, press twice to quit"),
    bind(Action::Suspend, "suspend", &["ctrl-z"], Group::Rest, "stop for now and give the terminal to the shell, where `fg` comes back"),
    bind(Action::Quit, "quit", &["q"], Group::Rest, "exit"),
];

impl Action {
    /// Its line of the table.
    pub(crate) fn binding(self) -> &'static Binding {
        let found = BINDINGS.iter().find(|binding| binding.action == self);
        // A test makes sure that every action has one.
        found.unwrap_or(&BINDINGS[0])
    }
}
