//! A line of text that is being typed.

use unicode_segmentation::UnicodeSegmentation;

/// No line gets longer than this, in bytes.
const LONGEST: usize = 1024;

/// A line of text with a cursor, which stands before the byte `at`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Line {
    text: String,
    at: usize,
}

impl Line {
    /// A line with the cursor at its end.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let at = text.len();
        Self { text, at }
    }

    /// What is typed so far.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the cursor, and what behind it.
    pub(crate) fn halves(&self) -> (&str, &str) {
        self.text.split_at(self.at)
    }

    /// Types text.
    pub(crate) fn insert(&mut self, text: &str) {
        if self.text.len() + text.len() <= LONGEST {
            self.text.insert_str(self.at, text);
            self.at += text.len();
        }
    }

    /// Removes what stands before the cursor.
    pub(crate) fn backspace(&mut self) {
        let end = self.at;
        self.left();
        self.text.replace_range(self.at..end, "");
    }

    /// Removes what stands behind the cursor.
    pub(crate) fn delete(&mut self) {
        if let Some(next) = self.halves().1.graphemes(true).next() {
            let end = self.at + next.len();
            self.text.replace_range(self.at..end, "");
        }
    }

    /// Removes the word before the cursor.
    pub(crate) fn delete_word(&mut self) {
        let before = self.halves().0.trim_end();
        let start = before
            .rfind(char::is_whitespace)
            .map_or(0, |space| space + 1);
        self.text.replace_range(start..self.at, "");
        self.at = start;
    }

    /// Removes everything before the cursor.
    pub(crate) fn delete_all(&mut self) {
        self.text.replace_range(..self.at, "");
        self.at = 0;
    }

    /// Moves the cursor back.
    pub(crate) fn left(&mut self) {
        let last = self.halves().0.graphemes(true).next_back();
        self.at -= last.map_or(0, str::len);
    }

    /// Moves the cursor on.
    pub(crate) fn right(&mut self) {
        let next = self.halves().1.graphemes(true).next();
        self.at += next.map_or(0, str::len);
    }

    /// Moves the cursor to the beginning.
    pub(crate) const fn home(&mut self) {
        self.at = 0;
    }

    /// Moves the cursor to the end.
    pub(crate) const fn end(&mut self) {
        self.at = self.text.len();
    }
}
