//! The hosts of the runs that were found to count, so that an image's runs are walked along once
//! for a question.

use std::cell::RefCell;

/// No more hosts are kept than this, in 4 bytes each: where more count, runs are walked along again.
const KEPT: usize = 4 << 20;
/// Stands where an image's runs were not looked at, or not kept.
const NOT_KEPT: u32 = u32::MAX;

/// Hosts by image, as often as they run it.
#[derive(Default)]
pub struct Noted(RefCell<Rows>);

#[derive(Default)]
struct Rows {
    hosts: Vec<u32>,
    /// By image, where its hosts begin.
    starts: Vec<u32>,
}

impl Noted {
    /// Notes the hosts of an image that `each` hands over; how many they are.
    pub fn note(&self, image: u32, each: impl FnOnce(&mut dyn FnMut(u32))) -> u32 {
        let mut rows = self.0.borrow_mut();
        let Rows { hosts, starts } = &mut *rows;
        let start = hosts.len();
        let mut count = 0;
        each(&mut |host| {
            count += 1;
            if hosts.len() < KEPT {
                hosts.push(host);
            }
        });
        let is_whole = hosts.len() - start == count as usize;
        if is_whole {
            let place = image as usize;
            if place >= starts.len() {
                starts.resize(place + 1, NOT_KEPT);
            }
            if let Some(slot) = starts.get_mut(place) {
                *slot = start as u32;
            }
        } else {
            hosts.truncate(start);
        }
        count
    }

    /// Hands over so many hosts of an image, where they are kept; whether they are.
    pub fn each(&self, image: u32, count: u32, take: impl FnMut(u32)) -> bool {
        let rows = self.0.borrow();
        let start = rows.starts.get(image as usize).copied();
        let Some(start) = start.filter(|start| *start != NOT_KEPT) else {
            return false;
        };
        let range = start as usize..start as usize + count as usize;
        let hosts = rows.hosts.get(range).unwrap_or_default();
        hosts.iter().copied().for_each(take);
        true
    }
}
