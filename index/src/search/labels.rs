//! Conditions on the texts of a run: where one asks for a text as it is, numbers are compared.

use model::condition::Condition;
use proto_types::{Field, Op};

use crate::{runs::Live, texts::Texts};

/// Conditions on a run's container and image name.
#[derive(Debug, Default)]
pub struct Labels<'q> {
    tests: Vec<(Field, Test<'q>)>,
}

#[derive(Debug)]
enum Test<'q> {
    /// It is this text, where any run has it.
    Is(Option<u32>),
    Fits(&'q Condition),
}

impl<'q> Labels<'q> {
    /// The conditions among these that are on a container or an image name.
    pub fn new(conditions: &'q [Condition], texts: &Texts) -> Self {
        let of_run = |one: &&Condition| matches!(one.field(), Field::Container | Field::ImageName);
        let test = |one: &'q Condition| match one.op() {
            Op::Eq => Test::Is(texts.find(one.value())),
            _ => Test::Fits(one),
        };
        let tests = conditions.iter().filter(of_run);
        Self {
            tests: tests.map(|one| (one.field(), test(one))).collect(),
        }
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.tests.is_empty()
    }

    /// Whether no run fits.
    pub fn fit_nothing(&self) -> bool {
        self.tests
            .iter()
            .any(|(_, test)| matches!(test, Test::Is(None)))
    }

    /// Whether a run fits.
    pub fn fit(&self, run: &Live, texts: &Texts) -> bool {
        self.tests.iter().all(|(field, test)| {
            let label = match field {
                Field::Container => run.container,
                _ => run.image_name,
            };
            match test {
                Test::Is(wanted) => *wanted == Some(label),
                Test::Fits(one) => one.fits(texts.get(label)),
            }
        })
    }
}
