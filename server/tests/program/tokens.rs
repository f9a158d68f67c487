//! Tokens, over a real connection: what a client makes of a name on its way.

use proto_types::{CreateToken, ListTokens, RevokeToken, Role};

use super::server::Server;

#[tokio::test]
async fn a_token_of_any_name_can_be_revoked() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let admin = server.admin();
    for name in ["..", ".", "~..", "~~.", "%2E%2E", "a/../b", "?x#y"] {
        let (name, role) = (name.to_owned(), Role::Reader);
        let made = CreateToken {
            name: name.clone(),
            role,
            expires_in_seconds: None,
        };
        admin.send(&made).await.unwrap();
        let revoked = admin.send(&RevokeToken { name: name.clone() }).await;
        revoked.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let left = admin.send(&ListTokens {}).await.unwrap();
    assert_eq!(left.tokens, []);
}
