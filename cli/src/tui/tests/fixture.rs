//! A TUI without a server: the tests press keys and give the answers.

use jiff::{Timestamp, tz::TimeZone};
use proto_types::{Coverage, GroupBy, Summary};
use ratatui::{
    Terminal,
    backend::TestBackend,
    buffer::{Buffer, Cell},
    crossterm::event::{KeyCode, KeyEvent, KeyModifiers},
};

use super::advisories::{affecting, judged};
use super::data::{
    about, ago, changes, containers, contents, cover, differing, found, groups, hosts, images, now,
    partial, rollout, uncovered,
};
use crate::tui::{
    TuiTable,
    answer::{About, Problem, ProblemKind, RowsAnswer},
    ask::{Ask, Fetch, Ticket},
    effect::{Effect, Task, Work},
    event::{Answer, Event},
    item::Item,
    state::{Session, State},
    update::{start, update},
    view,
};

/// A TUI, and what it wants done that nobody has done yet.
pub(super) struct Tui {
    pub(super) state: State,
    pub(super) wanted: Vec<Effect>,
    pub(super) coverage: Coverage,
    /// How long the list of artifacts is, where it is longer than three.
    pub(super) artifacts: Option<u64>,
}

pub(super) fn table(text: &str) -> TuiTable {
    toml::from_str(text).unwrap()
}

impl Tui {
    pub(super) fn new(size: (u16, u16)) -> Self {
        Self::opened(size, &[], None, "", true)
    }

    pub(super) fn opened(
        size: (u16, u16),
        words: &[&str],
        at: Option<Timestamp>,
        settings: &str,
        color: bool,
    ) -> Self {
        let (options, keymap) = table(settings).resolve().unwrap();
        let session = Session {
            server: "https://assets.example.org".to_owned(),
            context: Some("prod".to_owned()),
            contexts: ["big", "prod"].map(str::to_owned).to_vec(),
            connection: Vec::new(),
            zone: TimeZone::UTC,
            color,
        };
        let mut state = State::new(session, options, keymap, size, now(), at);
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let matches = crate::words::terms::read(&words).unwrap().matches;
        start(&mut state, &matches).unwrap();
        let mut tui = Self {
            state,
            wanted: Vec::new(),
            coverage: partial(),
            artifacts: None,
        };
        tui.event(Event::Tick(now()));
        tui
    }

    pub(super) fn event(&mut self, event: Event) {
        self.wanted.extend(update(&mut self.state, event));
    }

    /// Presses keys: words are named keys, anything else is typed.
    pub(super) fn press(&mut self, keys: &str) -> &mut Self {
        for word in keys.split(' ') {
            for event in events(word) {
                self.event(Event::Key(event));
            }
        }
        self
    }

    /// Answers whatever was asked, and what is asked because of that.
    pub(super) fn answer(&mut self) -> &mut Self {
        for _ in 0..50 {
            let wanted = std::mem::take(&mut self.wanted);
            if wanted.is_empty() {
                break;
            }
            for effect in wanted {
                if let Some((ticket, answer)) = self.reply(&effect) {
                    self.event(Event::Answer(ticket, Ok(answer)));
                }
            }
        }
        self
    }

    /// Answers whatever rows were asked for with these.
    pub(super) fn answer_with(&mut self, items: &[Item]) -> &mut Self {
        for effect in std::mem::take(&mut self.wanted) {
            match effect {
                Effect::Work(Work::Start(ticket, Task::Fetch(_))) => {
                    let rows = Answer::Rows(Box::new(self.all(items.to_vec())));
                    self.event(Event::Answer(ticket, Ok(rows)));
                }
                other => self.wanted.push(other),
            }
        }
        self
    }

    /// Answers whatever was asked with a problem.
    pub(super) fn fail(&mut self, kind: ProblemKind, what: &str) -> &mut Self {
        for effect in std::mem::take(&mut self.wanted) {
            let problem = Problem {
                what: what.to_owned(),
                hint: Some("the way out".to_owned()),
                kind,
            };
            if let Some((ticket, _)) = self.reply(&effect) {
                self.event(Event::Answer(ticket, Err(problem)));
            }
        }
        self
    }

    pub(super) fn reply(&self, effect: &Effect) -> Option<(Ticket, Answer)> {
        match effect {
            Effect::Work(Work::Start(ticket, Task::Fetch(fetch))) => {
                Some((*ticket, self.rows(fetch)))
            }
            Effect::Work(Work::Start(ticket, Task::Total(_))) => {
                Some((*ticket, Answer::Total(340)))
            }
            Effect::Work(Work::Start(ticket, Task::About(ask, _))) => {
                let mut about = about();
                if !ask.by_version {
                    about.stack.clear();
                }
                if ask.advisory.is_some() {
                    about = About {
                        judged: judged(),
                        ..About::default()
                    };
                }
                Some((*ticket, Answer::About(Box::new(about))))
            }
            Effect::Work(Work::Start(ticket, Task::News)) => {
                Some((*ticket, Answer::News(Box::default())))
            }
            Effect::Work(Work::Start(ticket, Task::Rescan(_))) => {
                Some((*ticket, Answer::WillBeScanned))
            }
            Effect::Work(Work::Start(ticket, Task::Export(export))) => {
                let path = format!("/home/op/{}", export.path);
                Some((*ticket, Answer::Exported { rows: 3, path }))
            }
            _ => None,
        }
    }

    fn rows(&self, fetch: &Fetch) -> Answer {
        let items = match &fetch.ask {
            Ask::Find(request) => match (request.group_by, self.artifacts) {
                (Some(GroupBy::Name), Some(rows)) => {
                    return Answer::Rows(Box::new(crate::tui::measure::page(fetch, rows)));
                }
                (Some(by), _) => groups(by),
                (None, _) => found(),
            },
            Ask::Images { .. } => images(),
            Ask::Hosts => hosts(),
            Ask::Contents(_) => contents(),
            Ask::Containers(..) => containers(),
            Ask::Cover { .. } => cover(),
            Ask::Diff { .. } => differing(),
            Ask::Changes { .. } => changes(),
            Ask::Rollout { affected, .. } => rollout(!affected.is_empty()),
            Ask::Uncovered { at: None, .. } => uncovered(),
            Ask::Uncovered { .. } => Vec::new(),
            Ask::Affecting { at: None, .. } => {
                let says = "1 known to be exploited".to_owned();
                return Answer::Rows(Box::new(RowsAnswer {
                    headline: vec![says],
                    ..self.all(affecting())
                }));
            }
            Ask::Affecting { .. } => Vec::new(),
            Ask::Affected { .. } => {
                let rows = judged().into_iter();
                rows.map(|one| Item::Judged(Box::new(one))).collect()
            }
            Ask::AffectedBy { by, .. } => groups(*by),
        };
        Answer::Rows(Box::new(self.all(items)))
    }

    pub(super) fn all(&self, items: Vec<Item>) -> RowsAnswer {
        let total = u64::try_from(items.len()).unwrap();
        RowsAnswer {
            from: 0,
            items,
            next: total,
            next_cursor: None,
            total,
            summary: Some(Summary {
                artifacts: 3,
                images: 14,
                containers: 212,
                hosts: 87,
                first_seen: Some(ago(900)),
                last_seen: Some(now()),
            }),
            headline: Vec::new(),
            as_of: now(),
            coverage: self.coverage,
        }
    }

    pub(super) fn buffer(&self) -> Buffer {
        let (width, height) = self.state.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal
            .draw(|frame| view::draw(&self.state, frame))
            .unwrap();
        terminal.backend().buffer().clone()
    }

    /// The screen as text.
    pub(super) fn screen(&self) -> String {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width).max(1);
        let mut text = String::new();
        for line in buffer.content().chunks(width) {
            let mut skip = 0;
            let mut drawn = String::new();
            for cell in line {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                drawn.push_str(cell.symbol());
                skip = crate::output::fit::width(cell.symbol()).saturating_sub(1);
            }
            text.push_str(drawn.trim_end());
            text.push('\n');
        }
        text
    }
}

/// The cell where a text begins.
pub(super) fn cell_at<'a>(buffer: &'a Buffer, text: &str) -> Option<&'a Cell> {
    let width = usize::from(buffer.area.width);
    buffer.content().chunks(width).find_map(|line| {
        let symbols: Vec<&str> = line.iter().map(Cell::symbol).collect();
        let at = (0..width).find(|at| symbols[*at..].concat().starts_with(text))?;
        line.get(at)
    })
}

fn events(word: &str) -> Vec<KeyEvent> {
    let named = match word {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "space" => KeyCode::Char(' '),
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "end" => KeyCode::End,
        "home" => KeyCode::Home,
        "pgdn" => KeyCode::PageDown,
        "pgup" => KeyCode::PageUp,
        "backspace" => KeyCode::Backspace,
        "f5" => KeyCode::F(5),
        "ctrl-c" => return vec![KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)],
        "ctrl-z" => return vec![KeyEvent::new(KeyCode::Char('z'), KeyModifiers::CONTROL)],
        "alt-q" => return vec![KeyEvent::new(KeyCode::Char('q'), KeyModifiers::ALT)],
        "alt-3" => return vec![KeyEvent::new(KeyCode::Char('3'), KeyModifiers::ALT)],
        "ctrl-n" => return vec![KeyEvent::new(KeyCode::Char('n'), KeyModifiers::CONTROL)],
        "ctrl-u" => return vec![KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL)],
        typed => {
            let plain = |one: char| match one {
                // Terminals tell of Shift besides.
                'A'..='Z' => KeyEvent::new(KeyCode::Char(one), KeyModifiers::SHIFT),
                _ => KeyEvent::new(KeyCode::Char(one), KeyModifiers::NONE),
            };
            return typed.chars().map(plain).collect();
        }
    };
    vec![KeyEvent::new(named, KeyModifiers::NONE)]
}
