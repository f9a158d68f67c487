//! The line to type instead.

use proto_types::{Field, FindRequest, Match, Op};

use crate::words::{shell, terms};

/// The same question with one of its terms written otherwise, as a hint shows it.
pub(super) fn with(request: &FindRequest, old: &Match, new: &[&str]) -> String {
    let mut words = vec!["assetctl".to_owned(), "find".to_owned()];
    for one in &request.matches {
        if one == old {
            words.extend(new.iter().map(|&word| word.to_owned()));
        } else {
            words.extend(written(one));
        }
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

fn written(one: &Match) -> Vec<String> {
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
