//! Images as they may be typed: by the end of a name, by a digest, by its first digits.

use client::Client;
use proto_types::{Field, FindRequest, GroupBy, ListImages, Match, Op};

use super::asking::{MOST, ask};

/// How a digest begins.
const DIGEST: &str = "sha256:";
/// So many images are looked at for their names; in a larger fleet, those that were scanned.
const LISTED: u64 = 1000;

/// Images whose names or digests begin as typed.
pub(super) fn named_or_by_digest(typed: &str) -> Vec<String> {
    let mut found = match typed.starts_with(DIGEST) {
        true => Vec::new(),
        false => named(typed),
    };
    found.extend(digests(typed));
    found
}

/// Names, written from where they begin as typed: `nginx:1.27` of `docker.io/library/nginx:1.27`.
pub(super) fn named(typed: &str) -> Vec<String> {
    let mut names: Vec<String> = full_names(typed)
        .iter()
        .filter_map(|name| ending(name, typed))
        .collect();
    names.sort_unstable();
    names
}

/// Digests in full or, where digits are typed, as short as answers show them.
pub(super) fn digests(typed: &str) -> Vec<String> {
    let is_whole = typed.starts_with(DIGEST);
    let digits = typed.strip_prefix(DIGEST).unwrap_or(typed);
    let is_hex = digits.bytes().all(|one| one.is_ascii_hexdigit());
    if !is_hex || (digits.is_empty() && !is_whole) {
        return Vec::new();
    }
    let request = ListImages {
        digest_prefix: Some(digits.to_owned()).filter(|digits| !digits.is_empty()),
        limit: Some(MOST),
        ..ListImages::default()
    };
    let images = ask(async |client| Some(client.send(&request).await.ok()?.images));
    let images = images.unwrap_or_default().into_iter();
    images
        .map(
            |image| match is_whole || digits.len() > image.digest.short().len() {
                true if !is_whole => image.digest.to_string()[DIGEST.len()..].to_owned(),
                true => image.digest.to_string(),
                false => image.digest.short(),
            },
        )
        .collect()
}

/// Whole names as containers are started by.
pub(super) fn full_names(typed: &str) -> Vec<String> {
    let names = ask(async |client| {
        let request = ListImages {
            limit: Some(LISTED),
            ..ListImages::default()
        };
        let page = client.send(&request).await.ok()?;
        let mut names: Vec<String> = page.images.into_iter().flat_map(|one| one.names).collect();
        if page.truncated {
            names.extend(scanned(client, typed).await.unwrap_or_default());
        }
        Some(names)
    });
    names.unwrap_or_default()
}

/// Names of images that were scanned and run, in which what is typed stands.
async fn scanned(client: &Client, typed: &str) -> Option<Vec<String>> {
    let question = FindRequest {
        matches: vec![Match {
            field: Field::ImageName,
            op: Op::Contains,
            value: typed.to_owned(),
        }],
        group_by: Some(GroupBy::Image),
        limit: Some(MOST),
        ..FindRequest::default()
    };
    let groups = client.send(&question).await.ok()?.groups?;
    Some(groups.into_iter().filter_map(|group| group.label).collect())
}

/// The shortest ending of a name, from a `/` on, that begins as typed.
fn ending(name: &str, typed: &str) -> Option<String> {
    let ends = name.rmatch_indices('/').map(|(at, _)| &name[at + 1..]);
    let mut ends = ends.chain([name]);
    ends.find(|end| end.starts_with(typed)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::ending;

    #[test]
    fn a_name_is_completed_from_wherever_it_is_begun() {
        let name = "docker.io/library/nginx:1.27";
        let of = |typed| ending(name, typed);
        assert_eq!(of("").as_deref(), Some("nginx:1.27"));
        assert_eq!(of("ng").as_deref(), Some("nginx:1.27"));
        assert_eq!(of("library/n").as_deref(), Some("library/nginx:1.27"));
        assert_eq!(of("docker").as_deref(), Some(name));
        assert_eq!(of("inx"), None);
    }
}
