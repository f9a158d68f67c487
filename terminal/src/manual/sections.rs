//! What stands below a help text, as sections of a page.

use std::io;

/// Headings for which manuals have a word of their own.
const USUAL: [(&str, &str); 1] = [("Settings file", "Files")];

/// What stands below a help text: a heading ends with a colon, and what is under it is indented.
pub(super) fn sections(below: &str, to: &mut impl io::Write) -> io::Result<()> {
    if below
        .lines()
        .next()
        .is_some_and(|line| !line.ends_with(':'))
    {
        section("Notes", to)?;
    }
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
    let usual = USUAL.iter().find(|(word, _)| *word == heading);
    let heading = usual.map_or(heading, |(_, usual)| usual);
    writeln!(to, ".SH \"{}\"", roff(&heading.to_uppercase()))?;
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
            ".SH \"TERMS\"\nquoted:\n.nf\n  a\\-b   \\(aqc\\(aq\n.fi\n.SH \"EXIT STATUS\"\n.nf\n    0  success\n\
             .fi\n.PP\nSee \\ex.\n"
        );
    }
}
