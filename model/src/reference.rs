//! Names of images as people write them: `nginx:1.27` stands for `docker.io/library/nginx:1.27`.

/// What may stand in front of what is written: a registry and a path.
const BEFORE: &str = "{,*/}";
/// What may stand behind it: a digest.
const BEHIND: &str = "{,@*}";
/// What may stand behind it where it has no tag: a tag or a digest.
const BEHIND_NAME: &str = "{,:*,@*}";

/// The glob that the names fit that a reference may stand for. Where it has no tag, any will do;
/// a pattern in it stays one.
#[must_use]
pub fn glob(reference: &str) -> String {
    let behind = match has_tag(reference) {
        true => BEHIND,
        false => BEHIND_NAME,
    };
    format!("{BEFORE}{reference}{behind}")
}

/// The reference that a glob was made of, where [`glob`] made it.
#[must_use]
pub fn written(of: &str) -> Option<&str> {
    let rest = of.strip_prefix(BEFORE)?;
    let reference = rest
        .strip_suffix(BEHIND_NAME)
        .or_else(|| rest.strip_suffix(BEHIND))?;
    (glob(reference) == of).then_some(reference)
}

/// Whether a tag or a digest stands behind the name. The `:` of a registry's port begins none.
#[must_use]
pub fn has_tag(reference: &str) -> bool {
    let name = reference.rsplit('/').next().unwrap_or(reference);
    name.contains([':', '@'])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proto_types::{Field, Match, Op};

    use super::{glob, written};
    use crate::condition::{Condition, Room};

    fn means(reference: &str, name: &str) -> bool {
        let value = glob(reference);
        assert_eq!(written(&value), Some(reference));
        let one = Match {
            field: Field::ImageName,
            op: Op::Glob,
            value,
        };
        let room = Room::of([&one]).unwrap();
        Condition::new(one, &room).unwrap().fits(name)
    }

    #[test]
    fn a_reference_means_the_images_whose_names_end_like_it() {
        for (reference, name) in [
            ("nginx:1.27", "docker.io/library/nginx:1.27"),
            ("nginx:1.27", "nginx:1.27"),
            ("nginx:1.27", "nginx:1.27@sha256:00"),
            ("library/nginx", "docker.io/library/nginx:1.27"),
            ("nginx", "docker.io/library/nginx:1.27"),
            ("nginx", "registry.example.org:5000/nginx"),
            (
                "registry.example.org:5000/nginx",
                "registry.example.org:5000/nginx:2",
            ),
            ("nginx:1.*", "docker.io/library/nginx:1.27"),
            ("ngin?", "docker.io/library/nginx:1.27"),
        ] {
            assert!(means(reference, name), "{reference} {name}");
        }
        for (reference, name) in [
            ("nginx:1.2", "docker.io/library/nginx:1.27"),
            ("nginx", "docker.io/library/nginx-unprivileged:1.27"),
            ("nginx", "docker.io/library/my-nginx:1.27"),
            ("nginx", "docker.io/nginx/exporter:1"),
            ("nginx:1.27", "docker.io/library/nginx:1x27"),
        ] {
            assert!(!means(reference, name), "{reference} {name}");
        }
    }

    #[test]
    fn a_glob_that_was_typed_is_not_taken_for_a_reference() {
        for typed in ["nginx*", "{,*/}nginx", "{,*/}nginx:1{,:*,@*}", ""] {
            assert_eq!(written(typed), None, "{typed}");
        }
    }
}
