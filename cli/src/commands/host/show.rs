//! `host show`: one host.

use proto_types::{GetHost, Host};

use crate::{
    ask::{context::Context, resolve},
    error::Result,
    exit::Exit,
    output::{Format, Listed, Row, details},
};

pub(super) async fn run(name: String, context: &Context<'_>) -> Result<Exit> {
    let out = context.out;
    let request = GetHost { name };
    let answer = context.ask(&request).await;
    let host = resolve::with_nearest_host(context, &request.name, answer).await?;
    if matches!(out.format, Format::Table | Format::Wide) && out.view.columns.is_none() {
        let columns = Host::COLUMNS.iter();
        let properties: Vec<_> = columns
            .map(|column| (column.heading.as_str(), host.cell(column.heading)))
            .collect();
        out.write(|writer| Ok(details::write(&properties, &out.view, writer)?))?;
    } else {
        out.list(&host, std::slice::from_ref(&host))?;
    }
    Ok(Exit::Found)
}
