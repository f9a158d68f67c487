//! A page of the docs, and which of the commands in it were tried.

use std::{cell::RefCell, collections::BTreeSet, fs};

use crate::lab::Lab;

/// The programs whose commands an operator is told to type.
const PROGRAMS: [&str; 6] = [
    "assetctl",
    "assetmon-agent",
    "install",
    "make",
    "sqlite3",
    "systemctl",
];

/// A page of the docs.
pub struct Guide {
    text: String,
    tried: RefCell<BTreeSet<String>>,
}

impl Guide {
    /// Reads a page.
    ///
    /// # Panics
    /// There is none of this name in `docs/`.
    pub fn read(name: &str) -> Self {
        let path = Lab::get().project().join("docs").join(name);
        let text = fs::read_to_string(path).expect("the page is there");
        Self {
            text,
            tried: RefCell::default(),
        }
    }

    /// The words of a command after its program. It is then known to be tried.
    ///
    /// # Panics
    /// The page has no such command.
    pub fn command<'a>(&self, command: &'a str) -> Vec<&'a str> {
        assert!(
            self.commands().contains(command),
            "the page doesn't say `{command}` any more"
        );
        self.tried.borrow_mut().insert(command.to_owned());
        command.split_whitespace().skip(1).collect()
    }

    /// The indented block that begins with this line.
    ///
    /// # Panics
    /// There is none.
    pub fn block(&self, first: &str) -> String {
        let lines = self.text.lines().skip_while(|line| line.trim() != first);
        let block: Vec<_> = lines.take_while(|line| line.starts_with("    ")).collect();
        assert!(!block.is_empty(), "the page has no block `{first}`");
        block.join("\n")
    }

    /// The commands of the page that weren't tried.
    pub fn untried(&self) -> Vec<String> {
        let tried = self.tried.borrow();
        let commands = self.commands().into_iter();
        commands.filter(|one| !tried.contains(one)).collect()
    }

    /// Every command with arguments, in a block or between backticks; what follows two blanks and a
    /// number sign is a remark.
    fn commands(&self) -> BTreeSet<String> {
        let blocks = self
            .text
            .lines()
            .filter_map(|line| line.strip_prefix("    "));
        let lines = blocks.map(|line| line.split("  #").next().unwrap_or_default().to_owned());
        let prose: Vec<_> = self
            .text
            .lines()
            .filter(|line| !line.starts_with("    "))
            .collect();
        let prose = prose.join(" ");
        let spans = prose.split('`').skip(1).step_by(2);
        let spans = spans.map(|span| span.split_whitespace().collect::<Vec<_>>().join(" "));
        let found = lines.chain(spans).map(|command| command.trim().to_owned());
        found
            .filter(|command| {
                let program = command.split_once(' ').map(|(program, _)| program);
                program.is_some_and(|program| PROGRAMS.contains(&program))
            })
            .collect()
    }
}
