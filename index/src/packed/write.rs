//! Packing artifacts.

use std::{borrow::Cow, collections::HashMap};

use super::form::{AGAIN, Column, FIRST, NEXT, NONE, OWNED};
use crate::{artifacts::Kept, deltas};

/// Packs artifacts, each with whether there was another of its name, type, version and package
/// URL before.
pub fn pack<'a, K: Kept + 'a>(artifacts: impl Iterator<Item = (&'a K, bool)>) -> Vec<u8> {
    let artifacts: Vec<(&K, bool)> = artifacts.collect();
    let mut texts = Texts::default();
    let mut columns = Vec::with_capacity(artifacts.len() * Column::ALL.len());
    for column in Column::ALL {
        for (artifact, _) in &artifacts {
            let code = text(*artifact, column).map_or(NONE, |text| texts.code(text));
            deltas::write(&mut columns, code);
        }
    }
    columns.extend(artifacts.iter().map(|(artifact, again)| {
        let owned = if artifact.owned_by_os() { OWNED } else { 0 };
        owned | if *again { AGAIN } else { 0 }
    }));
    let mut packed = Vec::with_capacity(columns.len() + texts.all.len() + 16);
    deltas::write(&mut packed, texts.lengths.len() as u32);
    deltas::write(&mut packed, artifacts.len() as u32);
    for length in texts.lengths {
        deltas::write(&mut packed, length);
    }
    packed.extend(columns);
    packed.extend(texts.all.into_bytes());
    packed
}

/// The texts, each once.
#[derive(Default)]
struct Texts<'a> {
    all: String,
    lengths: Vec<u32>,
    numbers: HashMap<Cow<'a, str>, u32>,
}

impl<'a> Texts<'a> {
    fn code(&mut self, text: Cow<'a, str>) -> u32 {
        if let Some(number) = self.numbers.get(&text) {
            return FIRST + number;
        }
        self.all.push_str(&text);
        let number = self.lengths.len() as u32;
        self.lengths.push(text.len() as u32);
        self.numbers.insert(text, number);
        NEXT
    }
}

fn text<K: Kept>(artifact: &K, column: Column) -> Option<Cow<'_, str>> {
    match column {
        Column::Name => Some(artifact.name().into()),
        Column::Version => Some(artifact.version().into()),
        Column::Kind => Some(artifact.artifact_type().into()),
        Column::Pattern => artifact.pattern(),
        Column::Source => artifact.source().map(Into::into),
        Column::SourceVersion => artifact.source_version().map(Into::into),
        Column::Module => artifact.module().map(Into::into),
        Column::Licenses => Some(artifact.licenses()).filter(|text| !text.is_empty()),
    }
}
