//! From what people type to the thing that the server knows: digests by their beginning, hosts by
//! a name that is nearly right.

use proto_types::{ImageDigest, ImageSummary, ListHosts, ListImages};

use crate::{
    ask::context::Context,
    error::{CliError, Result},
    words::suggest,
};

/// How many images an error lists.
const LISTED: u64 = 20;

/// The image whose digest this is, or begins like this, with or without `sha256:`, also behind the
/// `@` of a registry's reference.
pub(crate) async fn image(context: &Context<'_>, typed: &str) -> Result<ImageDigest> {
    let digits = typed.trim().to_lowercase();
    let digits = digits.rsplit('@').next().unwrap_or(&digits);
    let digits = digits.strip_prefix("sha256:").unwrap_or(digits);
    if let Ok(digest) = format!("sha256:{digits}").parse() {
        return Ok(digest);
    }
    if digits.is_empty()
        || digits.len() > 64
        || !digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    {
        return Err(
            CliError::failed(format!("`{typed}` is not an image digest"))
                .hint("give `sha256:` and 64 hexadecimal digits, or just the first digits"),
        );
    }
    let request = ListImages {
        digest_prefix: Some(digits.to_owned()),
        limit: Some(LISTED),
        ..ListImages::default()
    };
    let found = context.ask(&request).await?;
    match found.images.as_slice() {
        [one] => Ok(one.digest),
        [] => Err(
            CliError::not_found(format!("no image digest begins with `{digits}`"))
                .hint("`assetctl images` lists the images"),
        ),
        several => Err(ambiguous(digits, several, found.total)),
    }
}

fn ambiguous(digits: &str, several: &[ImageSummary], total: u64) -> CliError {
    let mut listed: Vec<String> = several
        .iter()
        .map(|image| format!("{} ({})", image.digest, image.names.join(" ")))
        .collect();
    let more = total.saturating_sub(u64::try_from(several.len()).unwrap_or(u64::MAX));
    if more > 0 {
        listed.push(format!("and {more} more"));
    }
    CliError::not_found(format!(
        "the digests of {total} images begin with `{digits}`"
    ))
    .because(listed.join(", "))
    .hint("give more digits")
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
    let names = hosts.iter().map(|host| host.name.as_str());
    let near = suggest::nearest(name, names)?;
    (near != name).then(|| near.to_owned())
}
