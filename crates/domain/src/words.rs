//! Closed lists of words: each has an identifier in documents and a name on screen and paper.

/// A text that is none of a list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown word: {0:?}")]
pub struct UnknownWord(pub String);

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$note:meta])* $word:ident = $id:literal, $zh:literal;)* }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$note])* #[serde(rename = $id)] $word,)*
        }

        impl $name {
            pub const ALL: &[$name] = &[$($name::$word),*];

            pub fn as_str(self) -> &'static str {
                match self { $($name::$word => $id,)* }
            }

            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text)
            }

            /// The name on screen.
            pub fn zh(self) -> &'static str {
                match self { $($name::$word => $zh,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text).ok_or_else(|| $crate::words::UnknownWord(text.to_owned()))
            }
        }
    };
}

pub(crate) use words;
