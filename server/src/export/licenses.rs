//! Licenses as documents may carry them: scanners give SPDX expressions, and whatever else a
//! package says.

use proto_types::Artifact;
use sha2::{Digest, Sha256};
use spdx::{Expression, LicenseItem, ParseMode};

/// The rules of SPDX expressions, with the names of GNU licenses that packages still use.
const RULES: ParseMode = ParseMode {
    allow_deprecated: true,
    allow_postfix_plus_on_gpl: true,
    ..ParseMode::STRICT
};
/// An expression with more parentheses is a text: readers may give up on it.
const MOST_PARENTHESES: usize = 32;
/// What a license is called that SPDX doesn't list, in front of its own name.
const REFERENCE: &str = "LicenseRef-";
/// Names that are longer are replaced by a hash.
const LONGEST_NAME: usize = 64;

/// One license of an artifact.
#[derive(Debug, PartialEq, Eq)]
pub enum License<'a> {
    /// A valid SPDX expression.
    Expression(String),
    /// A text that is none.
    Text(&'a str),
}

impl License<'_> {
    /// The identifier that it is, where it is a single one that every reader's list of licenses
    /// has.
    pub fn listed(&self) -> Option<&str> {
        let Self::Expression(text) = self else {
            return None;
        };
        let id = spdx::license_id(text).filter(|id| id.is_fsf_free_libre())?;
        (id.name == text).then_some(text)
    }
}

/// The version of SPDX's list of licenses that expressions keep to, as documents write it.
pub fn list_version() -> String {
    let version = spdx::identifiers::VERSION;
    let parts: Vec<&str> = version.split('.').take(2).collect();
    parts.join(".")
}

/// The licenses of an artifact that say anything.
pub fn of(artifact: &Artifact) -> Vec<License<'_>> {
    let said = artifact
        .licenses
        .iter()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty() && *text != "NOASSERTION");
    said.map(|text| expression(text).map_or(License::Text(text), License::Expression))
        .collect()
}

/// All of them as one expression, in which [`reference`] stands for a text; none where there are
/// none.
pub fn as_one(licenses: &[License<'_>]) -> Option<String> {
    let parts: Vec<String> = licenses
        .iter()
        .map(|license| match license {
            License::Text(text) => reference(text),
            License::Expression(one) if licenses.len() > 1 && one.contains(' ') => {
                format!("({one})")
            }
            License::Expression(one) => one.clone(),
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

/// What stands for a text in an expression: the same for the same text.
pub fn reference(text: &str) -> String {
    let is_name = text.len() <= LONGEST_NAME
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    let name = match is_name && !text.starts_with(REFERENCE) {
        true => text.to_owned(),
        false => hex::encode(&Sha256::digest(text)[..8]),
    };
    format!("{REFERENCE}{name}")
}

/// The text as an SPDX expression, with operators in capitals; none where it isn't one, or where
/// it refers to licenses that another document describes.
fn expression(text: &str) -> Option<String> {
    if text.matches('(').count() > MOST_PARENTHESES {
        return None;
    }
    let parsed = Expression::parse_mode(text, RULES).ok()?;
    let is_known = parsed.requirements().all(|one| {
        let id = match &one.req.license {
            LicenseItem::Spdx { id, .. } => *id,
            LicenseItem::Other(_) => return false,
        };
        let addition = one.req.addition.as_ref();
        let exception = addition.is_none_or(|one| one.id().is_some_and(|id| !id.is_deprecated()));
        // Of the deprecated ones, the plain names of the GNU's are in use.
        let current = !id.is_deprecated() || (id.is_gnu() && !id.name.contains("-with-"));
        id.name != "NOASSERTION" && current && exception
    });
    let words = text.split_whitespace().map(|word| {
        ["AND", "OR", "WITH"]
            .into_iter()
            .find(|operator| word.eq_ignore_ascii_case(operator))
            .unwrap_or(word)
    });
    is_known.then(|| words.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn artifact(licenses: &[&str]) -> Artifact {
        Artifact {
            licenses: licenses.iter().map(|&text| text.to_owned()).collect(),
            ..Artifact::default()
        }
    }

    fn one(licenses: &[&str]) -> Option<String> {
        as_one(&of(&artifact(licenses)))
    }

    #[test]
    fn expressions_are_joined_as_what_holds_together() {
        assert_eq!(one(&["MIT"]).as_deref(), Some("MIT"));
        assert_eq!(one(&["MIT or ISC"]).as_deref(), Some("MIT OR ISC"));
        let all = one(&["MIT OR ISC", "GPL-2.0+", "Apache-2.0 WITH LLVM-exception"]);
        assert_eq!(
            all.as_deref(),
            Some("(MIT OR ISC) AND GPL-2.0+ AND (Apache-2.0 WITH LLVM-exception)")
        );
    }

    #[test]
    fn a_text_that_is_no_expression_is_referred_to() {
        let said = one(&["BSD-variant", "ASL 2.0"]).unwrap_or_default();
        assert_eq!(
            said,
            "LicenseRef-BSD-variant AND LicenseRef-dceddda29e4dc563"
        );
    }

    #[test]
    fn what_another_document_would_have_to_describe_is_a_text() {
        for text in [
            "LicenseRef-theirs",
            "DocumentRef-a:LicenseRef-b",
            "MIT WITH AdditionRef-x",
            "MIT AND NOASSERTION",
            "GPL-2.0-with-classpath-exception",
            "(((MIT",
            "mit",
        ] {
            assert_eq!(of(&artifact(&[text])), [License::Text(text)], "{text}");
            assert!(reference(text).starts_with(REFERENCE));
        }
        let deep = format!("{}MIT{}", "(".repeat(40), ")".repeat(40));
        assert_eq!(of(&artifact(&[&deep])), [License::Text(&deep)]);
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        assert_eq!(one(&[]), None);
        assert_eq!(one(&["", " ", "NOASSERTION"]), None);
    }

    #[test]
    fn an_identifier_is_one_where_every_reader_knows_it() {
        let listed = |text| {
            let artifact = artifact(&[text]);
            of(&artifact)[0].listed().map(str::to_owned)
        };
        assert_eq!(listed("GPL-2.0-only").as_deref(), Some("GPL-2.0-only"));
        assert_eq!(listed("MIT OR ISC"), None);
        assert_eq!(listed("MIT+"), None);
        assert_eq!(listed("BSD-ask-to-endorse"), None);
        assert_eq!(listed("anything"), None);
    }

    proptest! {
        #[test]
        fn whatever_is_said_becomes_an_expression_that_is_one(
            texts in prop::collection::vec(
                prop_oneof![".{0,80}", "(MIT|GPL-2.0|LicenseRef-x|[A-Za-z+.-]{1,8}|AND|OR|WITH|[() ]){0,9}"],
                0..5,
            ),
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            if let Some(said) = one(&texts) {
                let parsed = Expression::parse_mode(&said, RULES);
                prop_assert!(parsed.is_ok(), "{said}");
            }
        }
    }
}
