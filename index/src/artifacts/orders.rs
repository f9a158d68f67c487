//! The artifacts of each name in order, newest first: made when they are first asked for, for to
//! compare versions is dear, and kept true from then on.

use std::sync::OnceLock;

/// Names are asked about together that came together: so many have their room together.
const TOGETHER: usize = 32;

type Order = OnceLock<Box<[u32]>>;

/// Artifacts in order, by the numbers of their names.
#[derive(Debug, Default)]
pub struct Orders {
    rooms: Vec<OnceLock<Box<[Order; TOGETHER]>>>,
}

impl Orders {
    /// Makes room for so many names.
    pub fn make_room(&mut self, names: u32) {
        let rooms = (names as usize).div_ceil(TOGETHER);
        if rooms > self.rooms.len() {
            self.rooms.resize_with(rooms, OnceLock::new);
        }
    }

    /// The order of a name, which is made where there is none yet.
    pub fn get(&self, name: u32, make: impl FnOnce() -> Box<[u32]>) -> &[u32] {
        let (room, place) = split(name);
        let room = self
            .rooms
            .get(room)
            .map(|room| room.get_or_init(Box::default));
        let order = room.and_then(|room| room.get(place));
        order.map_or(&[], |order| order.get_or_init(make))
    }

    /// Takes out the order of a name, where there is one.
    pub fn take(&mut self, name: u32) -> Option<Box<[u32]>> {
        self.slot(name)?.take()
    }

    /// Puts an order where there is none.
    pub fn put(&mut self, name: u32, order: Box<[u32]>) {
        self.get(name, || order);
    }

    /// Moves each order to another number of its name, by the old one.
    pub fn rename(&mut self, names: &[u32]) {
        let before = std::mem::take(&mut self.rooms);
        self.make_room(names.len() as u32);
        let orders = before.into_iter().zip((0..).step_by(TOGETHER));
        for (room, first) in orders {
            let room = room.into_inner().into_iter().flat_map(|room| *room);
            for (order, name) in room.zip(names.get(first..).unwrap_or_default()) {
                if let Some(order) = order.into_inner() {
                    self.put(*name, order);
                }
            }
        }
    }

    /// What takes memory, in bytes.
    pub fn size(&self) -> usize {
        let made = self.rooms.iter().filter_map(OnceLock::get);
        let rooms = made.map(|room| {
            let orders = room.iter().filter_map(OnceLock::get);
            size_of_val(&**room) + orders.map(|order| size_of_val(&**order)).sum::<usize>()
        });
        size_of_val(&*self.rooms) + rooms.sum::<usize>()
    }

    fn slot(&mut self, name: u32) -> Option<&mut Order> {
        let (room, place) = split(name);
        self.rooms.get_mut(room)?.get_mut()?.get_mut(place)
    }
}

const fn split(name: u32) -> (usize, usize) {
    (name as usize / TOGETHER, name as usize % TOGETHER)
}
