//! Enums whose variants are words on the wire and on the command line.

use utoipa::openapi::{Object, RefOr, Schema, Type};

/// An enum of a few words, whichever they are.
pub trait Word: Copy + Send + Sync + 'static {
    /// Every one, in the order in which help texts list them.
    const ALL: &'static [Self];

    /// The word for it on the wire and on the command line.
    fn as_str(self) -> &'static str;
}

/// What the OpenAPI document says of such an enum: the words, and what each means.
pub fn schema(about: &str, words: &[(&str, &str)]) -> RefOr<Schema> {
    let meanings = words
        .iter()
        .map(|(word, about)| format!(" `{word}`: {}", about.trim()));
    Object::builder()
        .schema_type(Type::String)
        .description(Some(
            about.trim().to_owned() + &meanings.collect::<String>(),
        ))
        .enum_values(Some(words.iter().map(|(word, _)| *word)))
        .into()
}

/// Declares an enum whose variants are words, with the list of them and both conversions.
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        $name:ident { $($(#[doc = $about:literal])* $variant:ident = $word:literal,)+ }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[doc = $about])* #[serde(rename = $word)] $variant,)+ }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                let words = [$(($word, concat!($($about),*)),)+];
                $crate::words::schema(concat!($($doc),*), &words)
            }
        }

        impl utoipa::ToSchema for $name {}

        impl $name {
            /// Every one, in the order in which help texts list them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word for it on the wire and on the command line.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The one with this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }

        impl $crate::Word for $name {
            const ALL: &'static [Self] = Self::ALL;

            fn as_str(self) -> &'static str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}
pub(crate) use words;
