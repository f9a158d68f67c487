//! The lists of images that changed since all were laid out: each with room to grow.

use crate::{
    deltas,
    lists::{List, Lists},
};

/// How many bytes the last image takes.
const LAST: usize = 4;

/// Lists of images by number. The last image of each is in four bytes in front, so that a later
/// one can be added without reading the others.
#[derive(Debug, Default)]
pub struct Changed {
    lists: Vec<List>,
    /// The numbers that are free.
    free: Vec<u32>,
    bytes: Lists<u8>,
}

impl Changed {
    /// How many bytes the lists take.
    pub const fn len(&self) -> usize {
        self.bytes.len()
    }

    /// What takes memory, in bytes.
    pub fn size(&self) -> usize {
        size_of_val(&*self.lists) + size_of_val(&*self.free) + self.bytes.size()
    }

    /// Adds a list of images, rising, as [`deltas`] writes them; its number.
    pub fn add(&mut self, last: u32, written: &[u8]) -> u32 {
        let mut list = List::default();
        self.bytes.extend(&mut list, &last.to_le_bytes());
        self.bytes.extend(&mut list, written);
        match self.free.pop() {
            Some(number) => {
                self.set(number, list);
                number
            }
            None => {
                self.lists.push(list);
                self.lists.len() as u32 - 1
            }
        }
    }

    /// Takes a list away.
    pub fn remove(&mut self, number: u32) {
        let mut list = self.list(number);
        self.bytes.replace(&mut list, &[]);
        self.set(number, list);
        self.free.push(number);
    }

    /// A list, as [`deltas`] reads it.
    pub fn get(&self, number: u32) -> &[u8] {
        let bytes = self.bytes.get(self.list(number));
        bytes.get(LAST..).unwrap_or_default()
    }

    /// Adds an image to a list.
    pub fn push(&mut self, number: u32, image: u32) {
        let list = self.list(number);
        let last = self.bytes.get(list).first_chunk::<LAST>();
        let last = last.map_or(u32::MAX, |last| u32::from_le_bytes(*last));
        match last < image {
            true => self.append(number, last, image),
            false => self.insert(number, image),
        }
    }

    fn append(&mut self, number: u32, last: u32, image: u32) {
        let mut written = Vec::with_capacity(5);
        deltas::write(&mut written, image - last);
        let mut list = self.list(number);
        self.bytes.extend(&mut list, &written);
        if let Some(head) = self.bytes.get_mut(list).get_mut(..LAST) {
            head.copy_from_slice(&image.to_le_bytes());
        }
        self.set(number, list);
    }

    /// Adds an image in front of the last one. What stands behind it stays as it is written.
    fn insert(&mut self, number: u32, image: u32) {
        let mut list = self.list(number);
        let written = self.bytes.get(list);
        let mut read = deltas::read(self.get(number));
        let (mut before, mut place) = (0, LAST);
        while let Some(next) = read.next() {
            if next == image {
                return;
            }
            if next > image {
                let mut bytes = written.get(..place).unwrap_or_default().to_vec();
                deltas::write(&mut bytes, image - before);
                deltas::write(&mut bytes, next - image);
                bytes.extend_from_slice(read.left());
                self.bytes.replace(&mut list, &bytes);
                self.set(number, list);
                return;
            }
            (before, place) = (next, written.len() - read.left().len());
        }
    }

    fn list(&self, number: u32) -> List {
        let list = self.lists.get(number as usize);
        list.copied().unwrap_or_default()
    }

    fn set(&mut self, number: u32, list: List) {
        if let Some(slot) = self.lists.get_mut(number as usize) {
            *slot = list;
        }
    }
}
