//! The columns of each list. Where the terminal is narrow, the last of them leave first.

use proto_types::GroupBy;

use super::{
    column::{Column, Look},
    subject::Subject,
};
use crate::{
    output::{Cell, row::Fit, rows},
    tui::item::Item,
};

const fn column(name: &'static str, letter: char, fit: Fit, cell: fn(&Item) -> Cell) -> Column {
    Column {
        name,
        letter,
        fit,
        cell,
        look: Look::Text,
    }
}

/// The bar leaves first: it says in a picture what a number beside it says.
const BAR: Column = Column {
    name: "share",
    letter: '\0',
    fit: Fit::Leave,
    cell: |item| Cell::Count(item.containers()),
    look: Look::Bar,
};

macro_rules! cell {
    ($variant:pat => $cell:expr) => {
        |item| match item {
            $variant => $cell,
            _ => Cell::Empty,
        }
    };
}

const IMAGES: Column = column(
    "images",
    'I',
    Fit::Leave,
    cell!(Item::Group(_, g) => Cell::Count(g.images)),
);
const CONTAINERS: Column = column("containers", 'C', Fit::Leave, |item| {
    Cell::Count(item.containers())
});
const HOSTS: Column = column(
    "hosts",
    'H',
    Fit::Leave,
    cell!(Item::Group(_, g) => Cell::Count(g.hosts)),
);
const ARTIFACTS: Column = column(
    "artifacts",
    'A',
    Fit::Leave,
    cell!(Item::Group(_, g) => Cell::Count(g.artifacts)),
);
const DIGEST: Column = column("digest", 'D', Fit::Leave, |item| {
    item.digest().map_or(Cell::Empty, Cell::Digest)
});
const LABEL: fn(&Item) -> Cell = cell!(Item::Group(_, g) => Cell::some_text(g.label.as_deref()));

const fn key(name: &'static str, letter: char) -> Column {
    column(
        name,
        letter,
        Fit::CutLast,
        cell!(Item::Group(_, g) => Cell::text(&g.key)),
    )
}

const NAMES: &[Column] = &[key("name", 'N'), CONTAINERS, HOSTS, IMAGES, ARTIFACTS, BAR];
const VERSIONS: &[Column] = &[
    key("version", 'V'),
    column("type", 'T', Fit::Leave, LABEL),
    CONTAINERS,
    HOSTS,
    IMAGES,
    BAR,
];
const GROUP_IMAGES: &[Column] = &[
    column("image name", 'N', Fit::CutLast, LABEL),
    DIGEST,
    CONTAINERS,
    HOSTS,
    ARTIFACTS,
    BAR,
];
const GROUP_HOSTS: &[Column] = &[key("host", 'H'), CONTAINERS, IMAGES, ARTIFACTS, BAR];
const GROUP_OTHERS: &[Column] = &[key("name", 'N'), CONTAINERS, HOSTS, IMAGES, ARTIFACTS, BAR];

const FOUND: &[Column] = &[
    column(
        "host",
        'H',
        Fit::CutLast,
        cell!(Item::Found(f) => Cell::text(&f.host)),
    ),
    column(
        "container",
        'C',
        Fit::CutLast,
        cell!(Item::Found(f) => Cell::text(&f.container)),
    ),
    column(
        "version",
        'V',
        Fit::Leave,
        cell!(Item::Found(f) => Cell::text(&f.version)),
    ),
    column(
        "image name",
        'I',
        Fit::Cut,
        cell!(Item::Found(f) => Cell::text(&f.image_name)),
    ),
    column(
        "since",
        'S',
        Fit::Leave,
        cell!(Item::Found(f) => Cell::Time(f.running_since)),
    ),
    DIGEST,
    column(
        "artifact",
        'A',
        Fit::Leave,
        cell!(Item::Found(f) => Cell::text(&f.name)),
    ),
];
const IMAGE_LIST: &[Column] = &[
    column(
        "names",
        'N',
        Fit::CutLast,
        cell!(Item::Image(i) => Cell::text(i.names.join(" "))),
    ),
    column(
        "state",
        'S',
        Fit::Leave,
        cell!(Item::Image(i) => rows::image_state(i.state)),
    ),
    DIGEST,
    CONTAINERS,
    column(
        "hosts",
        'H',
        Fit::Leave,
        cell!(Item::Image(i) => Cell::Count(i.hosts)),
    ),
    column(
        "artifacts",
        'A',
        Fit::Leave,
        cell!(Item::Image(i) => Cell::Count(i.artifact_count)),
    ),
    column(
        "distro",
        'O',
        Fit::Leave,
        cell!(Item::Image(i) => {
            Cell::some_text(Some(format!("{} {}", i.distro, i.distro_version).trim()))
        }),
    ),
    column(
        "scanned",
        'E',
        Fit::Leave,
        cell!(Item::Image(i) => Cell::some_time(i.scanned_at)),
    ),
    BAR,
];
const HOST_LIST: &[Column] = &[
    column(
        "host",
        'H',
        Fit::CutLast,
        cell!(Item::Host(h) => Cell::text(&h.name)),
    ),
    column(
        "state",
        'S',
        Fit::Keep,
        cell!(Item::Host(h) => rows::host_state(h.state)),
    ),
    column(
        "last report",
        'L',
        Fit::Leave,
        cell!(Item::Host(h) => Cell::some_time(h.last_report_at)),
    ),
    CONTAINERS,
    column(
        "images",
        'I',
        Fit::Leave,
        cell!(Item::Host(h) => Cell::Count(h.images)),
    ),
    column(
        "scanner",
        'R',
        Fit::Leave,
        cell!(Item::Host(h) => Cell::some_text(h.scanner.as_deref())),
    ),
    BAR,
];
const CONTENTS: &[Column] = &[
    column(
        "name",
        'N',
        Fit::CutLast,
        cell!(Item::Artifact(a) => Cell::text(&a.name)),
    ),
    column(
        "version",
        'V',
        Fit::CutLast,
        cell!(Item::Artifact(a) => Cell::text(&a.version)),
    ),
    column(
        "type",
        'T',
        Fit::Leave,
        cell!(Item::Artifact(a) => Cell::text(&a.artifact_type)),
    ),
    column(
        "source",
        'S',
        Fit::Leave,
        cell!(Item::Artifact(a) => Cell::some_text(a.source.as_deref())),
    ),
    column(
        "purl",
        'P',
        Fit::Cut,
        cell!(Item::Artifact(a) => Cell::some_text(a.purl.as_deref())),
    ),
];
const CONTAINER_LIST: &[Column] = &[
    column(
        "host",
        'H',
        Fit::CutLast,
        cell!(Item::Container(c) => Cell::text(&c.host)),
    ),
    column(
        "container",
        'C',
        Fit::CutLast,
        cell!(Item::Container(c) => Cell::text(&c.name)),
    ),
    column(
        "image name",
        'I',
        Fit::Cut,
        cell!(Item::Container(c) => Cell::text(&c.image_name)),
    ),
    column(
        "since",
        'S',
        Fit::Leave,
        cell!(Item::Container(c) => Cell::Time(c.running_since)),
    ),
    DIGEST,
];

impl Subject {
    /// Its columns. Where the terminal is narrow, the last of them leave first.
    pub(crate) const fn columns(&self) -> &'static [Column] {
        match self {
            Self::Grouped { by, .. } => match by {
                GroupBy::Name => NAMES,
                GroupBy::Version => VERSIONS,
                GroupBy::Image => GROUP_IMAGES,
                GroupBy::Host => GROUP_HOSTS,
                GroupBy::Type | GroupBy::Distro => GROUP_OTHERS,
            },
            Self::Found { .. } => FOUND,
            Self::Images => IMAGE_LIST,
            Self::Hosts => HOST_LIST,
            Self::Contents(_) => CONTENTS,
            Self::Containers { .. } => CONTAINER_LIST,
        }
    }
}
