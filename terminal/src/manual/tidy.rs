//! Roff as its linter wants it: no lines that are too long, no spaces at their ends, no breaks beside
//! empty lines.

/// So wide may a line be.
const WIDEST: usize = 80;

/// The same page, tidied. Text between `.nf` and `.fi` stays as it is, but for spaces at the ends.
pub(super) fn tidy(page: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut is_filled = true;
    // The title that defined it goes.
    let page = page.replace("\\*(Aq", "\\(aq");
    for line in page.lines().map(str::trim_end) {
        match line {
            ".nf" | ".fi" => is_filled = line == ".fi",
            _ if line.starts_with(".ie ") || line.starts_with(".el ") => continue,
            // An empty line, and a break beside one, part paragraphs once.
            "" | ".br" if line.is_empty() || is_parted(&out) => {
                if out.last().is_some_and(|last| last == ".br") {
                    out.pop();
                }
                if !is_parted(&out) {
                    out.push(".sp".to_owned());
                }
                continue;
            }
            _ => {}
        }
        match is_filled && !line.starts_with('.') {
            true => wrap(line, &mut out),
            false => out.push(line.to_owned()),
        }
    }
    out.iter().map(|line| format!("{line}\n")).collect()
}

/// Whether what comes next is parted from what was before already.
fn is_parted(out: &[String]) -> bool {
    let macros = [".sp", ".PP", ".TP", ".SH", ".RS", ".IP"];
    let last = out.last().map_or(".SH", String::as_str);
    macros.iter().any(|one| last.starts_with(one))
}

/// Breaks a line at its spaces. None of the pieces begins with what roff would take for a macro.
fn wrap(line: &str, out: &mut Vec<String>) {
    let mut piece = String::new();
    for word in line.split(' ') {
        let fits = width(&piece) + 1 + width(word) <= WIDEST;
        let may_begin = !word.starts_with(['.', '\'']) && !word.is_empty();
        if !piece.is_empty() && !fits && may_begin {
            out.push(std::mem::take(&mut piece));
        } else if !piece.is_empty() {
            piece.push(' ');
        }
        piece.push_str(word);
    }
    if !piece.is_empty() {
        out.push(piece);
    }
}

/// How many bytes a text has as mandoc counts them, which reads what isn't ASCII as `\[u2026]`.
fn width(text: &str) -> usize {
    let each = text.chars().map(|one| match one.is_ascii() {
        true => 1,
        false => format!("\\[u{:04X}]", u32::from(one)).len(),
    });
    each.sum()
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn breaks_beside_empty_lines_and_spaces_at_the_ends_go() {
        let page = ".TP\nname \nwhat it is\n.br\n\n.br\n\\fIvalues:\\fR\n";
        assert_eq!(tidy(page), ".TP\nname\nwhat it is\n.sp\n\\fIvalues:\\fR\n");
    }

    #[test]
    fn what_is_not_ascii_is_as_wide_as_mandoc_takes_it_for() {
        let line = |count| format!("{} {}", "…".repeat(count), "b".repeat(30));
        assert_eq!(tidy(&line(6)), format!("{}\n", line(6)));
        assert_eq!(tidy(&line(7)), format!("{}\n", line(7).replace(' ', "\n")));
    }

    #[test]
    fn long_lines_are_broken_where_roff_may_and_examples_stay() {
        let long = format!("{} .b {}", "a".repeat(70), "c".repeat(20));
        let page = format!("{long}\n.nf\n{long}\n.fi\n");
        let broken = format!("{} .b\n{}", "a".repeat(70), "c".repeat(20));
        assert_eq!(tidy(&page), format!("{broken}\n.nf\n{long}\n.fi\n"));
    }
}
