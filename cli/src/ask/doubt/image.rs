//! Names of images that no image has.

use model::{artifact_type, reference};
use proto_types::{Field, FindRequest, Match, Op};

use super::{
    asked::{ever, finds},
    host::fits,
    line,
    swap::swapped,
    version::longer,
};
use crate::{
    ask::{context::Context, images},
    error::{CliError, Result},
    words::{suggest, terms::is_version},
};

/// Refuses a name, or a pattern, that no image has; one that runs no more counts.
pub(super) async fn check(request: &FindRequest, one: &Match, context: &Context<'_>) -> Result<()> {
    if finds(request, vec![one.clone()], context).await? {
        return Ok(());
    }
    let names = images::names(context).await?;
    if names.iter().any(|name| fits(one, name))
        || ever(vec![one.clone()], Vec::new(), context).await?
    {
        return Ok(());
    }
    let written = reference::written(&one.value).unwrap_or(&one.value);
    let error = CliError::not_found(match one.op {
        Op::Eq => format!("there is no image `{written}`"),
        _ => format!("no image matches `{written}`"),
    });
    // `image_name` is the whole name: `nginx:1.27` is only its end.
    let by_end = Match {
        field: Field::ImageName,
        op: Op::Glob,
        value: reference::glob(written),
    };
    let typed = match names.iter().any(|name| fits(&by_end, name)) {
        true => Some(format!("image={written}")),
        false => nearest(written, &names).map(|name| format!("image={name}")),
    };
    Err(match typed {
        Some(typed) => {
            let line = line::with(request, one, &[&typed]);
            error.hint(format!("did you mean {line}?"))
        }
        None => match artifact(request, one, written, context).await? {
            Some(words) => {
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                let line = line::with(request, one, &words);
                error.hint(format!("for the artifact: {line}"))
            }
            None => error.hint("`assetctl images` lists the images"),
        },
    })
}

/// The artifact that `python:requests` or `junit:junit` means, where no image is called so.
async fn artifact(
    request: &FindRequest,
    one: &Match,
    written: &str,
    context: &Context<'_>,
) -> Result<Option<Vec<String>>> {
    let parts = written.split_once(':').filter(|_| !written.contains('/'));
    let Some((left, right)) = parts else {
        return Ok(None);
    };
    let is = |field, value: &str| Match {
        field,
        op: Op::Eq,
        value: value.to_owned(),
    };
    let mut meant = vec![vec![is(Field::Purl, &format!("pkg:maven/{left}/{right}"))]];
    if let Some(artifact_type) = artifact_type::meant(left) {
        meant.push(vec![is(Field::Name, right), is(Field::Type, artifact_type)]);
    }
    if is_version(right) {
        let version = is(Field::Version, right);
        meant.push(vec![is(Field::Name, left), longer(&version)]);
    }
    for other in meant {
        if finds(request, swapped(request, one, &other), context).await? {
            return Ok(Some(other.iter().flat_map(line::written).collect()));
        }
    }
    Ok(None)
}

/// The name whose end is nearest, as it is written in full or by its end.
fn nearest(written: &str, names: &[String]) -> Option<String> {
    let end = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
    let bare = |name: String| name.split([':', '@']).next().unwrap_or(&name).to_owned();
    let ends: Vec<String> = names.iter().map(|name| end(name)).collect();
    let known: Vec<String> = match reference::has_tag(written) {
        true => ends,
        false => ends.into_iter().map(bare).collect(),
    };
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let near = suggest::nearest_name(&end(written), &known)?;
    Some(near.to_owned())
}
