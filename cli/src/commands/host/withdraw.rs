//! `host withdraw`: what a host submitted counts no more.

use proto_types::WithdrawHost;

use crate::{
    ask::{context::Context, resolve},
    error::Result,
    exit::Exit,
    output::{console::Label, number::counted},
};

pub(super) async fn run(name: String, context: &Context<'_>) -> Result<Exit> {
    let request = WithdrawHost { name };
    let answer = context.ask(&request).await;
    let answer = resolve::with_nearest_host(context, &request.name, answer).await?;
    let sboms = counted(answer.withdrawn, "SBOM");
    let line = format!("withdrew {sboms} that {} had submitted", request.name);
    context.out.say(Label::Plain, &line);
    Ok(Exit::Found)
}
