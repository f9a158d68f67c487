//! Tokens of readers and admins.

use assetmon_server::store::{Principal, StoreError};
use proto_types::{CreateToken, Role};

use crate::common::{at, fleet::*};

fn token(name: &str, role: Role, expires_in_seconds: Option<u64>) -> CreateToken {
    CreateToken {
        name: name.to_owned(),
        role,
        expires_in_seconds,
        certificate: None,
    }
}

#[tokio::test]
async fn a_token_proves_its_role() {
    let fleet = Fleet::new();
    let [reader, admin] = ["reader", "admin"].map(str::to_owned);
    for (role, principal) in [
        (Role::Reader, Principal::Reader { token: reader }),
        (Role::Admin, Principal::Admin { token: admin }),
    ] {
        let secret = fleet.secret();
        let made = token(role.as_str(), role, None);
        let made = fleet.store.create_token(made, secret).await;
        assert_eq!(made.unwrap(), None);
        let found = fleet.store.authenticate(secret, fleet.now()).await;
        assert_eq!(found.unwrap(), Some(principal));
    }
    let unknown = fleet.store.authenticate(fleet.secret(), fleet.now()).await;
    assert_eq!(unknown.unwrap(), None);
}

#[tokio::test]
async fn a_token_ends_when_it_expires_and_its_name_is_free_again() {
    let fleet = Fleet::new();
    let secret = fleet.secret();
    let made = token("t", Role::Reader, Some(60));
    let made = fleet.store.create_token(made, secret).await;
    assert_eq!(made.unwrap(), Some(at(60)));
    fleet.pass(59);
    let found = fleet.store.authenticate(secret, fleet.now()).await;
    assert!(found.unwrap().is_some());
    fleet.pass(1);
    let found = fleet.store.authenticate(secret, fleet.now()).await;
    assert_eq!(found.unwrap(), None);
    assert!(fleet.store.tokens(fleet.now()).await.unwrap().is_empty());
    let again = token("t", Role::Reader, None);
    let again = fleet.store.create_token(again, fleet.secret());
    again.await.unwrap();
}

#[tokio::test]
async fn a_revoked_token_ends_at_once() {
    let fleet = Fleet::new();
    let secret = fleet.secret();
    let made = token("t", Role::Admin, None);
    let made = fleet.store.create_token(made, secret).await;
    made.unwrap();
    fleet.store.revoke_token("t".to_owned()).await.unwrap();
    let found = fleet.store.authenticate(secret, fleet.now()).await;
    assert_eq!(found.unwrap(), None);
    let again = refused(fleet.store.revoke_token("t".to_owned()).await);
    assert!(matches!(again, StoreError::NotFound { .. }), "{again:?}");
}

#[tokio::test]
async fn tokens_are_listed_by_name() {
    let fleet = Fleet::new();
    for name in ["b", "a"] {
        let made = token(name, Role::Reader, None);
        let made = fleet.store.create_token(made, fleet.secret());
        made.await.unwrap();
    }
    let listed = fleet.store.tokens(fleet.now()).await.unwrap();
    let names: Vec<_> = listed.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(listed[0].created_at, at(0));
}

#[tokio::test]
async fn a_tokens_name_is_unique() {
    let fleet = Fleet::new();
    let first = token("t", Role::Reader, None);
    let first = fleet.store.create_token(first, fleet.secret());
    first.await.unwrap();
    let second = token("t", Role::Admin, None);
    let second = fleet.store.create_token(second, fleet.secret());
    let error = refused(second.await);
    assert!(matches!(error, StoreError::Invalid { .. }), "{error:?}");
}
