//! The elements of a JSON list, one at a time, so that a list of any length takes no memory.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{SeqAccess, Visitor},
};
use serde_json::value::RawValue;

/// Hands each element of a list to `take`; `null`, and no list at all, is an empty one.
pub(super) fn each<'a, T: Deserialize<'a>>(
    list: Option<&'a RawValue>,
    take: impl FnMut(T),
) -> serde_json::Result<()> {
    let text = list.map_or("null", RawValue::get);
    if text == "null" {
        return Ok(());
    }
    let elements = Elements {
        take,
        of: PhantomData,
    };
    serde_json::Deserializer::from_str(text).deserialize_seq(elements)
}

struct Elements<T, F> {
    take: F,
    of: PhantomData<T>,
}

impl<'a, T: Deserialize<'a>, F: FnMut(T)> Visitor<'a> for Elements<T, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'a>>(mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(element) = list.next_element()? {
            (self.take)(element);
        }
        Ok(())
    }
}
