//! What rebuilding images would bring, in one sentence.

use proto_types::CoverImage;

use super::number::{counted, grouped};

/// `rebuild these 4 images and 81 of 87 hosts are clean`; where it is about all of them, how far
/// the first few get alone.
pub(crate) fn sentence(images: &[CoverImage], hosts: u64, all_images: u64) -> Option<String> {
    let clean = images.last()?.hosts_clean;
    let listed = u64::try_from(images.len()).unwrap_or(u64::MAX);
    let these = match images.len() {
        1 => "this image".to_owned(),
        _ => format!("these {} images", grouped(listed)),
    };
    if clean < hosts || listed < all_images {
        let (clean, of) = (grouped(clean), counted(hosts, "host"));
        let more = counted(all_images.saturating_sub(listed), "more image");
        let rest = if listed < all_images {
            format!("; the rest need {more}")
        } else {
            String::new()
        };
        return Some(format!(
            "rebuild {these} and {clean} of {of} are clean{rest}"
        ));
    }
    let all = match hosts {
        1 => "the 1 host is".to_owned(),
        _ => format!("all {} are", counted(hosts, "host")),
    };
    let first = first_few(images, hosts).unwrap_or_default();
    Some(format!("rebuild {these} and {all} clean{first}"))
}

/// As many of the images as free nine of ten hosts, where that is not nearly all of them.
fn first_few(images: &[CoverImage], hosts: u64) -> Option<String> {
    let enough =
        |image: &CoverImage| image.hosts_clean.saturating_mul(10) >= hosts.saturating_mul(9);
    let at = images.iter().position(enough)?;
    let few = at + 1;
    if few * 3 > images.len() * 2 {
        return None;
    }
    let clean = grouped(images[at].hosts_clean);
    let first = match few {
        1 => "the first alone frees".to_owned(),
        _ => format!("the first {few} alone free"),
    };
    Some(format!("; {first} {clean}"))
}

#[cfg(test)]
mod tests {
    use proto_types::{CoverImage, ImageDigest};

    use super::sentence;

    fn images(clean: &[u64]) -> Vec<CoverImage> {
        let image = |hosts_clean: &u64| CoverImage {
            image_digest: ImageDigest::from_bytes([0; 32]),
            image_name: String::new(),
            containers: 1,
            hosts: 1,
            hosts_clean: *hosts_clean,
        };
        clean.iter().map(image).collect()
    }

    fn said(clean: &[u64], hosts: u64, all_images: u64) -> String {
        sentence(&images(clean), hosts, all_images).unwrap_or_default()
    }

    #[test]
    fn a_part_of_the_images_says_what_the_rest_waits_for() {
        assert_eq!(
            said(&[40, 60, 75, 81], 87, 9),
            "rebuild these 4 images and 81 of 87 hosts are clean; the rest need 5 more images"
        );
    }

    #[test]
    fn all_of_them_say_how_far_the_first_few_get() {
        assert_eq!(
            said(&[40, 60, 75, 81, 83, 84, 85, 86, 87], 87, 9),
            "rebuild these 9 images and all 87 hosts are clean; the first 4 alone free 81"
        );
        assert_eq!(
            said(&[1, 2], 2, 2),
            "rebuild these 2 images and all 2 hosts are clean"
        );
        assert_eq!(
            said(&[1], 1, 1),
            "rebuild this image and the 1 host is clean"
        );
        assert_eq!(said(&[], 0, 0), "");
    }
}
