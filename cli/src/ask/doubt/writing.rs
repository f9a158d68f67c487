//! Names in another case, or with other separators.

use model::purl::folded;
use proto_types::{Field, Match, Op};

/// What fits a name however it is written.
pub(super) fn written_otherwise(field: Field, name: &str) -> Match {
    any_written_otherwise(field, &[name])
}

/// What fits any of some names however they are written.
pub(super) fn any_written_otherwise(field: Field, names: &[&str]) -> Match {
    let each: Vec<String> = names.iter().map(|name| regex(name)).collect();
    let any = match each.as_slice() {
        [one] => one.clone(),
        several => format!("(?:{})", several.join("|")),
    };
    Match {
        field,
        op: Op::Regex,
        value: format!("(?i)^{any}$"),
    }
}

fn regex(name: &str) -> String {
    let mut regex = String::new();
    for one in folded(name).chars() {
        match one {
            '-' => regex.push_str("[-_.]+"),
            _ if one.is_alphanumeric() => regex.push(one),
            _ => regex.push_str(&format!("\\x{{{:x}}}", u32::from(one))),
        }
    }
    regex
}

#[cfg(test)]
mod tests {
    use proto_types::Field;

    use super::written_otherwise;

    #[test]
    fn a_name_is_looked_for_in_every_writing() {
        let value = written_otherwise(Field::Name, "Flask_SQL+").value;
        assert_eq!(value, "(?i)^flask[-_.]+sql\\x{2b}$");
    }
}
