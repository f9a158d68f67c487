//! One page of the manual: what clap knows of a command, and what stands below its help text under
//! headings of its own.

use std::io;

use clap::Command;
use clap_mangen::Man;

use crate::{error::Result, tui};

/// A page, and the name of its file.
pub(super) struct Page {
    pub(super) file: String,
    pub(super) text: Vec<u8>,
}

impl Page {
    /// The page of a command, which has been built.
    pub(super) fn of(command: &Command) -> Result<Self> {
        let man = Man::new(command.clone())
            .source(concat!("assetctl ", env!("CARGO_PKG_VERSION")))
            .manual("assetmon");
        let mut text = Vec::new();
        man.render_title(&mut text)?;
        man.render_name_section(&mut text)?;
        man.render_synopsis_section(&mut text)?;
        man.render_description_section(&mut text)?;
        man.render_options_section(&mut text)?;
        if command.get_subcommands().any(|one| !one.is_hide_set()) {
            man.render_subcommands_section(&mut text)?;
        }
        let below = command.get_after_long_help().or(command.get_after_help());
        if let Some(below) = below {
            sections(&below.to_string(), &mut text)?;
        }
        if command.get_name() == "tui" {
            text.extend(tui::keys_of_the_manual().into_bytes());
        }
        let file = man.get_filename();
        Ok(Self { file, text })
    }
}

/// What stands below a help text: a heading ends with a colon, and what is under it is indented.
fn sections(below: &str, to: &mut impl io::Write) -> io::Result<()> {
    let (mut is_filled, mut is_parted) = (true, false);
    for line in below.lines() {
        let is_indented = line.starts_with(' ');
        if line.is_empty() {
            is_parted = true;
            continue;
        }
        if is_indented == is_filled {
            is_filled = !is_indented;
            writeln!(to, "{}", if is_indented { ".nf" } else { ".fi" })?;
        } else if is_indented && is_parted {
            writeln!(to, ".sp")?;
        }
        match line.strip_suffix(':') {
            _ if is_indented => writeln!(to, "{}", roff(line.trim_end()))?,
            Some(heading) => section(heading, to)?,
            None if is_parted => writeln!(to, ".PP\n{}", roff(line))?,
            None => writeln!(to, "{}", roff(line))?,
        }
        is_parted = false;
    }
    match is_filled {
        true => Ok(()),
        false => writeln!(to, ".fi"),
    }
}

/// A heading, and what it says besides.
fn section(heading: &str, to: &mut impl io::Write) -> io::Result<()> {
    let end = heading.find([',', ';', '.']).unwrap_or(heading.len());
    let (heading, rest) = heading.split_at(end);
    writeln!(to, ".SH {}", roff(&heading.to_uppercase()))?;
    let rest = rest.trim_start_matches([',', ';', ' ']);
    match rest {
        "" => Ok(()),
        rest => writeln!(to, "{}:", roff(rest)),
    }
}

/// A line as roff prints it.
fn roff(line: &str) -> String {
    let line = line
        .replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('\'', "\\(aq")
        .replace('`', "\\(ga")
        .replace('^', "\\(ha")
        .replace('~', "\\(ti");
    match line.starts_with('.') {
        true => format!("\\&{line}"),
        false => line,
    }
}

#[cfg(test)]
mod tests {
    use super::sections;

    #[test]
    fn what_stands_below_a_help_text_is_sections_of_the_page() {
        let mut text = Vec::new();
        let below = "Terms, quoted:\n  a-b   'c'\n\nExit status:\n    0  success\n\nSee \\x.";
        assert!(sections(below, &mut text).is_ok());
        assert_eq!(
            String::from_utf8_lossy(&text),
            ".SH TERMS\nquoted:\n.nf\n  a\\-b   \\(aqc\\(aq\n.fi\n.SH EXIT STATUS\n.nf\n    0  success\n\
             .fi\n.PP\nSee \\ex.\n"
        );
    }
}
