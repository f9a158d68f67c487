//! Projects: what an image is built for, and what one depends on.
//!
//! Images of one project are its tags: they share nearly all of what they hold. Projects share
//! popular packages, often in the release that their team has settled on.

use std::collections::HashSet;

use crate::{
    catalog::{Ecosystem, Item, PackageId},
    chance::{Dice, below, draw, mix, skewed},
};

/// Images of one project: its tags, oldest first.
pub const TAGS: u32 = 10;
/// Teams that settle on releases together.
const TEAMS: u32 = 40;
/// How much popular packages are preferred.
const STEEPNESS: f64 = 2.6;

/// What a project is written in, as often as each stands here.
const LANGUAGES: [Ecosystem; 20] = {
    use Ecosystem::{Gem, Go, Java, Npm, Python, Rust};
    [
        Npm, Npm, Npm, Npm, Npm, Npm, Java, Java, Java, Java, Java, Python, Python, Python, Python,
        Go, Go, Go, Gem, Rust,
    ]
};

/// A project.
#[derive(Debug, Clone, Copy)]
pub struct Project {
    seed: u64,
    /// Its number.
    pub number: u32,
    /// What it is written in.
    pub language: Ecosystem,
}

impl Project {
    /// The project of this number in a fleet with this seed.
    #[must_use]
    pub fn new(seed: u64, number: u32) -> Self {
        let mut dice = Dice::of(&[20, seed, u64::from(number)]);
        Self {
            seed,
            number,
            language: dice.one(&LANGUAGES),
        }
    }

    /// What one of its tags holds besides its base, in no order.
    pub fn items(&self, tag: u32, into: &mut Vec<Item>) {
        let mut dice = self.dice(1);
        let size = 50 + skewed(dice.roll(), 660, 1.6);
        self.depends(self.language, size, tag, into);
        // A frontend in the same image, tools, or a script that was left there.
        if dice.below(5) == 0 {
            let second = dice.one(&LANGUAGES);
            if second != self.language {
                self.depends(second, 20 + dice.below(100), tag, into);
            }
        }
        let own = 12 + skewed(dice.roll(), 104, 2.0);
        into.extend((0..own).map(|module| Item {
            package: PackageId::own(self.language, self.number, module),
            release: tag,
        }));
    }

    /// The packages that it depends on in one ecosystem, each in the release of this tag.
    fn depends(&self, on: Ecosystem, size: u32, tag: u32, into: &mut Vec<Item>) {
        let mut dice = self.dice(2 + on as u64);
        let mut seen = HashSet::with_capacity(size as usize);
        for _ in 0..size {
            let place = skewed(dice.roll(), on.packages(), STEEPNESS);
            if seen.insert(place) {
                into.push(Item {
                    package: PackageId::common(on, place),
                    release: self.release(on, place, tag),
                });
            }
        }
    }

    /// The release in which one of its tags has a package.
    fn release(&self, ecosystem: Ecosystem, place: u32, tag: u32) -> u32 {
        let package = draw(&[21, ecosystem as u64, u64::from(place)]);
        // Popular packages are released more often.
        let releases = 3 + below(package, 8) + 50 / (1 + place / 300);
        let team = u64::from(self.number % TEAMS);
        let settled = draw(&[22, self.seed, package, team]);
        let chosen = draw(&[23, self.seed, package, u64::from(self.number)]);
        // One in six goes its own way.
        let start = if chosen.is_multiple_of(6) {
            chosen
        } else {
            settled
        };
        // Within its ten tags, a project goes on to the next release of every second package.
        let moves_on = below(mix(chosen), 2 * TAGS);
        below(start, releases) + u32::from(tag > moves_on)
    }

    fn dice(&self, of: u64) -> Dice {
        Dice::of(&[24, self.seed, u64::from(self.number), of])
    }
}
