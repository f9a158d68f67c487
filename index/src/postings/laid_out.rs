//! All lists of images laid out at once, from what each image holds: no list grows or moves.

use super::{Postings, place::Place};
use crate::deltas::{self, Deltas};

/// What is known of an artifact's list while the lists are laid out.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    /// One more than the last image that was seen.
    last: u32,
    /// First how many bytes the list takes where it has several images, then where the next of
    /// them goes: [`NOWHERE`], [`ELSEWHERE`] or behind the length, which is never the first byte.
    bytes: u32,
}

/// Nothing is to be written.
const NOWHERE: u32 = 0;
/// There was no room: the list grows as one does that changed.
const ELSEWHERE: u32 = u32::MAX;

impl Cell {
    /// Counts an image.
    fn count(&mut self, image: u32) {
        if self.last == image + 1 {
            return;
        }
        if self.last > 0 {
            if self.bytes == 0 {
                self.bytes = deltas::width(self.last - 1);
            }
            self.bytes += deltas::width(image + 1 - self.last);
        }
        self.last = image + 1;
    }
}

impl Postings {
    /// The images of all artifacts, from each image with what it holds: one set or several, the
    /// images rising.
    pub fn of<'s, I: Iterator<Item = (u32, Deltas<'s>)>>(held: impl Fn() -> I) -> Self {
        let mut cells: Vec<Cell> = Vec::new();
        for (image, artifacts) in held() {
            for artifact in artifacts {
                let place = artifact as usize;
                if place >= cells.len() {
                    cells.resize(place + 1, Cell::default());
                }
                if let Some(cell) = cells.get_mut(place) {
                    cell.count(image);
                }
            }
        }
        let mut postings = Self::with_room(&mut cells);
        for (image, artifacts) in held() {
            for artifact in artifacts {
                if let Some(cell) = cells.get_mut(artifact as usize) {
                    postings.write(cell, artifact, image);
                }
            }
        }
        postings
    }

    /// Gives each list its room.
    fn with_room(cells: &mut [Cell]) -> Self {
        let room = |cell: &Cell| (cell.bytes + deltas::width(cell.bytes)) as usize;
        let several = cells.iter().filter(|cell| cell.bytes > 0);
        let mut postings = Self {
            of: Vec::with_capacity(cells.len()),
            laid_out: Vec::with_capacity(several.map(room).sum()),
            ..Self::default()
        };
        for cell in cells {
            let (last, bytes) = (cell.last, cell.bytes);
            let place = match (last, bytes) {
                (0, _) => Place::None,
                (_, 0) => Place::One(last - 1),
                _ => Place::LaidOut(u32::try_from(postings.laid_out.len()).unwrap_or(u32::MAX)),
            };
            let packed = place.packed();
            *cell = Cell {
                last: 0,
                bytes: packed.map_or(ELSEWHERE, |_| NOWHERE),
            };
            if packed.is_some() && bytes > 0 {
                deltas::write(&mut postings.laid_out, bytes);
                cell.bytes = postings.laid_out.len() as u32;
                let end = postings.laid_out.len() + bytes as usize;
                postings.laid_out.resize(end, 0);
            }
            postings.of.push(packed.unwrap_or_default());
        }
        postings
    }

    fn write(&mut self, cell: &mut Cell, artifact: u32, image: u32) {
        if cell.bytes == NOWHERE || cell.last == image + 1 {
            return;
        }
        if cell.bytes == ELSEWHERE {
            self.add(artifact, image);
            return;
        }
        let before = cell.last.saturating_sub(1);
        if let Some(room) = self.laid_out.get_mut(cell.bytes as usize..) {
            cell.bytes += deltas::put(room, image - before);
        }
        cell.last = image + 1;
    }
}

impl Postings {
    /// Lays out anew what is there.
    pub fn lay_out(&mut self) {
        let before = std::mem::take(self);
        self.of.reserve_exact(before.of.len());
        self.laid_out
            .reserve_exact(before.laid_out.len() + before.changed.len());
        for packed in &before.of {
            let place = Place::unpacked(*packed);
            let packed = match place {
                Place::None | Place::One(_) => *packed,
                Place::LaidOut(_) | Place::Changed(_) => self.take_over(before.written(place)),
            };
            self.of.push(packed);
        }
        self.laid_out.shrink_to_fit();
    }

    /// Lays out a list; its place, packed.
    fn take_over(&mut self, written: &[u8]) -> u32 {
        let start = u32::try_from(self.laid_out.len()).unwrap_or(u32::MAX);
        if let Some(packed) = Place::LaidOut(start).packed() {
            deltas::write(&mut self.laid_out, written.len() as u32);
            self.laid_out.extend_from_slice(written);
            return packed;
        }
        let last = deltas::read(written).last().unwrap_or_default();
        let list = self.changed.add(last, written);
        Place::Changed(list).packed().unwrap_or_default()
    }
}
