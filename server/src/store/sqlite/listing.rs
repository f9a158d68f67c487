//! What lists have in common: filters that are put together, pages.

use rusqlite::{ToSql, types::Value};

/// Conditions of a query, with the values of their `?`s.
#[derive(Debug, Default)]
pub struct Filter {
    clauses: Vec<String>,
    values: Vec<Value>,
}

impl Filter {
    /// Adds a condition with as many `?` as values.
    pub fn and<const N: usize>(&mut self, clause: &str, values: [Value; N]) {
        self.clauses.push(format!("({clause})"));
        self.values.extend(values);
    }

    /// The conditions as they stand behind a `FROM`.
    pub fn sql(&self) -> String {
        if self.clauses.is_empty() {
            return String::new();
        }
        format!("WHERE {}", self.clauses.join(" AND "))
    }

    /// The values of the `?`s, in their order.
    pub fn values(&self) -> impl Iterator<Item = &dyn ToSql> {
        self.values.iter().map(|value| value as &dyn ToSql)
    }
}

/// Cuts what was read down to a page; whether there was more. One more than the page is read.
pub fn cut<T>(rows: &mut Vec<T>, limit: usize) -> bool {
    let truncated = rows.len() > limit;
    rows.truncate(limit);
    truncated
}
