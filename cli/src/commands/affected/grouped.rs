//! Answers of `affected` counted by something, and the images to rebuild.

use proto_types::{
    AffectedGroup, AffectedGroupBy, AffectedRequest, AffectedResponse, CoverImage, Summary,
};

use crate::{
    ask::context::{Context, count},
    error::Result,
    output::{
        Format,
        console::Label,
        cover,
        rows::groups::{self, Counted},
    },
};

/// Shows groups; how many.
pub(super) fn groups(
    (groups, by): (&[AffectedGroup], AffectedGroupBy),
    request: &AffectedRequest,
    response: &AffectedResponse,
    context: &Context<'_>,
) -> Result<u64> {
    let out = context.out;
    match by.of_find() {
        None => out.list(response, groups)?,
        Some(by) => {
            let has_bar = out.on_terminal && matches!(out.format, Format::Table | Format::Wide);
            let all = whole(request, response).map_or(0, |whole| whole.containers);
            let plain = groups.iter().map(|one| one.group.clone());
            let counted = Counted::of(plain, by, all, has_bar);
            out.list_by(groups::columns(by), response, &counted)?;
        }
    }
    Ok(count(groups))
}

/// Shows the images to rebuild, and what that would bring; how many.
pub(super) fn cover(
    images: &[CoverImage],
    request: &AffectedRequest,
    response: &AffectedResponse,
    context: &Context<'_>,
) -> Result<u64> {
    context.out.list(response, images)?;
    let whole = whole(request, response);
    let said = whole.and_then(|whole| cover::sentence(images, whole.hosts, response.total));
    if let Some(line) = said {
        context.out.say(Label::Plain, &line);
    }
    Ok(count(images))
}

/// How much the groups are of: of several verdicts together it isn't known.
fn whole(request: &AffectedRequest, response: &AffectedResponse) -> Option<Summary> {
    match request.verdicts.as_slice() {
        [one] => Some(response.summary.of(*one)),
        _ => None,
    }
}
