//! Alpine's order of versions, by apk-package(5) and the behaviour of apk-tools 3.

use std::cmp::Ordering;

use crate::text::{compare_numbers, take_digits, take_while};

/// Compares `number{.number}{letter}{_suffix{number}}{~hash}{-r#}` token by token.
///
/// Like apk itself, it looks no further than the first character that fits no token: two versions
/// that are alike up to there are equal.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (Tokens::new(a), Tokens::new(b));
    loop {
        let (left, right) = (a.advance(), b.advance());
        let order = left.compare(right);
        if order.is_ne() || matches!(left, Token::End | Token::Invalid) {
            return order;
        }
    }
}

/// What a version may consist of. Where two versions go on differently, the one whose token stands
/// further up in this list is the older one.
#[derive(Clone, Copy)]
enum Token<'a> {
    /// `_alpha`, `_beta`, `_pre`, `_rc`, by rank.
    PreSuffix(u8),
    Invalid,
    End,
    Revision(&'a str),
    Hash(&'a str),
    SuffixNumber(&'a str),
    /// `_cvs`, `_svn`, `_git`, `_hg`, `_p`, by rank.
    PostSuffix(u8),
    Letter(char),
    /// A number after a dot.
    Number(&'a str),
    FirstNumber(&'a str),
}

impl Token<'_> {
    fn compare(self, other: Self) -> Ordering {
        use Token::{
            FirstNumber, Hash, Letter, Number, PostSuffix, PreSuffix, Revision, SuffixNumber,
        };
        match (self, other) {
            (PreSuffix(a), PreSuffix(b)) | (PostSuffix(a), PostSuffix(b)) => a.cmp(&b),
            (Letter(a), Letter(b)) => a.cmp(&b),
            (Hash(a), Hash(b)) => a.cmp(b),
            // A number with a leading zero counts like the digits after a decimal point.
            (Number(a), Number(b)) if a.starts_with('0') || b.starts_with('0') => a.cmp(b),
            (Number(a), Number(b))
            | (FirstNumber(a), FirstNumber(b))
            | (SuffixNumber(a), SuffixNumber(b))
            | (Revision(a), Revision(b)) => compare_numbers(a, b),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn rank(self) -> u8 {
        match self {
            Token::PreSuffix(_) => 0,
            Token::Invalid => 1,
            Token::End => 2,
            Token::Revision(_) => 3,
            Token::Hash(_) => 4,
            Token::SuffixNumber(_) => 5,
            Token::PostSuffix(_) => 6,
            Token::Letter(_) => 7,
            Token::Number(_) => 8,
            Token::FirstNumber(_) => 9,
        }
    }
}

/// How far a version has been read; the tokens of an earlier stage may not come any more.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Stage {
    Start,
    Numbers,
    Letter,
    Suffix,
    SuffixNumber,
    Hash,
    Revision,
}

struct Tokens<'a> {
    stage: Stage,
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    fn new(version: &'a str) -> Self {
        Self {
            stage: Stage::Start,
            rest: version,
        }
    }

    fn advance(&mut self) -> Token<'a> {
        self.parse().unwrap_or(Token::Invalid)
    }

    fn parse(&mut self) -> Option<Token<'a>> {
        if self.stage == Stage::Start {
            return self.take(Stage::Numbers, Token::FirstNumber, take_digits(self.rest));
        }
        let mut chars = self.rest.chars();
        let Some(first) = chars.next() else {
            return Some(Token::End);
        };
        let rest = chars.as_str();
        match first {
            '.' if self.stage == Stage::Numbers => {
                self.take(Stage::Numbers, Token::Number, take_digits(rest))
            }
            'a'..='z' if self.stage == Stage::Numbers => {
                (self.stage, self.rest) = (Stage::Letter, rest);
                Some(Token::Letter(first))
            }
            '_' if self.stage <= Stage::SuffixNumber => {
                let suffix = take_while(rest, |c| c.is_ascii_lowercase());
                self.take(Stage::Suffix, suffix_token, suffix)
            }
            '0'..='9' if self.stage == Stage::Suffix => {
                let number = take_digits(self.rest);
                self.take(Stage::SuffixNumber, Token::SuffixNumber, number)
            }
            '~' if self.stage < Stage::Hash => {
                let hash = take_while(rest, |c| matches!(c, '0'..='9' | 'a'..='f'));
                self.take(Stage::Hash, Token::Hash, hash)
            }
            '-' if self.stage < Stage::Revision => {
                let number = take_digits(rest.strip_prefix('r')?);
                self.take(Stage::Revision, Token::Revision, number)
            }
            _ => None,
        }
    }

    /// Enters `stage` and makes a token of the run, unless it is empty.
    fn take(
        &mut self,
        stage: Stage,
        token: fn(&'a str) -> Token<'a>,
        (run, rest): (&'a str, &'a str),
    ) -> Option<Token<'a>> {
        (self.stage, self.rest) = (stage, rest);
        (!run.is_empty()).then(|| token(run))
    }
}

fn suffix_token(name: &str) -> Token<'_> {
    match name {
        "alpha" => Token::PreSuffix(0),
        "beta" => Token::PreSuffix(1),
        "pre" => Token::PreSuffix(2),
        "rc" => Token::PreSuffix(3),
        "cvs" => Token::PostSuffix(0),
        "svn" => Token::PostSuffix(1),
        "git" => Token::PostSuffix(2),
        "hg" => Token::PostSuffix(3),
        "p" => Token::PostSuffix(4),
        _ => Token::Invalid,
    }
}
