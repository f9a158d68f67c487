//! Reads structures from JSON objects alone, no list without an end, and nothing that lies too deep.
//!
//! What serde derives reads a structure from a list of its fields' values, too, which nobody who
//! writes to this API means. And serde_json skips what isn't asked for however deep it lies: here
//! that is read, and so has the bound that it puts on what it reads.

use std::fmt;

use model::bounds;
use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
    forward_to_deserialize_any,
};

/// What reads JSON, in any of the parts that it plays: what is read from, what is told of it, and
/// what goes through lists and objects.
pub struct Objects<X>(pub X);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Objects<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(Objects(visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_option(Objects(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(name, Objects(visitor))
    }

    // Of a map no list is taken.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Objects(visitor))
    }

    // The wire's are words, in which nothing lies.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    // JSON itself says which of these it is.
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Objects<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<V::Value, E> {
        self.0.visit_bool(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<V::Value, E> {
        self.0.visit_i64(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<V::Value, E> {
        self.0.visit_u64(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        self.0.visit_f64(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<V::Value, E> {
        self.0.visit_str(value)
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<V::Value, E> {
        self.0.visit_borrowed_str(value)
    }

    fn visit_string<E: Error>(self, value: String) -> Result<V::Value, E> {
        self.0.visit_string(value)
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(Objects(from))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(Objects(from))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(List(list, 0))
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Objects(object))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Objects<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Objects(from))
    }
}

/// A list, and how many of its elements were read.
struct List<A>(A, usize);

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for List<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let element = self.0.next_element_seed(Objects(seed))?;
        self.1 += usize::from(element.is_some());
        if self.1 > bounds::LISTED {
            return Err(A::Error::custom(format_args!(
                "a list has more than {} elements",
                bounds::LISTED
            )));
        }
        Ok(element)
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Objects<A> {
    type Error = A::Error;

    // A key is a text, in which nothing lies.
    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(Objects(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use proto_types::{FindRequest, FullReport, ImageDigest, ScanReport};
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    use super::{Objects, bounds};

    fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
        let mut json = serde_json::Deserializer::from_str(text);
        T::deserialize(Objects(&mut json)).map_err(|error| error.to_string())
    }

    fn refused<T: DeserializeOwned>(text: &Value) {
        assert!(read::<T>(&text.to_string()).is_err(), "{text}");
    }

    fn digest() -> ImageDigest {
        ImageDigest::from_bytes([1; 32])
    }

    #[test]
    fn what_is_meant_is_read_as_without_it() {
        let report = json!({
            "host": "web", "seq": 7, "complete": false, "machine": null, "odd": [{"a": [1.5, null]}],
            "unseen": {"runtimes": [{"kind": "docker"}], "containers_without_image": 2},
            "containers": [{"name": "a", "image_name": "\u{0}\u{e9}", "image_digest": digest()}],
        });
        let plain: FullReport = serde_json::from_value(report.clone()).unwrap();
        let read: FullReport = read(&report.to_string()).unwrap();
        assert_eq!(json!(read), json!(plain));
    }

    #[test]
    fn a_list_is_no_structure_wherever_it_stands() {
        let container = json!({"name": "a", "image_name": "i", "image_digest": digest()});
        refused::<FullReport>(&json!(["web", 1, true, null, 0, null, {}, []]));
        let listed = json!(["a", "i", digest()]);
        refused::<FullReport>(&json!({"host": "web", "containers": [container, listed]}));
        refused::<FullReport>(&json!({"host": "web", "containers": [], "unseen": [1, []]}));
        let unseen = json!({"runtimes": [["docker", "", true]]});
        refused::<FullReport>(&json!({"host": "web", "containers": [], "unseen": unseen}));
        refused::<ScanReport>(&json!({"image": [digest(), "", "", {}, []]}));
        let artifacts = json!([["deb", "a", "1", null, null, null, null, [], false]]);
        refused::<ScanReport>(&json!({"image": {"digest": digest(), "artifacts": artifacts}}));
        refused::<FindRequest>(&json!({"match": [["name", "eq", "x"]]}));
        let range = ["2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"];
        refused::<FindRequest>(&json!({"during": range}));
        refused::<FindRequest>(&json!({"timeline": [range[0], range[1], 5]}));
    }

    #[test]
    fn a_list_is_read_up_to_its_bound_and_no_further() {
        let listed = |count| format!("{{\"odd\": [{}1]}}", "1,".repeat(count - 1));
        assert!(read::<FindRequest>(&listed(bounds::LISTED)).is_ok());
        let message = read::<FindRequest>(&listed(bounds::LISTED + 1)).unwrap_err();
        assert!(message.contains("more than 250000 elements"), "{message}");
    }

    #[test]
    fn what_nobody_asks_for_is_bounded_in_depth_too() {
        let nested = |levels| format!("{{\"odd\": {}{}}}", "[".repeat(levels), "]".repeat(levels));
        assert!(read::<FindRequest>(&nested(100)).is_ok());
        for levels in [200, 10_000, 1_000_000] {
            let message = read::<FindRequest>(&nested(levels)).unwrap_err();
            assert!(message.contains("recursion limit"), "{message}");
        }
        let objects = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
        assert!(read::<FindRequest>(&objects).is_err());
    }
}
