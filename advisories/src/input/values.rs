//! The JSON values of a stream, one at a time: a list's elements, or what stands one after the other.
//!
//! Only the brackets and the strings are looked at, so that a value that is malformed, too long or
//! nested too deep is skipped without being held. Where values stand one after the other, a line that is no
//! JSON ends at its end, and the next one counts again.

use std::io::{BufRead, ErrorKind};

use model::bounds;

use super::broken::Broken;
use crate::Reason;

/// A value of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// Its bytes: from a bracket to the one that closes it.
    Json(&'a [u8]),
    /// It is skipped.
    Skipped(Reason),
}

/// Hands each value of a stream to `take`, with its number from 1.
///
/// # Errors
/// [`Broken`] where the stream can't be read to its end, or `take` says so.
pub fn values(
    mut input: impl BufRead,
    place: &str,
    mut take: impl FnMut(u64, Value<'_>) -> Result<(), Broken>,
) -> Result<(), Broken> {
    let mut scan = Scan::default();
    loop {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(Broken::io(place, error)),
        };
        if buffer.is_empty() {
            return scan.end(place, &mut take);
        }
        let length = buffer.len();
        for &byte in buffer {
            scan.byte(byte, place, &mut take)?;
        }
        input.consume(length);
    }
}

/// Where the scan is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Between values.
    #[default]
    Between,
    /// In an object or a list, outside of strings.
    In,
    /// In a string.
    String,
    /// In a string, behind a backslash.
    Escape,
    /// In something that is no object, up to the end of the line or the next comma.
    Other,
}

#[derive(Default)]
struct Scan {
    place: Place,
    /// Whether values are elements of a list.
    in_list: bool,
    depth: usize,
    /// The last byte outside of strings that is no space.
    last: u8,
    value: Vec<u8>,
    /// Why the value is skipped.
    skipped: Option<Reason>,
    count: u64,
}

impl Scan {
    fn byte(
        &mut self,
        byte: u8,
        place: &str,
        take: &mut impl FnMut(u64, Value<'_>) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        match self.place {
            Place::Between => self.between(byte, take),
            Place::Other => self.other(byte, take),
            Place::In if byte == b'{' && self.is_broken_off() => self.break_off(byte, place, take),
            Place::String | Place::Escape if byte == b'\n' => self.break_off(byte, place, take),
            Place::In => {
                self.keep(byte);
                self.inside(byte, take)
            }
            Place::String | Place::Escape => {
                self.keep(byte);
                self.place = match (self.place, byte) {
                    (Place::String, b'\\') => Place::Escape,
                    (Place::String, b'"') => Place::In,
                    _ => Place::String,
                };
                Ok(())
            }
        }
    }

    fn between(
        &mut self,
        byte: u8,
        take: &mut impl FnMut(u64, Value<'_>) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        match byte {
            // Spaces, a byte order mark, and the separator of JSON text sequences.
            b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf | 0x1e => {}
            b',' if self.in_list => {}
            b']' if self.in_list => self.in_list = false,
            b'[' if !self.in_list => self.in_list = true,
            b'{' | b'[' => {
                self.place = Place::In;
                self.depth = 0;
                self.keep(byte);
                return self.inside(byte, take);
            }
            _ => self.place = Place::Other,
        }
        Ok(())
    }

    /// In no object: a word, a number, or a line that is no JSON.
    fn other(
        &mut self,
        byte: u8,
        take: &mut impl FnMut(u64, Value<'_>) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        let ends = match self.in_list {
            true => matches!(byte, b',' | b']'),
            false => byte == b'\n',
        };
        if ends {
            self.skipped = Some(Reason::NotARecord);
            self.finish(take)?;
            return self.between(byte, take);
        }
        Ok(())
    }

    fn inside(
        &mut self,
        byte: u8,
        take: &mut impl FnMut(u64, Value<'_>) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => return Ok(()),
            b'"' => self.place = Place::String,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth -= 1,
            _ => {}
        }
        self.last = byte;
        if self.depth > bounds::ADVISORY_DEPTH {
            self.skip(Reason::TooDeep);
        }
        match self.depth {
            0 => self.finish(take),
            _ => Ok(()),
        }
    }

    /// Whether an object can't begin here, so that the last one wasn't closed.
    fn is_broken_off(&self) -> bool {
        !matches!(self.last, b'{' | b'[' | b',' | b':')
    }

    /// Ends a value that can't be JSON, at the end of its line or where the next one begins.
    fn break_off(
        &mut self,
        byte: u8,
        place: &str,
        take: &mut impl FnMut(u64, Value<'_>) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        if self.in_list {
            return Err(Broken::NoList(place.to_owned()));
        }
        self.skip(Reason::NotJson);
        self.finish(take)?;
        self.between(byte, take)
    }

    fn keep(&mut self, byte: u8) {
        match self.value.len() >= bounds::ADVISORY {
            true => self.skip(Reason::TooLong),
            false if self.skipped.is_none() => self.value.push(byte),
            false => {}
        }
    }

    fn skip(&mut self, reason: Reason) {
        self.skipped.get_or_insert(reason);
        self.value = Vec::new();
    }

    fn finish(
        &mut self,
        take: &mut impl FnMut(u64, Value<'_>) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        self.count += 1;
        self.place = Place::Between;
        let value = match self.skipped.take() {
            Some(reason) => Value::Skipped(reason),
            None => Value::Json(&self.value),
        };
        take(self.count, value)?;
        self.value.clear();
        Ok(())
    }

    fn end(
        mut self,
        place: &str,
        take: &mut impl FnMut(u64, Value<'_>) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        match self.place {
            _ if self.in_list => Err(Broken::CutOff(place.to_owned())),
            Place::Between => Ok(()),
            Place::Other => {
                self.skipped = Some(Reason::NotARecord);
                self.finish(take)
            }
            _ => Err(Broken::CutOff(place.to_owned())),
        }
    }
}
