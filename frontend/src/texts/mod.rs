//! What the window says: each text in Chinese and, beside it, in English. One that lacks either doesn't compile.
//!
//! A file a page or topic. What the desk itself answers (states, terms, failures) is Chinese and comes from `domain`
//! and `desk`; a failure's code gives its English sentence (`failure.rs`). What goes into a case is Chinese (`written.rs`).

use std::cell::Cell;

/// `NAME = "中文" / "English";` becomes a function that gives the text in the window's language,
/// `NAME(count: u64) = "{count} 件" / "{count} cases";` one that takes what stands in it.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident $(($($argument:ident: $type:ty),+ $(,)?))? = $zh:literal / $en:literal;)*) => {
        $($crate::texts::text! { [$(#[$doc])*] $name $(($($argument: $type),+))? = $zh / $en })*
        #[cfg(test)]
        pub const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $zh, $en)),*];
    };
}

macro_rules! text {
    ([$(#[$doc:meta])*] $name:ident = $zh:literal / $en:literal) => {
        $(#[$doc])*
        pub fn $name() -> &'static str {
            match $crate::texts::language() {
                $crate::texts::Language::Chinese => $zh,
                $crate::texts::Language::English => $en,
            }
        }
    };
    ([$(#[$doc:meta])*] $name:ident($($argument:ident: $type:ty),+) = $zh:literal / $en:literal) => {
        $(#[$doc])*
        pub fn $name($($argument: $type),+) -> String {
            match $crate::texts::language() {
                $crate::texts::Language::Chinese => format!($zh),
                $crate::texts::Language::English => format!($en),
            }
        }
    };
}
use text;

/// A name, and what it says in Chinese and in English.
#[cfg(test)]
type Text = (&'static str, &'static str, &'static str);

/// The files beside this one; of failures the desk has the Chinese.
macro_rules! topics {
    ($($(#[$when:meta])* $topic:ident,)*) => {
        $($(#[$when])* pub mod $topic;)*
        /// What each of them says.
        #[cfg(test)]
        const TOPICS: &[(&str, &[Text])] = &[$((stringify!($topic), $topic::ALL)),*];
    };
}

pub mod failure;
pub mod written;

topics! {
    acts,
    applicant,
    audit,
    calendar,
    case,
    cases,
    catalogue,
    controls,
    date,
    days,
    devices,
    enrol,
    frame,
    // Of the gallery alone, which is not in every page.
    #[cfg(any(feature = "gallery", test))]
    #[cfg_attr(not(feature = "gallery"), expect(dead_code))]
    gallery,
    hand_over,
    handbook,
    home,
    items,
    marks,
    matters,
    merge,
    notices,
    originals,
    overview,
    palette,
    papers,
    people,
    photos,
    practice,
    prints,
    progress,
    queues,
    rating,
    record,
    residents,
    restore,
    says,
    sync,
    table,
    today,
    told,
    units,
    users,
}

/// In what language the window speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    Chinese,
    English,
}

thread_local! {
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::Chinese) };
}

impl Language {
    pub fn other(self) -> Self {
        match self {
            Language::Chinese => Language::English,
            Language::English => Language::Chinese,
        }
    }

    /// As whoever speaks it calls it.
    pub fn name(self) -> &'static str {
        match self {
            Language::Chinese => "中文",
            Language::English => "English",
        }
    }

    /// For the root element: fonts and screen readers go by it.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        }
    }
}

pub fn language() -> Language {
    LANGUAGE.get()
}

pub fn speak(language: Language) {
    LANGUAGE.set(language);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::Path};

    fn chinese(text: &str) -> bool {
        text.chars()
            .any(|c| matches!(c, '\u{3001}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}'))
    }

    /// What stands between the braces of a text, in its order.
    fn places(text: &str) -> Vec<&str> {
        let mut found: Vec<_> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .map(|name| name.split(':').next().unwrap_or(name))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Without what it cites: names, and words that are to be typed.
    fn unquoted(text: &str) -> String {
        text.split('“')
            .enumerate()
            .map(|(n, part)| if n == 0 { part } else { part.split('”').nth(1).unwrap_or(part) })
            .collect()
    }

    #[test]
    fn every_text_is_said_in_both_languages() {
        for (topic, texts) in TOPICS {
            for (name, zh, en) in *texts {
                assert!(!zh.is_empty() && !en.is_empty(), "{topic}::{name} says nothing");
                assert!(!chinese(&unquoted(en)), "{topic}::{name} has Chinese in its English: {en}");
                assert_eq!(places(zh), places(en), "{topic}::{name} leaves something out in one language");
            }
        }
    }

    #[test]
    fn every_topic_is_looked_at() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/texts");
        for file in fs::read_dir(folder).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            let topic = name.trim_end_matches(".rs");
            assert!(
                matches!(topic, "mod" | "failure" | "written")
                    || TOPICS.iter().any(|(known, _)| *known == topic),
                "{topic} isn't in TOPICS"
            );
        }
    }

    #[test]
    fn a_text_follows_the_language() {
        assert_eq!(frame::help(), "帮助");
        speak(Language::English);
        assert_eq!(frame::help(), "Help");
        assert_eq!(frame::pending_cases(3), "3 not sent yet");
        speak(Language::Chinese);
    }

    #[test]
    fn nothing_is_said_anywhere_else() {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let (mut folders, mut saying) = (vec![source.clone()], Vec::new());
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(&source).unwrap().to_string_lossy().replace('\\', "/");
                if path.is_dir() {
                    if name != "texts" {
                        folders.push(path);
                    }
                    continue;
                }
                let code = fs::read_to_string(&path).unwrap();
                let code = code.split("#[cfg(test)]").next().unwrap_or_default();
                if code.lines().any(|line| chinese(line.split("//").next().unwrap_or_default())) {
                    saying.push(name);
                }
            }
        }
        assert!(saying.is_empty(), "these say something themselves: {saying:?}");
    }
}
