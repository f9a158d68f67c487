//! What a question narrows beforehand: the hosts that fit, and the images where they are few.

use model::condition::Condition;
use proto_types::{Field, ImageDigest, Op};

use crate::{bits::Bits, fleet::Index, question::Question};

/// Where no more hosts fit than this, their images are looked up.
const FEW_HOSTS: usize = 64;

/// The hosts that fit, where there are conditions on them; those that were removed have a past.
pub fn hosts(index: &Index, question: &Question) -> Option<Bits> {
    let of_host = |one: &&Condition| one.field() == Field::Host;
    let conditions: Vec<&Condition> = question.run.iter().filter(of_host).collect();
    let first = conditions.iter().find(|one| one.op() == Op::Eq);
    if conditions.is_empty() {
        return None;
    }
    let fits = |host: &u32| {
        let name = index.hosts.name_at(*host, question.pin);
        conditions.iter().all(|one| one.fits(name))
    };
    Some(match first {
        Some(one) => {
            let named = index.hosts.named(one.value(), question.pin);
            named.into_iter().filter(fits).collect()
        }
        None => index.hosts.all().filter(fits).collect(),
    })
}

/// The images that a question can be about, where it names them or few hosts.
pub fn images(index: &Index, question: &Question, hosts: Option<&Bits>) -> Option<Bits> {
    let named = question.image.iter().filter_map(digest);
    let mut lists = named.map(|digest| index.images.named(digest).collect());
    let few = hosts.filter(|hosts| hosts.len() <= FEW_HOSTS);
    let of_hosts = few.map(|hosts| {
        let runs = hosts.iter().flat_map(|host| index.runs.of_host(host));
        runs.filter(|(run, _)| run.began <= question.pin)
            .map(|(run, _)| run.image)
            .collect::<Bits>()
    });
    let first: Bits = of_hosts.or_else(|| lists.next())?;
    Some(lists.fold(first, |few, list: Bits| {
        few.iter().filter(|image| list.contains(*image)).collect()
    }))
}

fn digest(one: &Condition) -> Option<ImageDigest> {
    let is_named = (one.field(), one.op()) == (Field::ImageDigest, Op::Eq);
    is_named.then(|| one.value().parse().ok()).flatten()
}
