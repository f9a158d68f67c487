//! Versions, and patterns of them, that lack what their distribution or their ecosystem puts around
//! them: an epoch or a `v` in front, a revision behind.

use model::condition::GLOB_SIGNS;
use proto_types::{Field, FindRequest, Match, Op};

use super::{
    super::{host::fits, line, swap::swapped},
    running::{named, versions},
};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
};

/// So many versions are named.
const NAMED: u64 = 3;

/// Refuses a version that nothing has, where something runs that is meant by it for all one can
/// tell.
pub(super) async fn check(request: &FindRequest, one: &Match, context: &Context<'_>) -> Result<()> {
    for other in [vec![longer(one)], as_old(one)] {
        if other.is_empty() {
            continue;
        }
        let matches = swapped(request, one, &other);
        let found = versions(request, matches, one.field, NAMED, context).await?;
        if !found.is_empty() {
            return Err(refused(request, one, &found));
        }
    }
    Ok(())
}

fn refused(request: &FindRequest, one: &Match, found: &[String]) -> CliError {
    let what = match one.op {
        Op::Eq => format!("nothing has exactly the version `{}`", one.value),
        _ => format!("no version matches `{}`", one.value),
    };
    let line = line::with(
        request,
        one,
        &[&format!("{}={}", one.field, pattern(one, found))],
    );
    CliError::not_found(format!("{what}, but {} runs", named(found))).hint(format!(
        "{line}; for exactly that version: `--match {} {} '{}'`",
        one.field, one.op, one.value
    ))
}

/// What fits a version whatever stands around it.
pub(in crate::ask::doubt) fn longer(one: &Match) -> Match {
    any_longer(one.field, std::slice::from_ref(one))
}

/// What fits any of some versions whatever stands around it.
pub(in crate::ask::doubt) fn any_longer(field: Field, versions: &[Match]) -> Match {
    let bare: Vec<String> = versions.iter().map(bare).collect();
    let any = match bare.as_slice() {
        [one] => one.clone(),
        several => format!("{{{}}}", several.join(",")),
    };
    Match {
        field,
        op: Op::Glob,
        value: format!("{{,*:}}{{,[vV]}}{any}{{,[!0-9]*}}"),
    }
}

/// What is neither older nor newer: `1.0` and `1.0.0` are one version to most.
pub(in crate::ask::doubt) fn as_old(one: &Match) -> Vec<Match> {
    let bound = |op| Match { op, ..one.clone() };
    match one.op == Op::Eq && one.field != Field::DistroVersion {
        true => vec![bound(Op::Le), bound(Op::Ge)],
        false => Vec::new(),
    }
}

/// A version as a pattern, without an epoch and a `v` in front; the `.x` of `3.0.x` stands for
/// anything.
fn bare(one: &Match) -> String {
    let value = one.value.as_str();
    let value = match value.split_once(':') {
        Some((epoch, rest)) if epoch.bytes().all(|byte| byte.is_ascii_digit()) => rest,
        _ => value,
    };
    let value = value.strip_prefix(['v', 'V']).unwrap_or(value);
    let (value, behind) = match value.strip_suffix(".x").or(value.strip_suffix(".X")) {
        Some(value) => (value, ".*"),
        None => (value, ""),
    };
    match one.op {
        Op::Eq => format!("{}{behind}", escaped(value)),
        _ => format!("{value}{behind}"),
    }
}

/// A text as a pattern that only it fits.
fn escaped(text: &str) -> String {
    let mut pattern = String::new();
    for one in text.chars() {
        if GLOB_SIGNS.contains(&one) || matches!(one, '}' | ',' | '\\') {
            pattern.push('\\');
        }
        pattern.push(one);
    }
    pattern
}

/// The shortest pattern to type that all of these fit.
pub(in crate::ask::doubt) fn pattern(one: &Match, found: &[String]) -> String {
    let typed = match one.op {
        Op::Eq => escaped(&one.value),
        _ => one.value.clone(),
    };
    let (typed, bare) = (typed.trim_end_matches('*'), bare(one));
    let bare = bare.trim_end_matches('*');
    let mut patterns = vec![
        format!("{typed}*"),
        format!("*:{typed}*"),
        format!("{{,*:}}{typed}*"),
        format!("{bare}*"),
        format!("{{,*:}}{bare}*"),
        format!("{{,*:}}{{,v}}{bare}*"),
    ];
    let exact: Vec<String> = found.iter().map(|version| escaped(version)).collect();
    patterns.push(match exact.as_slice() {
        [only] => only.clone(),
        several => format!("{{{}}}", several.join(",")),
    });
    let fits_all = |pattern: &String| {
        let glob = Match {
            op: Op::Glob,
            value: pattern.clone(),
            ..one.clone()
        };
        found.iter().all(|version| fits(&glob, version))
    };
    let last = patterns.len() - 1;
    let at = patterns.iter().position(fits_all).unwrap_or(last);
    patterns.swap_remove(at)
}

#[cfg(test)]
mod tests {
    use proto_types::{Field, Match, Op};

    use super::{super::super::host::fits, longer, pattern};

    fn is(op: Op, value: &str) -> Match {
        Match {
            field: Field::Version,
            op,
            value: value.to_owned(),
        }
    }

    #[test]
    fn a_version_is_meant_whatever_stands_around_it() {
        for (op, typed, running, line) in [
            (Op::Eq, "3.0.14", "3.0.14-1~deb12u1", "3.0.14*"),
            (Op::Eq, "3.0.14", "1:3.0.14-1", "*:3.0.14*"),
            (Op::Eq, "3.0.7-24", "1:3.0.7-24.el9", "*:3.0.7-24*"),
            (Op::Eq, "1.1.1", "1.1.1n-0+deb11u5", "1.1.1*"),
            (Op::Eq, "3", "3.0.14-1", "3*"),
            (Op::Eq, "3.0.x", "3.0.14-1", "3.0.*"),
            (Op::Eq, "v0.23.0", "0.23.0", "0.23.0*"),
            (Op::Eq, "0.23.0", "v0.23.0", "{,*:}{,v}0.23.0*"),
            (Op::Eq, "1:3.0.14-1", "3.0.14-1", "3.0.14-1*"),
            (Op::Glob, "3.0.*", "1:3.0.7-24.el9", "*:3.0.*"),
            (Op::Glob, "3.0.{13,14}", "3.0.14-1", "3.0.{13,14}*"),
        ] {
            assert!(fits(&longer(&is(op, typed)), running), "{typed} {running}");
            let shown = pattern(&is(op, typed), &[running.to_owned()]);
            assert_eq!(shown, line, "{typed} {running}");
        }
        for (typed, running) in [
            ("3.0.1", "3.0.14"),
            ("4", "3.0.4"),
            ("3.0.13", "3.0.14-1"),
            ("5.6.1-1", "5.6.1+really5.4.5-1"),
        ] {
            assert!(!fits(&longer(&is(Op::Eq, typed)), running), "{typed}");
        }
    }

    #[test]
    fn a_line_to_type_fits_every_version_that_it_is_said_of() {
        let found = ["3.0.14-1".to_owned(), "1:3.0.14-2".to_owned()];
        assert_eq!(pattern(&is(Op::Eq, "3.0.14"), &found), "{,*:}3.0.14*");
        assert_eq!(pattern(&is(Op::Eq, "1.0"), &["1".to_owned()]), "1");
        let found = ["1".to_owned(), "1.a}".to_owned()];
        assert_eq!(pattern(&is(Op::Eq, "1.0"), &found), "{1,1.a\\}}");
    }
}
