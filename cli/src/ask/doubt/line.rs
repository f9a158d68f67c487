//! The line to type instead.

use proto_types::{Field, FindRequest, Match, Op};

use crate::words::{shell, terms};

/// The same question with one of its terms written otherwise, as a hint shows it.
pub(super) fn with(request: &FindRequest, old: &Match, new: &[&str]) -> String {
    of(request, |one| {
        (one == old).then(|| new.iter().map(|&word| word.to_owned()).collect())
    })
}

/// A question as a hint shows it; `instead` says what stands for a term, where that isn't its own
/// writing.
pub(super) fn of(request: &FindRequest, instead: impl Fn(&Match) -> Option<Vec<String>>) -> String {
    let mut words = vec!["assetctl".to_owned(), "find".to_owned()];
    for one in &request.matches {
        words.extend(instead(one).unwrap_or_else(|| written(one)));
    }
    if let Some(at) = request.at {
        words.extend(["--at".to_owned(), at.to_string()]);
    }
    if let Some(during) = request.during {
        words.extend([
            "--during".to_owned(),
            format!("{}..{}", during.from, during.to),
        ]);
    }
    format!("`{}`", shell::line(words))
}

/// A term as it is typed.
pub(super) fn written(one: &Match) -> Vec<String> {
    let is_name = one.field == Field::Name && matches!(one.op, Op::Eq | Op::Glob);
    let bare = is_name
        .then(|| terms::parse(&one.value).ok())
        .flatten()
        .filter(|term| term.matches == [one.clone()])
        .map(|_| one.value.clone());
    match bare.or_else(|| terms::typed(one)) {
        Some(word) => vec![word],
        None => vec![
            "--match".to_owned(),
            one.field.to_string(),
            one.op.to_string(),
            one.value.clone(),
        ],
    }
}
