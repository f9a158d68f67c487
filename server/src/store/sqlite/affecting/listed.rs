//! Which of the advisories a list has, and how many it leaves out.

use proto_types::ListAffecting;

use super::kept::{Comes, Counted};

/// Those of a list.
#[derive(Default)]
pub struct Listed<'r> {
    /// In their order.
    pub rows: Vec<&'r Counted>,
    /// How many there are that nothing is known to be affected by, and of which it isn't known of something.
    pub unknown: u64,
    /// How many there are of which vendors excuse everything.
    pub excused: u64,
    /// How many notices of bug fixes and enhancements are left aside.
    pub bugfixes: u64,
}

impl<'r> Listed<'r> {
    /// Those that are asked for, of all in their order.
    pub fn of(all: &'r [Counted], request: &ListAffecting) -> Self {
        let is = |wanted: Option<bool>| wanted.unwrap_or_default();
        let mut listed = Self::default();
        for one in all
            .iter()
            .filter(|one| one.is_exploited || !is(request.kev))
        {
            if one.is_bugfix && !is(request.bugfixes) {
                listed.bugfixes += u64::from(one.comes() == Comes::Affecting);
                continue;
            }
            let is_wanted = match one.comes() {
                Comes::Affecting => true,
                Comes::Unknown => {
                    listed.unknown += 1;
                    is(request.unknown)
                }
                Comes::Excused => {
                    listed.excused += 1;
                    is(request.excused)
                }
            };
            if is_wanted {
                listed.rows.push(one);
            }
        }
        listed
    }
}
