//! What an SBOM has to leave out because it is over a bound, counted and named.

use model::{bounds, shown::on_one_line};

/// How much of a name that is shown as an example.
const EXAMPLE: usize = 60;

/// What was left out.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    nameless: usize,
    too_long: Named,
    too_many: Named,
    fields: Named,
}

/// How many things there are, and what the first one is called.
#[derive(Debug, Default)]
struct Named {
    count: usize,
    first: String,
}

impl Named {
    fn add(&mut self, name: &str) {
        if self.count == 0 {
            self.first = on_one_line(name, EXAMPLE);
        }
        self.count += 1;
    }
}

impl LeftOut {
    /// A package without a name or a type.
    pub(super) fn nameless(&mut self) {
        self.nameless += 1;
    }

    /// A package whose name, type or version is too long.
    pub(super) fn too_long(&mut self, name: &str) {
        self.too_long.add(name);
    }

    /// A package that is one too many.
    pub(super) fn too_many(&mut self, name: &str) {
        self.too_many.add(name);
    }

    /// The field of the package `name`, if it isn't empty; one that is too long is left out alone.
    pub(super) fn field(
        &mut self,
        name: &str,
        field: Option<String>,
        longest: usize,
    ) -> Option<String> {
        let field = field.filter(|field| !field.is_empty())?;
        if field.len() > longest {
            self.fields.add(name);
            return None;
        }
        Some(field)
    }

    /// All of it in words; none where nothing was left out.
    pub(super) fn reason(&self) -> Option<String> {
        let (field, artifacts) = (bounds::FIELD, bounds::ARTIFACTS);
        let size = bounds::SBOM_BODY >> 20;
        let mut reasons = Vec::new();
        let mut say = |count: usize, first: &str, why: String| {
            let such_as = match first {
                "" => String::new(),
                first => format!(", such as `{first}`"),
            };
            match count {
                0 => {}
                1 => reasons.push(format!("1 package {why}{such_as}")),
                _ => reasons.push(format!("{count} packages {why}{such_as}")),
            }
        };
        say(self.nameless, "", "left out for want of a name".to_owned());
        say(
            self.too_long.count,
            &self.too_long.first,
            format!("left out because a name, type or version is longer than {field} bytes"),
        );
        say(
            self.too_many.count,
            &self.too_many.first,
            format!("left out because an SBOM holds at most {artifacts} and {size} MiB"),
        );
        say(
            self.fields.count,
            &self.fields.first,
            "kept without a package URL, source or module that is too long".to_owned(),
        );
        (!reasons.is_empty()).then(|| reasons.join("; "))
    }
}
