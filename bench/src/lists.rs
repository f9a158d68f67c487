//! The lists that are asked of a filled server: the first page of each.

use client::Client;
use proto_types::{Endpoint, GetStatus, ListContainers, ListHosts, ListImages, Timestamp};

use crate::ask::{self, AskError, Asked, Patience};

/// A list.
#[derive(Debug, Clone)]
pub enum List {
    /// The first hundred containers, now or at a moment.
    Containers(Option<Timestamp>),
    /// The first hundred images.
    Images,
    /// All hosts.
    Hosts,
    /// How the fleet stands.
    Status,
}

impl List {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Containers(None),
        Self::Images,
        Self::Hosts,
        Self::Status,
    ];

    /// What it is called, in one word.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Containers(None) => "containers",
            Self::Containers(Some(_)) => "containers@past",
            Self::Images => "images",
            Self::Hosts => "hosts",
            Self::Status => "status",
        }
    }

    /// Asks for it, once to warm up and to count its rows, and then as often as there is time for.
    ///
    /// # Errors
    /// [`AskError`]: an answer is missing, a refusal, or can't be read.
    pub async fn ask(&self, client: &Client, patience: Patience) -> Result<Asked, AskError> {
        let name = self.name();
        match self {
            Self::Containers(at) => {
                let request = ListContainers {
                    at: *at,
                    ..ListContainers::default()
                };
                first_page(client, name, &request, patience, |answer| {
                    (answer.containers.len() as u64, answer.total)
                })
                .await
            }
            Self::Images => {
                first_page(client, name, &ListImages::default(), patience, |answer| {
                    (answer.images.len() as u64, answer.total)
                })
                .await
            }
            Self::Hosts => {
                first_page(client, name, &ListHosts {}, patience, |answer| {
                    let hosts = answer.hosts.len() as u64;
                    (hosts, hosts)
                })
                .await
            }
            Self::Status => first_page(client, name, &GetStatus {}, patience, |_| (1, 1)).await,
        }
    }
}

async fn first_page<E: Endpoint>(
    client: &Client,
    name: &str,
    request: &E,
    patience: Patience,
    count: impl Fn(E::Response) -> (u64, u64),
) -> Result<Asked, AskError> {
    let mut first = Vec::new();
    let take = |piece: &[u8]| first.extend_from_slice(piece);
    ask::send(client, name, request, ask::DOCUMENT, take).await?;
    let answer = serde_json::from_slice(&first);
    let answer = answer.map_err(|error| AskError::Unreadable(name.to_owned(), error))?;
    let (rows, total) = count(answer);
    let again = || ask::send(client, name, request, ask::DOCUMENT, |_| {});
    Ok(Asked {
        question: name.to_owned(),
        rows,
        total,
        bytes: first.len() as u64,
        latency: ask::often(patience, again).await?,
    })
}
