//! docs/TUI.md holds the table of keys as it is, and keys can be changed.

use std::{fs, path::Path};

use super::{Tui, fixture::table};
use crate::tui::{
    effect::Effect,
    keymap::{Action, BINDINGS, Key, Keymap, markdown},
    state::Mode,
};

#[test]
fn the_documentation_holds_the_table_of_keys() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/TUI.md");
    let docs = fs::read_to_string(path).unwrap_or_default();
    let keys = markdown(&Keymap::default());
    assert!(
        docs.contains(&keys),
        "docs/TUI.md must hold this table of keys:\n\n{keys}"
    );
}

#[test]
fn every_key_can_be_read_and_belongs_to_one_action() {
    let mut seen = std::collections::HashMap::new();
    for binding in BINDINGS {
        assert_eq!(binding.action.binding().name, binding.name);
        for text in binding.keys {
            let key = Key::parse(text).unwrap();
            assert_eq!(key.to_string(), *text);
            assert_eq!(seen.insert(key, binding.name), None, "{text}");
        }
    }
}

#[test]
fn no_key_orders_by_a_column_that_does_something_else() {
    use crate::tui::state::{Subject, Tab};
    use proto_types::{GroupBy, ImageDigest};
    let keymap = Keymap::default();
    let grouped = GroupBy::ALL
        .iter()
        .map(|by| Subject::grouped(*by, Vec::new()));
    let others = [
        Subject::Found { of: Vec::new() },
        Subject::Contents(ImageDigest::from_bytes([0; 32])),
        Subject::Containers {
            host: None,
            image: None,
        },
        Tab::Images.subject(),
        Tab::Hosts.subject(),
        Tab::Coverage.subject(),
        Tab::Changes.subject(),
        Tab::Advisories.subject(),
        Subject::Affected { id: String::new() },
        Subject::Cover { of: Vec::new() },
        Subject::Diff {
            from: String::new(),
            to: String::new(),
        },
        Subject::Rollout {
            of: Vec::new(),
            affected: Vec::new(),
        },
    ];
    for subject in grouped.chain(others) {
        let mut letters = Vec::new();
        for column in subject.columns() {
            let name = column.heading.as_str();
            let Some(letter) = column.letter else {
                assert!(column.is_bar(), "{name} can't be ordered by");
                continue;
            };
            let key = Key::parse(&letter.to_string()).unwrap();
            assert_eq!(keymap.action(key), None, "{name}");
            assert!(!letters.contains(&letter), "{name}");
            letters.push(letter);
            let has_it = name.to_ascii_uppercase().contains(letter);
            assert!(has_it, "{letter} of {name}");
        }
    }
}

#[test]
fn the_settings_file_gives_actions_other_keys() {
    let settings = "[keys]\nquit = \"ctrl-q\"\nexport = [\"x\", \"q\"]\n";
    let mut tui = Tui::opened((80, 24), &[], None, settings, true);
    tui.answer().press("q");
    assert!(
        matches!(tui.state.mode, Mode::Export { .. }),
        "{:?}",
        tui.state.mode
    );
    assert!(tui.wanted.is_empty());
    assert!(tui.screen().contains("ctrl-q quit"), "{}", tui.screen());
    tui.press("esc").press("?");
    assert_eq!(tui.state.keymap.first(Action::Export), "x");
    tui.press("esc");
    let key = ratatui::crossterm::event::KeyEvent::new(
        ratatui::crossterm::event::KeyCode::Char('q'),
        ratatui::crossterm::event::KeyModifiers::CONTROL,
    );
    tui.event(crate::tui::event::Event::Key(key));
    assert!(
        tui.wanted
            .iter()
            .any(|effect| matches!(effect, Effect::Quit))
    );
}

#[test]
fn keys_and_actions_that_do_not_exist_are_named() {
    let error = |settings: &str| format!("{:?}", table(settings).resolve().unwrap_err());
    assert!(error("[keys]\nexprot = \"x\"\n").contains("did you mean `export`"));
    assert!(error("[keys]\nexport = \"hyper-x\"\n").contains("`hyper-x` is not a key"));
    assert!(error("[keys]\nquit = []\n").contains("without a key"));
}
