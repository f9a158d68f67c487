//! Wherever in its cycle an agent is killed, and by whatever: nothing is left of it once another one
//! has run.

use std::time::{SystemTime, UNIX_EPOCH};

use e2e::{Agent, Host, Image, Kills, Lab, Server, Store, User, number};

/// How often, as `make kills` says it, and by which seed: the same one each time, unless it is asked
/// for many.
fn kills() -> (usize, u64) {
    let asked = number("KILLS", 0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let fresh = now.map_or(1, |now| now.as_secs());
    let seed = number("KILLS_SEED", if asked > 0 { fresh } else { 0x5eed });
    let count = if asked > 0 { asked } else { 20 };
    (usize::try_from(count).expect("a count"), seed)
}

fn are_survived(
    (server, agent): (&mut Server, &Agent),
    (store, images): (&dyn Store, &[&Image]),
    (count, seed): (usize, u64),
) {
    println!("{count} kills, KILLS_SEED={seed}");
    let mut kills = Kills::new((server, agent), (store, images), seed);
    kills.run(count);
    println!("{count} kills, nothing left; {}", kills.told());
}

#[test]
fn kills_at_any_moment_leave_nothing_behind() {
    let (count, seed) = kills();
    let images = [Lab::get().image("alpine"), Lab::get().image("rhel")];
    let mut server = Server::new("");
    let host = Host::new("kills1", &images);
    for image in images {
        host.start(&image.name, image);
    }
    let agent = Agent::enroll(&server, host);
    let store = (&agent.host as &dyn Store, &images[..]);
    are_survived((&mut server, &agent), store, (count, seed));
}

#[test]
fn kills_at_any_moment_leave_nothing_behind_at_a_users() {
    let (count, seed) = kills();
    let alpine = Lab::get().image("alpine");
    let mut server = Server::new("");
    let user = User::new("overlay", &[alpine]);
    user.start("cache", alpine);
    let agent = Agent::enroll_with_user(&server, Host::new("kills2", &[]), &user);
    let store = (&user as &dyn Store, &[alpine][..]);
    are_survived((&mut server, &agent), store, (count.div_ceil(4), seed));
}
