//! Colors: the terminal's own 16 on its own background, and what stands for them without colors.

use ratatui::style::{Color, Modifier, Style};

use crate::{output::Tone, tui::rollout::Age};

/// The styles that have a meaning. Without colors, bold, dim and reverse carry it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Theme {
    color: bool,
}

impl Theme {
    /// With colors, or without.
    pub(crate) const fn new(color: bool) -> Self {
        Self { color }
    }

    const fn fg(self, color: Color) -> Style {
        if self.color {
            Style::new().fg(color)
        } else {
            Style::new()
        }
    }

    /// What leads: the program's name, the tab that is shown.
    pub(crate) const fn accent(self) -> Style {
        self.fg(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// What pictures are drawn with.
    pub(crate) const fn picture(self) -> Style {
        self.fg(Color::Cyan)
    }

    /// What stands back: lines, labels, hints.
    pub(crate) const fn faint(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// What stands over columns.
    pub(crate) const fn heading(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The selected row: reversed, so that it is seen on any background.
    pub(crate) const fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The selected cell of the selected row.
    pub(crate) const fn selected_cell(self) -> Style {
        self.selected()
            .add_modifier(Modifier::BOLD)
            .add_modifier(Modifier::UNDERLINED)
    }

    /// As it should be.
    pub(crate) const fn good(self) -> Style {
        self.fg(Color::Green)
    }

    /// Something is missing.
    pub(crate) const fn doubtful(self) -> Style {
        self.fg(Color::Yellow)
    }

    /// Someone has to look at it.
    pub(crate) const fn bad(self) -> Style {
        self.fg(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// The past, which nobody may take for the present.
    pub(crate) const fn past(self) -> Style {
        self.fg(Color::Yellow)
            .add_modifier(Modifier::REVERSED)
            .add_modifier(Modifier::BOLD)
    }

    /// A key in a hint.
    pub(crate) const fn key(self) -> Style {
        self.accent()
    }

    /// How old a version is among the others: from new to old.
    pub(crate) const fn age(self, age: Age) -> Style {
        match age {
            Age::Newest => self.fg(Color::Green),
            Age::Newer => self.fg(Color::Cyan),
            Age::Older => self.fg(Color::Yellow),
            Age::Oldest => self.bad(),
        }
    }

    /// How good a cell is.
    pub(crate) const fn tone(self, tone: Tone) -> Style {
        match tone {
            Tone::Good => self.good(),
            Tone::Doubtful => self.doubtful(),
            Tone::Bad => self.bad(),
            Tone::Neutral => Style::new(),
        }
    }
}
