//! The palette: commands by their names, and jumps: to an artifact, a host, an image, a context, a time.

use super::{
    item::Item,
    keymap::{Action, BINDINGS, Binding, Group},
    state::{Rows, State, Tab},
};

/// How many names of things are offered.
const MOST_NAMES: usize = 12;

/// A line of the palette.
#[derive(Debug, Clone)]
pub(crate) enum Entry {
    /// A command.
    Run(&'static Binding),
    /// A word that takes another behind it.
    Word(&'static Word),
    /// Somewhere to go.
    Go(Jump),
}

/// A word that takes another behind it.
#[derive(Debug)]
pub(crate) struct Word {
    /// The word.
    pub(crate) name: &'static str,
    /// What stands behind it.
    pub(crate) takes: &'static str,
    /// Where it leads.
    pub(crate) help: &'static str,
    to: fn(String) -> Jump,
}

/// Somewhere to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Jump {
    /// What the terms of `find` name.
    Find(String),
    /// The containers of a host.
    Host(String),
    /// Images by a part of their name.
    Image(String),
    /// The server of another context.
    Context(String),
    /// What an advisory or a CVE is about.
    Advisory(String),
    /// Another time.
    At(String),
}

/// Every word, in the order in which they are offered.
pub(crate) const WORDS: [Word; 6] = [
    Word {
        name: "find",
        takes: "TERM…",
        help: "an artifact, in the terms of `assetctl find`; a name alone does without this word",
        to: Jump::Find,
    },
    Word {
        name: "host",
        takes: "NAME",
        help: "the containers of a host",
        to: Jump::Host,
    },
    Word {
        name: "image",
        takes: "NAME",
        help: "the images whose names contain it",
        to: Jump::Image,
    },
    Word {
        name: "advisory",
        takes: "ID",
        help: "what an advisory or a CVE affects; a CVE's id alone does without this word",
        to: Jump::Advisory,
    },
    Word {
        name: "at",
        takes: "TIME",
        help: "another time: 3d (ago), yesterday, 2026-03-28T12:00Z; `now` comes back",
        to: Jump::At,
    },
    Word {
        name: "ctx",
        takes: "NAME",
        help: "the server of another context of the settings file",
        to: Jump::Context,
    },
];

/// The lines that fit what is typed, the one that Enter takes first.
pub(crate) fn fitting(state: &State, typed: &str) -> Vec<Entry> {
    let typed = typed.trim_start();
    if let Some((word, rest)) = word_of(typed) {
        return behind(state, word, rest.trim());
    }
    let typed = typed.trim_end();
    if is_cve(typed) {
        let all = [typed.to_owned()].into_iter();
        let held = names(state, Tab::Advisories, typed);
        let all = all.chain(held).map(Jump::Advisory);
        return all.map(Entry::Go).collect();
    }
    if typed == "now" {
        return vec![Entry::Go(Jump::At("now".to_owned()))];
    }
    let (by_name, by_help) = commands(&typed.to_lowercase());
    let words = WORDS.iter().filter(|word| word.name.starts_with(typed));
    let words = words.map(Entry::Word);
    if typed.is_empty() {
        return words.chain(by_name).collect();
    }
    let find = Entry::Go(Jump::Find(typed.to_owned()));
    words
        .chain(by_name)
        .chain([find])
        .chain(names(state, Tab::Artifacts, typed).map(|name| Entry::Go(Jump::Find(name))))
        .chain(by_help)
        .collect()
}

/// Whether a CVE's id is typed, in whatever case.
fn is_cve(typed: &str) -> bool {
    let (head, rest) = typed.split_at_checked("CVE-".len()).unwrap_or_default();
    head.eq_ignore_ascii_case("CVE-") && rest.starts_with(|one: char| one.is_ascii_digit())
}

/// The word that is typed with something behind it.
fn word_of(typed: &str) -> Option<(&'static Word, &str)> {
    let (name, rest) = typed.split_once(char::is_whitespace)?;
    let word = WORDS.iter().find(|word| word.name == name)?;
    Some((word, rest))
}

/// What may stand behind a word: what is typed there, and the names that begin with it.
fn behind(state: &State, word: &'static Word, rest: &str) -> Vec<Entry> {
    let typed = Some(rest).filter(|rest| !rest.is_empty());
    let known: Vec<String> = match word.name {
        "host" => names(state, Tab::Hosts, rest).collect(),
        "image" => names(state, Tab::Images, rest).collect(),
        "advisory" => names(state, Tab::Advisories, rest).collect(),
        "find" => names(state, Tab::Artifacts, rest).collect(),
        "ctx" => {
            let known = state.session.contexts.iter();
            let fits = known.filter(|name| name.starts_with(rest));
            fits.cloned().collect()
        }
        _ => Vec::new(),
    };
    let typed = typed.map(str::to_owned);
    let others = known.into_iter().filter(|name| name != rest);
    let all = typed.into_iter().chain(others);
    all.map(|name| Entry::Go((word.to)(name))).collect()
}

/// The names that begin with what is typed, of those that a tab's first list holds.
fn names<'a>(state: &'a State, tab: Tab, typed: &'a str) -> impl Iterator<Item = String> + 'a {
    let first = state.tabs[tab as usize].first();
    let rows = first.and_then(|level| level.rows.as_ref());
    let held = rows.into_iter().flat_map(Rows::held);
    let names = held.map(Item::label);
    let fits = names.filter(move |name| name.starts_with(typed) && name != typed);
    fits.take(MOST_NAMES)
}

/// The commands that fit by their names, those first that begin with it; and those that only fit by
/// what they do. Moving comes last: its keys are known.
fn commands(typed: &str) -> (Vec<Entry>, Vec<Entry>) {
    let rank = |binding: &Binding| {
        let moves = usize::from(binding.group == Group::Move);
        if binding.name.starts_with(typed) {
            Some((0, moves))
        } else if binding.name.contains(typed) {
            Some((1, moves))
        } else {
            let help = binding.help.to_lowercase();
            help.contains(typed).then_some((2, moves))
        }
    };
    let mut found: Vec<((u8, usize), &'static Binding)> = BINDINGS
        .iter()
        // It is open already.
        .filter(|binding| !matches!(binding.action, Action::Palette | Action::Cancel))
        .filter_map(|binding| Some((rank(binding)?, binding)))
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    let (by_name, by_help): (Vec<_>, Vec<_>) = found.into_iter().partition(|(rank, _)| rank.0 < 2);
    let entries = |found: Vec<(_, &'static Binding)>| {
        let entries = found.into_iter().map(|(_, binding)| Entry::Run(binding));
        entries.collect()
    };
    (entries(by_name), entries(by_help))
}

impl Entry {
    /// The line as it reads once Tab has completed it.
    pub(crate) fn completed(&self) -> String {
        match self {
            Self::Run(binding) => binding.name.to_owned(),
            Self::Word(word) => format!("{} ", word.name),
            Self::Go(jump) => jump.typed(),
        }
    }
}

impl Jump {
    /// How it is typed.
    pub(crate) fn typed(&self) -> String {
        match self {
            Self::Find(terms) => terms.clone(),
            Self::Host(name) => format!("host {name}"),
            Self::Image(name) => format!("image {name}"),
            Self::Context(name) => format!("ctx {name}"),
            Self::Advisory(id) if is_cve(id) => id.clone(),
            Self::Advisory(id) => format!("advisory {id}"),
            Self::At(time) if time == "now" => time.clone(),
            Self::At(time) => format!("at {time}"),
        }
    }

    /// Where it leads, in words.
    pub(crate) fn help(&self) -> String {
        match self {
            Self::Find(_) => "go to what this finds".to_owned(),
            Self::Host(name) => format!("the containers on {name}"),
            Self::Image(name) => format!("the images named {name}"),
            Self::Advisory(id) => format!("what {id} affects"),
            Self::Context(name) => format!("the server of the context {name}"),
            Self::At(time) if time == "now" => "back to the present".to_owned(),
            Self::At(time) => format!("what ran then: {time}"),
        }
    }
}
