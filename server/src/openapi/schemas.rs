//! The shapes of the document, each once: those that routes name, and those that these are made of.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use super::bounds;

/// The shapes by their names.
#[derive(Default)]
pub struct Schemas(BTreeMap<String, Value>);

impl Schemas {
    /// A type's shape, on its own.
    pub fn of<T: ToSchema>() -> Value {
        plain(&T::schema())
    }

    /// Adds a type and all that it is made of; how the document refers to it.
    pub fn add<T: ToSchema>(&mut self) -> Value {
        self.add_those_of::<T>();
        let name = T::name();
        self.0.insert(name.to_string(), Self::of::<T>());
        reference(&name)
    }

    /// Adds all that a type is made of.
    pub fn add_those_of<T: ToSchema>(&mut self) {
        let mut parts = Vec::new();
        T::schemas(&mut parts);
        for (name, part) in parts {
            self.0.insert(name, plain(&part));
        }
    }

    /// All of them, with the bounds that the server holds them to; and the properties that are
    /// bounded and aren't there, of which a test allows none.
    pub fn bounded(&self) -> (BTreeMap<String, Value>, Vec<String>) {
        let mut schemas = self.0.clone();
        let missing = bounds::set(&mut schemas);
        (schemas, missing)
    }
}

/// How the document refers to the shape of this name.
pub fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// A shape as JSON: its texts on one line and without Rust's links, and no name for a plain text.
fn plain(schema: &RefOr<Schema>) -> Value {
    let mut value = serde_json::to_value(schema).unwrap_or_default();
    make_plain(&mut value);
    value
}

fn make_plain(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if fields.get("$ref") == reference("String").get("$ref") {
                *value = json!({"type": "string"});
                return;
            }
            for (name, field) in fields {
                match field {
                    Value::String(text) if name == "description" => {
                        *text = text
                            .replace('\n', " ")
                            .replace("[`", "`")
                            .replace("`]", "`");
                    }
                    field => make_plain(field),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(make_plain),
        _ => {}
    }
}
