//! Terms with an operator: `host=web*`, `version<3.0.15`, and as people type them first
//! `openssl<3.0.15`, `<3.0.15`, `image=nginx:1.27`.

use proto_types::{Field, Match, Op};

use super::{
    image::image,
    said, sign, spelled,
    term::Term,
    value::{check_purl, is_version, with_globs},
    word,
};
use crate::{
    error::{CliError, Result},
    words::{shell, suggest},
};

/// What may be typed for `image_name` where its end will do.
const IMAGE: &str = "image";
/// How near to `version` a word must be to be a slip of the finger, and no artifact's name.
const SLIP: f64 = 0.85;

/// Reads a term whose operator begins there.
pub(super) fn read(term: &str, at: usize) -> Result<Term> {
    let (subject, rest) = term.split_at(at);
    let subject = subject.trim();
    let (op, value) = operator(rest, subject, term)?;
    if let Some(field) = Field::from_word(subject) {
        return of_field(field, rest, term).map(Term::of);
    }
    match (subject, op) {
        ("", Op::Regex) => Err(
            CliError::failed(format!("`{term}` has no field before `~`")).hint(format!(
                "for names: `assetctl find {}`",
                shell::quote(&format!("name~{value}"))
            )),
        ),
        ("", _) => of_field(Field::Version, rest, term).map(Term::of),
        (IMAGE, Op::Eq) => image(value).map(Term::of),
        _ => of_name(subject, op, value, rest, term),
    }
}

/// Reads what `--version` takes: `<3.0.15`, `>=1,<2`, or a version alone.
pub(crate) fn version(text: &str) -> Result<Vec<Match>> {
    let text = text.trim();
    match sign::first(text) {
        Some(0) => of_field(Field::Version, text, text),
        _ => of_field(Field::Version, &format!("={text}"), text),
    }
}

/// Reads the value of an option that names a field: a pattern where it is one.
pub(crate) fn is(field: Field, value: &str) -> Result<Match> {
    let term = format!("{field}={value}");
    check(field, Op::Eq, value, &term)?;
    with_globs(field, Op::Eq, value, &term)
}

fn operator<'t>(rest: &'t str, subject: &str, term: &str) -> Result<(Op, &'t str)> {
    let Some((op, value)) = sign::split(rest) else {
        return Err(
            CliError::failed(format!("`{term}` has no operator after `{subject}`"))
                .hint(sign::KNOWN),
        );
    };
    // `=~` and `=>` would silently look for a value that begins with the sign.
    if value.starts_with(['=', '~', '<', '>']) {
        return Err(
            CliError::failed(format!("`{term}` has two operators in a row")).hint(format!(
                "{}; `--match FIELD OP VALUE` takes any value",
                sign::KNOWN
            )),
        );
    }
    if value.is_empty() && !matches!(op, Op::Eq | Op::Ne) {
        let sign = sign::of(op).unwrap_or_default();
        return Err(
            CliError::failed(format!("`{term}` has no value after `{sign}`")).hint(format!(
                "write the whole term as one quoted word: 'version{sign}3.0.15'"
            )),
        );
    }
    Ok((op, value))
}

/// A field and what is asked of it. Several bounds of a version stand behind commas.
pub(super) fn of_field(field: Field, rest: &str, term: &str) -> Result<Vec<Match>> {
    let mut found = Vec::new();
    let is_order = sign::split(rest).is_some_and(|(op, _)| op.is_ordering());
    let bounds: Vec<&str> = match is_order {
        true => rest.split(',').map(str::trim).collect(),
        false => vec![rest],
    };
    for bound in bounds {
        let (op, value) = operator(bound, field.as_str(), term)?;
        check(field, op, value, term)?;
        found.push(with_globs(field, op, value, term)?);
    }
    Ok(found)
}

/// Refuses a value that nothing can have.
fn check(field: Field, op: Op, value: &str, term: &str) -> Result<()> {
    let may_be_empty = matches!(
        field,
        Field::Purl
            | Field::Source
            | Field::SourceVersion
            | Field::Module
            | Field::Distro
            | Field::DistroVersion
    );
    if value.is_empty() && op == Op::Eq && !may_be_empty {
        return Err(CliError::failed(format!("`{term}` has no value after `=`"))
            .hint("is a shell variable empty?"));
    }
    if op == Op::Eq && field == Field::Purl {
        return check_purl(value);
    }
    if op != Op::Regex && is_one_word(field) && value.contains(char::is_whitespace) {
        return Err(several_words(value, term));
    }
    if op.is_ordering() && (value.contains('*') || value.ends_with(".x")) {
        return Err(
            CliError::failed(format!("`{term}` compares with a pattern")).hint(format!(
                "`=` takes patterns: {}; a comparison takes a version: `<3.1`",
                shell::quote(&format!("{field}={}", value.replace(".x", ".*")))
            )),
        );
    }
    if op == Op::Eq && value.contains(',') && !value.contains('{') {
        let either = format!("{field}={{{value}}}");
        return Err(
            CliError::failed(format!("`{term}` is a list, but only one value is allowed")).hint(
                format!("for any of them: `assetctl find {}`", shell::quote(&either)),
            ),
        );
    }
    Ok(())
}

/// Whether no value of a field has a space in it.
const fn is_one_word(field: Field) -> bool {
    matches!(
        field,
        Field::Source | Field::Version | Field::SourceVersion | Field::DistroVersion
    )
}

/// More terms within one pair of quotes, or a space that slipped in.
fn several_words(value: &str, term: &str) -> CliError {
    let mut words = value.split_whitespace();
    let first = words.next().unwrap_or_default();
    let end = term.find(first).map_or(0, |at| at + first.len());
    let mut parted = vec![term[..end].replace(char::is_whitespace, "")];
    for word in words {
        let begins = |one: char| one.is_ascii_alphabetic() || matches!(one, '<' | '>' | '=' | '!');
        match parted.last_mut() {
            Some(last) if !word.starts_with(begins) => last.push_str(word),
            _ => parted.push(word.to_owned()),
        }
    }
    CliError::failed(format!("`{term}` contains several words"))
        .hint(format!("`assetctl find {}`", shell::line(parted)))
}

/// `openssl<3.0.15`: where no field is called so, an artifact is meant.
fn of_name(name: &str, op: Op, value: &str, rest: &str, term: &str) -> Result<Term> {
    let is_version = op.is_ordering() || is_version(value);
    if !is_version || op == Op::Regex {
        return Err(spelled::unknown_field(name).about(&format!("in `{term}`")));
    }
    let of_version =
        [Field::Version, Field::SourceVersion, Field::DistroVersion].map(Field::as_str);
    if let Some(near) = suggest::nearer_than(SLIP, name, of_version) {
        let literal = format!("name={name}");
        let behind = format!("version{rest}");
        return Err(
            CliError::failed(format!("`{name}` is not a field in `{term}`")).hint(format!(
                "did you mean `{near}`? for an artifact of that name: `assetctl find {}`",
                shell::line([literal, behind])
            )),
        );
    }
    // `lodash@<4`
    let name = name.strip_suffix('@').unwrap_or(name);
    let bounds = of_field(Field::Version, rest, term)?;
    let typed: Vec<String> = bounds.iter().filter_map(said::typed).collect();
    let mut term = word::named(name, &typed)?;
    term.matches.extend(bounds);
    Ok(term)
}
