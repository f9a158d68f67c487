//! The history that docs/QUERIES.md is asked about: three hosts, from March 2024 until now.

use crate::fleet::{Fleet, hours_ago, images::*, time};

/// A fleet that ran xz 5.6 for three days in March 2024, and that mended openssl on one of its
/// hosts an hour ago.
pub async fn fleet() -> Fleet {
    let (backdoored, reverted) = (
        builder(0x56, "5.6.1-1"),
        builder(0x54, "5.6.1+really5.4.5-1"),
    );
    let (old, new, postgres, app) = (nginx_old(), nginx_new(), postgres(), app());
    let mut fleet = Fleet::start(time("2024-03-27T08:00:00Z")).await;
    for image in [&backdoored, &reverted, &old, &new, &postgres, &app] {
        fleet.knows(image);
    }
    for host in ["web1", "web2", "db1"] {
        fleet.enroll(host).await;
        fleet.runs(host, &[]).await;
    }
    fleet.runs("web1", &[("builder", &backdoored)]).await;
    fleet.turn_to(time("2024-03-30T12:00:00Z"));
    fleet.runs("web1", &[("builder", &reverted)]).await;

    fleet.turn_to(hours_ago(72));
    fleet.runs("web1", &[("nginx", &old), ("app", &app)]).await;
    fleet.runs("web2", &[("nginx", &old)]).await;
    fleet.runs("db1", &[("postgres", &postgres)]).await;

    fleet.turn_to(hours_ago(1));
    fleet.runs("web1", &[("nginx", &new), ("app", &app)]).await;

    fleet.turn_to(hours_ago(0));
    fleet.runs("web1", &[("nginx", &new), ("app", &app)]).await;
    fleet.runs("web2", &[("nginx", &old)]).await;
    fleet.runs("db1", &[("postgres", &postgres)]).await;
    fleet
}
