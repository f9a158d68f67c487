//! A JSON document whose rows come page by page, so that not all of them are held.

use std::io::{self, Write};

use model::shown::escaped_json;
use serde::Serialize;
use serde_json::{Map, Value};

/// What stands before each line of a row.
const INDENT: &str = "\n    ";

/// A document that is being written.
pub(crate) struct Document<W: Write> {
    writer: W,
    /// What the answer holds besides its rows.
    rest: Map<String, Value>,
    has_rows: bool,
}

impl<W: Write> Document<W> {
    /// Begins an answer in pages whose rows are in `field`.
    pub(crate) fn begin(page: &impl Serialize, field: &str, mut writer: W) -> io::Result<Self> {
        let mut rest = match serde_json::to_value(page)? {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        rest.remove(field);
        rest.remove("next_cursor");
        rest.insert("truncated".to_owned(), Value::Bool(false));
        write!(writer, "{{\n  \"{field}\": [")?;
        Ok(Self {
            writer,
            rest,
            has_rows: false,
        })
    }

    /// Writes the rows of a page.
    pub(crate) fn extend(&mut self, rows: &[impl Serialize]) -> io::Result<()> {
        for row in rows {
            let text = serde_json::to_string_pretty(row)?.replace('\n', INDENT);
            let comma = if self.has_rows { "," } else { "" };
            write!(self.writer, "{comma}{INDENT}{}", escaped_json(&text))?;
            self.has_rows = true;
        }
        Ok(())
    }

    /// Writes what the answer holds besides, and ends.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        let rest = serde_json::to_string_pretty(&self.rest)?;
        let rest = rest.trim_start_matches('{');
        writeln!(self.writer, "\n  ],{}", escaped_json(rest))?;
        self.writer.flush()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use super::Document;

    fn written(pages: &[Value]) -> String {
        let mut text = Vec::new();
        let first = json!({"rows": pages[0], "total": 3, "truncated": true, "next_cursor": "x"});
        let mut document = Document::begin(&first, "rows", &mut text).unwrap();
        for page in pages {
            document.extend(page.as_array().unwrap()).unwrap();
        }
        document.finish().unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn pages_are_one_document_that_is_whole() {
        let text = written(&[
            json!([{"a": [1, 2]}, {"a": "\n"}]),
            json!([{"a": "\u{1b}["}]),
        ]);
        let document: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            document,
            json!({
                "rows": [{"a": [1, 2]}, {"a": "\n"}, {"a": "\u{1b}["}],
                "total": 3, "truncated": false,
            })
        );
        assert!(!text.contains('\u{1b}'), "{text}");
        assert_eq!(
            text,
            serde_json::to_string_pretty(&document)
                .unwrap()
                .replace('\u{1b}', "\\u001b")
                + "\n"
        );
    }

    #[test]
    fn one_without_rows_is_one_too() {
        let document: Value = serde_json::from_str(&written(&[json!([])])).unwrap();
        assert_eq!(document["rows"], json!([]));
    }
}
