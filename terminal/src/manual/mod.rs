//! Pages of the manual: what clap knows of a command, what stands below its help text under headings
//! of its own, and which pages to read besides.

mod sections;
mod tidy;

use std::{fs, io, path::Path};

use clap::Command;
use clap_mangen::Man;
use jiff::Timestamp;

use self::{sections::sections, tidy::tidy};

/// What the pages of a program have in common.
#[derive(Debug, Clone, Copy)]
pub struct Manual<'a> {
    /// The program with its version: `assetctl 0.1.0`.
    pub program: &'a str,
    /// Further sections of the program's own page, written as what stands below its help text.
    pub more: &'a str,
    /// Sections that every page has, where its help text has none of that heading.
    pub everywhere: &'a str,
    /// Pages of other programs to read besides: `assetmon-server(1)`.
    pub see_also: &'a [&'a str],
    /// What `KEYS` of the page of a command holds, as roff: the command's name and that.
    pub further: Option<(&'a str, &'a str)>,
}

/// A page, and the name of its file.
#[derive(Debug)]
pub struct Page {
    /// The file's name: `assetctl-find.1`.
    pub file: String,
    /// What is in it.
    pub text: String,
}

impl Manual<'_> {
    /// The pages of a program and of all its commands that aren't hidden.
    ///
    /// # Errors
    /// A definition can't be written out.
    pub fn pages(&self, program: Command) -> io::Result<Vec<Page>> {
        let mut program = program.disable_help_subcommand(true);
        program.build();
        let mut pages = Vec::new();
        self.collect(&program, None, &mut pages)?;
        Ok(pages)
    }

    /// Writes these pages to a folder, which is made; how many there are.
    ///
    /// # Errors
    /// The folder can't be written to.
    pub fn write(&self, program: Command, folder: &Path) -> io::Result<usize> {
        let pages = self.pages(program)?;
        fs::create_dir_all(folder)?;
        for page in &pages {
            fs::write(folder.join(&page.file), &page.text)?;
        }
        Ok(pages.len())
    }

    fn collect(
        &self,
        command: &Command,
        above: Option<&str>,
        pages: &mut Vec<Page>,
    ) -> io::Result<()> {
        let name = name_of(command);
        pages.push(self.page(command, above)?);
        for one in shown(command) {
            self.collect(one, Some(&name), pages)?;
        }
        Ok(())
    }

    fn page(&self, command: &Command, above: Option<&str>) -> io::Result<Page> {
        let name = name_of(command);
        let man = Man::new(command.clone());
        let mut made = Vec::new();
        man.render_name_section(&mut made)?;
        synopsis(command, &mut made)?;
        man.render_description_section(&mut made)?;
        if command.get_arguments().any(|one| !one.is_hide_set()) {
            man.render_options_section(&mut made)?;
        }
        commands(command, &mut made)?;
        let below = command.get_after_long_help().or(command.get_after_help());
        let below = below.map(ToString::to_string).unwrap_or_default();
        sections(&below, &mut made)?;
        if let Some((_, text)) = self
            .further
            .filter(|(whose, _)| *whose == command.get_name())
        {
            made.extend(text.as_bytes());
        }
        if above.is_none() {
            sections(self.more, &mut made)?;
        }
        for part in self.everywhere.split("\n\n") {
            if part
                .lines()
                .next()
                .is_some_and(|heading| !below.contains(heading))
            {
                sections(part, &mut made)?;
            }
        }
        self.see_also(command, above, &mut made)?;
        let body = tidy(&String::from_utf8_lossy(&made));
        let title = format!(
            ".TH {} 1 {} \"{}\" \"assetmon\"\n",
            name.to_uppercase(),
            date(),
            self.program
        );
        Ok(Page {
            file: format!("{name}.1"),
            text: title + &body,
        })
    }

    fn see_also(
        &self,
        command: &Command,
        above: Option<&str>,
        to: &mut impl io::Write,
    ) -> io::Result<()> {
        let above = above.map(|name| format!("{name}(1)"));
        let below = shown(command).map(|one| format!("{}(1)", name_of(one)));
        let others = self.see_also.iter().map(|page| (*page).to_owned());
        let pages: Vec<String> = above.into_iter().chain(below).chain(others).collect();
        let Some((last, rest)) = pages.split_last() else {
            return Ok(());
        };
        writeln!(to, ".SH \"SEE ALSO\"")?;
        for page in rest {
            writeln!(to, "{},", reference(page))?;
        }
        writeln!(to, "{}", reference(last))
    }
}

/// The commands below one that a user may see.
fn shown(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|one| !one.is_hide_set())
}

/// A command with all that stands above it: `assetctl-host-add`.
fn name_of(command: &Command) -> String {
    let name = command.get_display_name();
    name.unwrap_or_else(|| command.get_name()).to_owned()
}

/// How a command is typed, as its help says it.
fn synopsis(command: &Command, to: &mut impl io::Write) -> io::Result<()> {
    let usage = command.clone().render_usage().to_string();
    writeln!(to, ".SH SYNOPSIS")?;
    for (place, line) in usage.lines().enumerate() {
        let line = line.trim_start().trim_start_matches("Usage: ");
        let name = command.get_bin_name().unwrap_or_default();
        let rest = line.strip_prefix(name).unwrap_or(line);
        if place > 0 {
            writeln!(to, ".br")?;
        }
        writeln!(to, "\\fB{}\\fR{}", escape(name), escape(rest))?;
    }
    Ok(())
}

/// The commands below one, each by its page and in one line.
fn commands(command: &Command, to: &mut impl io::Write) -> io::Result<()> {
    for (place, one) in shown(command).enumerate() {
        if place == 0 {
            writeln!(to, ".SH COMMANDS")?;
        }
        let page = reference(&format!("{}(1)", name_of(one)));
        let about = one.get_about().map(ToString::to_string).unwrap_or_default();
        writeln!(to, ".TP\n{page}\n{}", escape(&about))?;
    }
    Ok(())
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\e").replace('-', "\\-")
}

/// `assetctl-find(1)` as roff writes it.
fn reference(page: &str) -> String {
    let page = escape(page);
    match page.split_once('(') {
        Some((name, section)) => format!("\\fB{name}\\fR({section}"),
        None => page,
    }
}

/// The day that a page is of: that of the sources where a package is made, else today.
fn date() -> String {
    let of_sources = std::env::var("SOURCE_DATE_EPOCH").ok();
    let of_sources =
        of_sources.and_then(|seconds| Timestamp::from_second(seconds.parse().ok()?).ok());
    let moment = of_sources.unwrap_or_else(Timestamp::now);
    moment.strftime("%Y-%m-%d").to_string()
}
