//! The other version that a question may be meant of: that of the source package.
//!
//! `find source=lvm2 'version<2.03.17'` compares the versions of what is built from lvm2, and
//! `dmsetup 2:1.02.185-2` has another one than lvm2 itself.

use proto_types::{Field, FindRequest, Match, Op};

use crate::{ask::context::Context, output::console::Label, words::terms};

/// Says how to compare the source's own version, where a question names a source package and
/// compares only the versions of what is built from it.
pub(super) fn say(request: &FindRequest, context: &Context<'_>) {
    let terms = terms_of_source(&request.matches);
    if terms.is_empty() || context.out.quiet {
        return;
    }
    let line = format!(
        "`version` is that of each package built from the source; for the version of the source \
         itself, use {}",
        terms.join(" ")
    );
    context.out.say(Label::Hint, &line);
}

/// The terms to compare the source's version with.
fn terms_of_source(matches: &[Match]) -> Vec<String> {
    let names = |field: Field| move |one: &&Match| one.field == field && one.op != Op::Ne;
    let names_source = matches.iter().any(|one| names(Field::Source)(&one));
    if !names_source || matches.iter().any(|one| one.field == Field::SourceVersion) {
        return Vec::new();
    }
    let versions = matches.iter().filter(names(Field::Version));
    versions.map(term_of_source).collect()
}

fn term_of_source(one: &Match) -> String {
    let Match { op, value, .. } = one;
    match op {
        Op::Contains | Op::Prefix => format!("--match source_version {op} '{value}'"),
        _ => {
            let field = Field::SourceVersion;
            format!(
                "'{}'",
                terms::in_words(&Match {
                    field,
                    ..one.clone()
                })
            )
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::terms_of_source;
    use crate::words::terms;

    fn other(question: &[&str]) -> String {
        let matches: Vec<_> = question
            .iter()
            .flat_map(|one| terms::parse(one).unwrap().matches)
            .collect();
        terms_of_source(&matches).join(" ")
    }

    #[test]
    fn a_version_beside_a_source_may_be_meant_of_the_source() {
        assert_eq!(
            other(&["source=lvm2", "version<2.03.17"]),
            "'source_version<2.03.17'"
        );
        assert_eq!(
            other(&["version>=2.03", "source=lvm*", "version<2.04"]),
            "'source_version>=2.03' 'source_version<2.04'"
        );
        assert_eq!(
            other(&["source=lvm2", "version=2.03.*"]),
            "'source_version=2.03.*'"
        );
    }

    #[test]
    fn where_nothing_else_can_be_meant_nothing_is_said() {
        assert_eq!(other(&["lvm2", "version<2.03.17"]), "");
        assert_eq!(other(&["source!=lvm2", "version<2.03.17"]), "");
        assert_eq!(other(&["source=lvm2"]), "");
        assert_eq!(
            other(&["source=lvm2", "source_version<2.03.17", "version>1"]),
            ""
        );
    }
}
