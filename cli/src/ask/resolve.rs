//! From what people type to the thing that the server knows: images by a digest's beginning or
//! by a name, hosts by a name that is nearly right.

use proto_types::{ImageDigest, ImageSummary, ListContainers, ListHosts, ListImages};

use crate::{
    ask::{context::Context, images},
    error::{CliError, Result},
    output::number::counted,
    words::{
        pattern::Pattern,
        suggest,
        terms::{TypedImage, may_be_digits},
    },
};

/// How many images an error lists.
const LISTED: u64 = 20;

/// The image that is meant: by its digest or that of its manifest, whole or by the first digits,
/// with or without `sha256:`, also behind the `@` of a registry's reference; or by its name, which
/// may be written by its end.
pub(crate) async fn image(context: &Context<'_>, typed: &str) -> Result<ImageDigest> {
    match TypedImage::read(typed)? {
        TypedImage::Digest(digest) => Ok(digest),
        TypedImage::Digits(digits) => by_digits(context, &digits)
            .await?
            .ok_or_else(|| no_digest(&digits)),
        TypedImage::Word(word) => by_word(context, word).await,
    }
}

/// The image whose digest begins with a word, or else the one that is called so.
async fn by_word(context: &Context<'_>, word: &str) -> Result<ImageDigest> {
    if may_be_digits(word)
        && let Some(digest) = by_digits(context, &word.to_lowercase()).await?
    {
        return Ok(digest);
    }
    match named(context, word).await?.as_slice() {
        [one] => Ok(one.digest),
        [] if may_be_digits(word) => Err(no_digest(word)),
        [] => Err(no_image(format!("there is no image `{word}`"))),
        several => Err(ambiguous(
            &format!("{} images are named `{word}`", several.len()),
            several,
            several.len() as u64,
            "give the tag, a digest, or its first digits",
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
            &format!("{} image digests start with `{digits}`", found.total),
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

fn no_digest(digits: &str) -> CliError {
    no_image(format!("no image digest starts with `{digits}`"))
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

/// Adds what may be meant to an error that says there is no such host.
pub(crate) async fn with_nearest_host<T>(
    context: &Context<'_>,
    name: &str,
    answer: Result<T>,
) -> Result<T> {
    let error = match answer {
        Err(error) if error.is_not_found() => error,
        other => return other,
    };
    if let Some(hint) = container_hint(context, name).await {
        return Err(error.hint(hint));
    }
    match nearest_host(context, name).await {
        Some(near) => Err(error.hint(format!("did you mean `{near}`?"))),
        None => Err(error),
    }
}

/// Where a container of that name runs, where one was named in a host's place.
pub(crate) async fn container_hint(context: &Context<'_>, name: &str) -> Option<String> {
    let request = ListContainers {
        name: Some(name.to_owned()),
        limit: Some(1),
        ..ListContainers::default()
    };
    let found = context.ask(&request).await.ok()?;
    let host = &found.containers.first()?.host;
    Some(match found.total {
        1 => format!("`{name}` is a container on the host `{host}`"),
        total => format!(
            "`{name}` is the name of {}: `assetctl containers --name {name}` lists their hosts",
            counted(total, "container")
        ),
    })
}

/// The host whose name is nearest, where that isn't the name itself.
pub(crate) async fn nearest_host(context: &Context<'_>, name: &str) -> Option<String> {
    let hosts = context.ask(&ListHosts {}).await.ok()?.hosts;
    let names: Vec<&str> = hosts.iter().map(|host| host.name.as_str()).collect();
    let near = suggest::nearest_name(name, &names)?;
    (near != name).then(|| near.to_owned())
}
