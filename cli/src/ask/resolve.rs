//! From what people type to the thing that the server knows: images by a digest's beginning or
//! by a name, hosts by a name that is nearly right.

use proto_types::{ImageDigest, ImageSummary, ListHosts, ListImages};

use crate::{
    ask::{context::Context, images},
    error::{CliError, Result},
    words::{pattern::Pattern, suggest},
};

/// How many images an error lists.
const LISTED: u64 = 20;
/// How a digest begins.
const DIGEST: &str = "sha256:";

/// The image that is meant: by its digest or that of its manifest, whole or by the first digits,
/// with or without `sha256:`, also behind the `@` of a registry's reference; or by its name, which
/// may be written by its end.
pub(crate) async fn image(context: &Context<'_>, typed: &str) -> Result<ImageDigest> {
    let digits = typed.trim().to_lowercase();
    let (digits, is_digest) = match digits.rfind(DIGEST) {
        Some(at) => (&digits[at + DIGEST.len()..], true),
        None => (digits.as_str(), false),
    };
    if let Ok(digest) = format!("{DIGEST}{digits}").parse() {
        return Ok(digest);
    }
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let may_be_digits = !digits.is_empty() && digits.len() <= 64 && is_hex;
    if is_digest && !may_be_digits {
        return Err(
            CliError::failed(format!("`{typed}` is not an image digest"))
                .hint("give `sha256:` and 64 hexadecimal digits, or just the first digits"),
        );
    }
    if may_be_digits && let Some(digest) = by_digits(context, digits).await? {
        return Ok(digest);
    }
    let named = match is_digest {
        true => Vec::new(),
        false => named(context, typed).await?,
    };
    match named.as_slice() {
        [one] => Ok(one.digest),
        [] if may_be_digits => Err(no_image(format!("no image digest begins with `{digits}`"))),
        [] => Err(no_image(format!("there is no image `{typed}`"))),
        several => Err(ambiguous(
            &format!("{} images are called `{typed}`", several.len()),
            several,
            several.len() as u64,
            "give a digest or its first digits, or the tag",
        )),
    }
}

/// The image whose digest begins like this, where one does.
async fn by_digits(context: &Context<'_>, digits: &str) -> Result<Option<ImageDigest>> {
    let request = ListImages {
        digest_prefix: Some(digits.to_owned()),
        limit: Some(LISTED),
        ..ListImages::default()
    };
    let found = context.ask(&request).await?;
    match found.images.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one.digest)),
        several => Err(ambiguous(
            &format!(
                "the digests of {} images begin with `{digits}`",
                found.total
            ),
            several,
            found.total,
            "give more digits",
        )),
    }
}

/// The images that have a name that ends like this.
async fn named(context: &Context<'_>, typed: &str) -> Result<Vec<ImageSummary>> {
    let Ok(name) = Pattern::of_images(typed) else {
        return Ok(Vec::new());
    };
    let mut images = images::all(ListImages::default(), context).await?;
    images.retain(|image| image.names.iter().any(|one| name.fits(one)));
    Ok(images)
}

fn no_image(what: String) -> CliError {
    CliError::not_found(what).hint("`assetctl images` lists the images")
}

fn ambiguous(what: &str, several: &[ImageSummary], total: u64, way_out: &str) -> CliError {
    let shown = several
        .iter()
        .take(usize::try_from(LISTED).unwrap_or(usize::MAX));
    let mut listed: Vec<String> = shown
        .map(|image| format!("{} ({})", image.digest, image.names.join(" ")))
        .collect();
    let more = total.saturating_sub(u64::try_from(listed.len()).unwrap_or(u64::MAX));
    if more > 0 {
        listed.push(format!("and {more} more"));
    }
    CliError::not_found(what)
        .because(listed.join(", "))
        .hint(way_out)
}

/// Adds the nearest host's name to an error that says there is no such host.
pub(crate) async fn with_nearest_host<T>(
    context: &Context<'_>,
    name: &str,
    answer: Result<T>,
) -> Result<T> {
    let error = match answer {
        Err(error) if error.is_not_found() => error,
        other => return other,
    };
    match nearest_host(context, name).await {
        Some(near) => Err(error.hint(format!("did you mean `{near}`?"))),
        None => Err(error),
    }
}

/// The host whose name is nearest, where that isn't the name itself.
pub(crate) async fn nearest_host(context: &Context<'_>, name: &str) -> Option<String> {
    let hosts = context.ask(&ListHosts {}).await.ok()?.hosts;
    let names: Vec<&str> = hosts.iter().map(|host| host.name.as_str()).collect();
    let near = suggest::nearest_name(name, &names)?;
    (near != name).then(|| near.to_owned())
}
