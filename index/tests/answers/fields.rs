//! Every field by every op, against a plain evaluation of a fleet that has all of everything.

use index::{Commit, Index, Search};
use proto_types::{Field, Match, Op};

use crate::{
    asked::{Asked, values},
    commits::Step,
    world::World,
};

/// Six images that share artifacts, on hosts of every name.
fn fleet() -> (World, Index) {
    let (mut world, mut index) = (World::default(), Index::new());
    let mut steps: Vec<Step> = (0..5).map(Step::AddHost).collect();
    for image in 0..6 {
        let host = image as usize % 5;
        steps.push(Step::Begin {
            host,
            container: image as usize % 4,
            image,
            name: image as usize % 3,
        });
        steps.push(Step::Scan {
            image,
            artifacts: (0..18).filter(|one| one % 5 <= host).collect(),
            distro: image as usize % 3,
            complete: true,
        });
        steps.push(Step::Alias(image, image % 3));
    }
    let commit: Commit = world.commit(&steps);
    index.apply(&commit).unwrap();
    (world, index)
}

#[test]
fn every_field_by_every_op_finds_what_a_plain_evaluation_finds() {
    let (world, index) = fleet();
    let mut found = 0;
    for field in Field::ALL.iter().copied() {
        for op in Op::ALL.iter().copied() {
            for value in values(field) {
                let one = Match { field, op, value };
                for in_any in [false, true] {
                    let (matches, any) = match in_any {
                        true => (Vec::new(), vec![one.clone()]),
                        false => (vec![one.clone()], Vec::new()),
                    };
                    let asked = Asked {
                        matches,
                        any,
                        time: None,
                    };
                    if let Some(question) = asked.question(world.last()) {
                        let search = Search::new(&index, &question);
                        let wanted = world.now.rows(&question);
                        let wanted: Vec<_> = wanted.into_iter().map(|row| row.result).collect();
                        assert_eq!(search.page(None, usize::MAX).rows, wanted, "{one:?}");
                        assert_eq!(search.total(), world.now.total(&question), "{one:?}");
                        found += usize::from(!wanted.is_empty());
                    }
                }
            }
        }
    }
    assert!(found > 500, "{found} questions found something");
}
