//! The operators that stand between a field and a value.

use proto_types::Op;

/// The operators, longer ones first, since `<` also begins `<=`.
const OPERATORS: [(&str, Op); 8] = [
    ("!=", Op::Ne),
    ("==", Op::Eq),
    ("<=", Op::Le),
    (">=", Op::Ge),
    ("=", Op::Eq),
    ("~", Op::Regex),
    ("<", Op::Lt),
    (">", Op::Gt),
];
/// The characters that operators begin with.
const SIGNS: [char; 5] = ['=', '!', '~', '<', '>'];
/// The operators, as errors list them.
pub(super) const KNOWN: &str = "the operators are = != ~ < <= > >=";

/// Where a term's operator begins. The `!` of a pattern such as `lib[!x]` begins none.
pub(super) fn first(term: &str) -> Option<usize> {
    let is_sign = |(at, sign): &(usize, &str)| *sign != "!" || !term[..*at].ends_with('[');
    let mut signs = term.match_indices(SIGNS);
    signs.find(is_sign).map(|(at, _)| at)
}

/// The operator that a text begins with, and what follows it.
pub(super) fn split(text: &str) -> Option<(Op, &str)> {
    let (sign, op) = OPERATORS.iter().find(|(sign, _)| text.starts_with(sign))?;
    Some((*op, text[sign.len()..].trim_start()))
}

/// How an op is written; the others are spelled out behind `--match`.
pub(super) fn of(op: Op) -> Option<&'static str> {
    let is_short = |(sign, known): &&(&str, Op)| *known == op && *sign != "==";
    OPERATORS.iter().find(is_short).map(|(sign, _)| *sign)
}
